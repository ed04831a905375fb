"""Single numbers so far from all others that they look like a slip of the hand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.errors import Remedy
from upshot.tables.findings.base import Array, Finding, Importance, Look, number, one
from upshot.tables.schema import Column, Kind
from upshot.wording import say, say_count

_FEWEST_ROWS, _FEWEST_VALUES = 100, 20
# Slips are few: at most this share of the rows, and at most this many different values.
_MOST_SHARE, _MOST_VALUES = 0.001, 3
# How many times the next value below; a value of one repeated digit (9999, 666666) is a
# placeholder more often than an amount and needs to be less far.
_TIMES, _TIMES_PLACEHOLDER = 10.0, 2.0
# Money and visits are skewed by nature: on a log scale the gap must still be this many times the
# spread of the middle half of the values.
_SPREADS = 2.0


def find_outliers(look: Look) -> Iterator[Finding]:
    """A handful of values beyond a wide gap above all others."""
    if look.rows < _FEWEST_ROWS:
        return
    for column in look.columns(Kind.NUMBER):
        values = look.numbers(column)
        edge = _edge(values[np.isfinite(values)])
        if edge is not None:
            yield _finding(look, column, values, edge)


def _edge(known: Array) -> float | None:
    """The largest plausible value, where a gap parts it from a few larger ones."""
    distinct, counts = np.unique(known, return_counts=True)
    positive = distinct > 0
    distinct, counts = distinct[positive], counts[positive]
    if len(distinct) < _FEWEST_VALUES:
        return None
    most = max(1, int(_MOST_SHARE * len(known)))
    spread = _spread(known)
    for few in range(1, _MOST_VALUES + 1):
        below, above = float(distinct[-few - 1]), float(distinct[-few])
        if counts[-few:].sum() > most:
            return None
        times = _TIMES_PLACEHOLDER if _is_placeholder(above) else _TIMES
        if above >= times * below and np.log(above / below) >= _SPREADS * spread:
            return below
    return None


def _spread(known: Array) -> float:
    """The spread of the middle half on a log scale, in which skewed amounts are even."""
    low, high = np.quantile(np.log1p(np.abs(known)), [0.25, 0.75])
    return float(high - low)


def _is_placeholder(value: float) -> bool:
    digits = f"{value:.0f}"
    return value == int(value) and len(digits) >= 4 and len(set(digits)) == 1


def _finding(look: Look, column: Column, values: Array, edge: float) -> Finding:
    beyond = np.nan_to_num(values, nan=-np.inf) > edge
    row, count = int(np.argmax(np.where(beyond, values, -np.inf))), int(beyond.sum())
    high = f"{edge:.17g}"
    return Finding(
        "outlier",
        Importance.DECISION,
        say_count(
            "`{column}` is {value} in one row; everywhere else it is {edge} at most.",
            "`{column}` goes up to {value} in {number} rows; everywhere else it is {edge} at most.",
            count,
            column=column.name,
            value=number(float(values[row])),
            edge=number(edge),
        ),
        say("If that is a slip of the hand, it pulls averages, amounts and some models with it."),
        say(
            "Treat it as missing if it is wrong. Cap it at {edge} if it is real but rare. "
            "Later files are treated the same way.",
            edge=number(edge),
        ),
        (column.name,),
        look.row_number(row),
        count,
        (
            one(Remedy("treat-impossible", column.name, ("", high))),
            one(Remedy("cap", column.name, ("", high))),
        ),
        look.looked_at,
    )
