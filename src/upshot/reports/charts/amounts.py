"""Predicted amounts against the real ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.explaining.facts import AmountFacts
from upshot.explaining.wording import amount, count, percent
from upshot.learning.state import Array
from upshot.reports.charts.base import WIDTH, Chart, Spec, hidden, quantity
from upshot.reports.charts.marks import DASHED, DOT, layer
from upshot.wording import say

TABLE_GROUPS = 5


def amounts_chart(facts: AmountFacts) -> Chart:
    """Draw a dot per row: what was predicted and what it was."""
    spared = 1 - facts.typical_error / facts.baseline_error if facts.baseline_error else 0.0
    if spared > 0:
        title = say(
            "Errors are {share} smaller than with always guessing the average",
            share=percent(spared),
        )
    else:
        title = say("Errors are no smaller than with always guessing the average")
    return Chart(
        name="amounts",
        title=title,
        unit=say(
            "One dot per row, {rows} rows; on the dashed line both agree",
            rows=count(len(facts.pairs)),
        ),
        spec=_spec(facts),
        headers=(
            say("Predicted"),
            say("Rows"),
            say("Predicted on average"),
            say("Real on average"),
        ),
        rows=tuple(
            (one.label, count(one.rows), amount(one.predicted), amount(one.real))
            for one in amount_groups(facts)
        ),
    )


@dataclass(frozen=True)
class AmountGroup:
    """Rows predicted alike: the range, their number, and what was predicted and real on average."""

    label: str
    rows: int
    predicted: float
    real: float


def amount_groups(facts: AmountFacts) -> tuple[AmountGroup, ...]:
    """Put rows predicted alike into a few groups of the same size, the lowest first."""
    pairs = np.array(sorted(facts.pairs))
    if not len(pairs):
        return ()
    groups = np.array_split(pairs, min(TABLE_GROUPS, len(pairs)))
    return tuple(
        AmountGroup(
            say("{low} to {high}", low=amount(group[0, 0]), high=amount(group[-1, 0])),
            len(group),
            float(group[:, 0].mean()),
            float(group[:, 1].mean()),
        )
        for group in groups
    )


def _spec(facts: AmountFacts) -> Spec:
    dots = [{"predicted": predicted, "real": real} for predicted, real in facts.pairs]
    everything = np.array(facts.pairs) if facts.pairs else np.zeros((1, 2))
    low, high = _ends(everything)
    x = quantity("predicted", say("predicted"), "~s", (low, high))
    y = quantity("real", say("real"), "~s", (low, high))
    line = [{"predicted": low, "real": low}, {"predicted": high, "real": high}]
    return {
        "width": WIDTH - 40,
        "height": 320,
        "layer": [
            layer(dots, {**DOT, "size": 34, "opacity": 0.5, "clip": True}, x=x, y=y),
            layer(line, DASHED, x=hidden("predicted"), y=hidden("real")),
        ],
    }


def _ends(pairs: Array) -> tuple[float, float]:
    """Leave the outermost hundredth out, so that one huge amount does not flatten the rest."""
    low, high = np.percentile(pairs, [0.5, 99.5])
    room = 0.04 * (high - low) or 1.0
    return (0.0 if 0 <= low < high / 4 else float(low - room)), float(high + room)
