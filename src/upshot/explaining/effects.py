"""What the model says, on average, when a column takes this value or that."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.explaining.encoder import plain_numbers
from upshot.explaining.reasons import day_text, value_text
from upshot.explaining.wording import amount
from upshot.learning.state import Array
from upshot.tables.kinds.ordered import order_of
from upshot.tables.schema import Kind
from upshot.wording import mark, say

if TYPE_CHECKING:
    import pandas as pd

Say = Callable[[float], str]
MOST_LEVELS = 8
MOST_RANGES = 5
MOST_SINGLE_NUMBERS = 8
SMALLEST_LEVEL_SHARE = 0.01
SMALLEST_MISSING_SHARE = 0.02
SMALLEST_GAP = 0.05
MISSING = mark("missing")


@dataclass(frozen=True)
class Level:
    """One value, or one range of values, of a column.

    ``value`` is the cell put in for everybody; ``ordered`` says whether the level has a place on a
    scale.
    """

    label: str
    share: float
    value: Any
    ordered: bool


def levels(column: pd.Series, kind: str, said: Say = amount) -> tuple[Level, ...]:
    """Return the levels of a column worth comparing; empty for texts.

    ``said`` says a number of the column: durations are said in hours and minutes.
    """
    found: tuple[Level, ...]
    if kind in (Kind.NUMBER, Kind.DATETIME):
        found = _number_levels(column, kind, said)
    elif kind in (Kind.CATEGORY, Kind.BOOLEAN):
        found = _category_levels(column, kind)
    else:
        return ()
    missing = float(column.isna().mean())
    if missing >= SMALLEST_MISSING_SHARE:
        found = (*found, Level(say(MISSING), missing, None, ordered=False))
    return found if len(found) > 1 else ()


def _category_levels(column: pd.Series, kind: str) -> tuple[Level, ...]:
    counts = column.value_counts(normalize=False, dropna=True)
    rows = max(len(column), 1)
    kept = [
        (value, count) for value, count in counts.items() if count / rows >= SMALLEST_LEVEL_SHARE
    ][:MOST_LEVELS]
    scale = _scale(column)
    if kind == Kind.BOOLEAN:
        kept.sort(key=lambda pair: bool(pair[0]))
    elif scale:
        kept.sort(key=lambda pair: scale.get(str(pair[0]), len(scale)))
    return tuple(
        Level(value_text(v, kind), count / rows, v, kind == Kind.BOOLEAN or str(v) in scale)
        for v, count in kept
    )


def _scale(column: pd.Series) -> dict[str, int]:
    """The place of each level of an ordered category; empty for others."""
    if not getattr(column.dtype, "ordered", False):
        return {}
    order = order_of([str(level) for level in column.cat.categories])
    return {level: place for place, level in enumerate(order)}


def _number_levels(column: pd.Series, kind: str, said: Say) -> tuple[Level, ...]:
    numbers = plain_numbers(column, kind)
    known = np.sort(numbers[np.isfinite(numbers)])
    if not len(known):
        return ()
    distinct = np.unique(known)
    if len(distinct) <= MOST_SINGLE_NUMBERS and kind == Kind.NUMBER:
        return tuple(
            Level(said(float(one)), float((known == one).sum()) / len(numbers), one, ordered=True)
            for one in distinct
        )
    cuts = np.quantile(known, np.linspace(0, 1, MOST_RANGES + 1)[1:-1], method="higher")
    cuts = np.unique(round_cuts(cuts, known) if kind == Kind.NUMBER else np.floor(cuts))
    whole = bool((distinct == np.round(distinct)).all())
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    found = []
    for low, high in itertools.pairwise(edges):
        inside = known[(known >= low) & (known < high)]
        if len(inside):
            middle = inside[len(inside) // 2]
            steps = whole and said is amount
            label = _range_label((float(low), float(high)), kind, said, whole=steps)
            found.append(Level(label, len(inside) / len(numbers), middle, ordered=True))
    return tuple(found)


def round_cuts(cuts: Array, known: Array) -> Array:
    """Round cuts to figures people use, no coarser than the column's spread allows."""
    spread = float(known[int(len(known) * 0.9)] - known[int(len(known) * 0.1)])
    if spread <= 0:
        return cuts
    step = 10.0 ** np.floor(np.log10(spread / 20))
    if (known == np.round(known)).all():
        step = max(step, 1.0)
    return np.asarray(np.round(cuts / step) * step)


def _range_label(ends: tuple[float, float], kind: str, said: Say, *, whole: bool) -> str:
    low, high = ends
    if kind == Kind.DATETIME:
        if not np.isfinite(low):
            return say("before {day}", day=day_text(high))
        if not np.isfinite(high):
            return say("from {day}", day=day_text(low))
        return say("{low} to {high}", low=day_text(low), high=day_text(high - 1))
    if not np.isfinite(low):
        return say("under {number}", number=said(high))
    if not np.isfinite(high):
        return say("{number} or more", number=said(low))
    if not whole:
        return say("{low} to under {high}", low=said(low), high=said(high))
    if high - low == 1:
        return amount(low)
    return say("{low} to {high}", low=amount(low), high=amount(high - 1))


def substituted(features: pd.DataFrame, name: str, kind: str, value: Any) -> pd.DataFrame:
    """Return the rows with one column set to one value for everybody."""
    import pandas as pd

    copy = features.copy(deep=False)
    before = features[name]
    if value is None:
        copy[name] = pd.Series([None] * len(copy), index=copy.index, dtype=before.dtype)
        return copy
    if kind == Kind.DATETIME:
        value = np.datetime64(int(value * 86_400) * 1_000_000, "us")
    copy[name] = pd.Series([value] * len(copy), index=copy.index).astype(before.dtype)
    return copy


def alike(top: float, bottom: float) -> bool:
    """Whether two average predictions are too near to speak of a difference."""
    return top - bottom <= SMALLEST_GAP * max(abs(top), abs(bottom))


def direction(ordered: Array, everything: Array) -> str:
    """Say whether predictions rise or fall along a scale.

    Parameters
    ----------
    ordered : numpy.ndarray
        Average predictions along the scale; empty for levels without an order.
    everything : numpy.ndarray
        Average predictions of all levels.

    Returns
    -------
    {"up", "down", "mixed", "none"}
        ``"none"`` when nothing moves; a wiggle under a tenth of the whole range is forgiven.
    """
    if len(everything) < 2:
        return "none"
    spread = float(everything.max() - everything.min())
    if alike(float(everything.max()), float(everything.min())):
        return "none"
    if len(ordered) < 2:
        return "mixed"
    steps = np.diff(ordered)
    if ordered.max() - ordered.min() <= 0.3 * spread:
        return "mixed"
    if (steps >= -0.1 * spread).all():
        return "up"
    return "down" if (steps <= 0.1 * spread).all() else "mixed"
