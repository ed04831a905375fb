"""What if one row were another: its prediction with reasons, and what single changes would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.bundles.fitting import fitted_row
from upshot.bundles.manifest import ColumnSummary, Manifest
from upshot.bundles.selftest import typed_rows
from upshot.explaining.wording import digits
from upshot.learning.state import Array
from upshot.learning.task import TaskKind
from upshot.tables.schema import Kind
from upshot.wording import say

if TYPE_CHECKING:
    from upshot.bundles.bundle import Bundle

MOST_REASONS = 5
MOST_COLUMNS = 12
MOST_LEVELS = 6
TYPICAL = 3
"""Of the made-up rows kept for the self-test, the one of middling values."""


@dataclass(frozen=True)
class Change:
    """A single change and the figure it would give; ``value`` is None for "missing"."""

    column: str
    value: str | None
    figure: float


@dataclass(frozen=True)
class WhatIfFacts:
    """What a model says of one row.

    Attributes
    ----------
    figure : float
        "Who will": the probability; "which one": that of the likeliest class; else the amount.
    outcome : str
        "Which one": the likeliest class; else empty.
    low, high : float or None
        "How much": the 80 % range.
    reasons : tuple of str
        What moved this row most, the strongest first.
    changes : tuple of Change
        What the figure would be if one column alone were another, the largest moves first.
    """

    figure: float
    outcome: str
    low: float | None
    high: float | None
    reasons: tuple[str, ...]
    changes: tuple[Change, ...]


def typical_row(manifest: Manifest) -> dict[str, Any]:
    """Return a made-up row of middling values, no person's data."""
    rows = manifest.self_test.rows
    return dict(rows[min(TYPICAL, len(rows) - 1)])


def what_if(bundle: Bundle, row: Mapping[str, Any]) -> WhatIfFacts:
    """Predict one row, and the same row with one column changed at a time.

    Parameters
    ----------
    bundle : Bundle
        What predicts.
    row : mapping of str to JSON value
        Numbers, texts, booleans and ISO dates by column; what is absent is missing.
    """
    row = fitted_row(bundle, row)
    changes = list(_changes(bundle, row))
    rows = [row, *({**row, column: value} for column, value in changes)]
    features = typed_rows(rows, bundle.schema)
    predicted = np.asarray(bundle.model.predict(features), dtype=float)
    outcome, place = "", 0
    if bundle.task.kind is TaskKind.MULTICLASS:
        place = int(predicted[0].argmax())
        outcome = bundle.task.classes[place]
    figures = predicted[:, place] if predicted.ndim == 2 else predicted
    low, high = _range(bundle, figures)
    reasons: tuple[str, ...] = ()
    if bundle.surrogate is not None:
        reasons = tuple(bundle.surrogate.reasons(features.iloc[:1], MOST_REASONS)[0])
    told = [
        Change(column, None if value is None else _text(value), float(figure))
        for (column, value), figure in zip(changes, figures[1:], strict=True)
    ]
    told.sort(key=lambda change: -abs(change.figure - float(figures[0])))
    return WhatIfFacts(float(figures[0]), outcome, low, high, reasons, tuple(told))


def _range(bundle: Bundle, figures: Array) -> tuple[float | None, float | None]:
    if bundle.task.kind is not TaskKind.REGRESSION:
        return None, None
    low, high = bundle.model.interval_around(figures[:1])
    return float(low[0]), float(high[0])


def _changes(bundle: Bundle, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Other typical values of the columns that matter most."""
    summaries = {summary.name: summary for summary in bundle.manifest.summaries}
    ranked = [driver.column for driver in bundle.answer.drivers if driver.column in summaries]
    for name in (ranked or list(summaries))[:MOST_COLUMNS]:
        for value in _values(summaries[name]):
            if value != row.get(name):
                yield name, value


def _values(summary: ColumnSummary) -> Iterator[Any]:
    if summary.kind == Kind.NUMBER and summary.edges:
        places = {len(summary.edges) * part // 8 for part in (0, 4, 7)}
        yield from (float(f"{summary.edges[place]:.4g}") for place in sorted(places))
    elif summary.kind == Kind.BOOLEAN:
        yield from (True, False)
    elif summary.kind == Kind.CATEGORY:
        yield from summary.levels[:MOST_LEVELS]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return digits(value, ",.10g") if isinstance(value, float) else str(value)
