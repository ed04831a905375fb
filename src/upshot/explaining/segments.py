"""Segments: two or three filters that find many of the positives, for tools that know no model.

Filters are found by beam search (Lavrač et al. 2004, "Subgroup discovery with CN2-SD", JMLR 5) on
the rows learned from: one after the other, each among the rows that those before left over. What
is told of them is measured on the holdout rows alone, and one that does not hold there is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.explaining.effects import round_cuts
from upshot.explaining.encoder import plain_numbers
from upshot.explaining.facts import Segment, Segments, Wording
from upshot.explaining.filters import (
    Comparison,
    Condition,
    Filter,
    as_text,
    as_written,
    holds,
    in_words,
)
from upshot.explaining.intervals import wilson
from upshot.explaining.showable import showable_columns
from upshot.explaining.wording import count, percent, times
from upshot.learning.outcome import Holdout
from upshot.learning.state import Array
from upshot.learning.task import LearningData
from upshot.tables.schema import Column, Kind, Schema
from upshot.wording import say

if TYPE_CHECKING:
    import pandas as pd

MOST_SEGMENTS = 3
MOST_CONDITIONS = 3
MOST_ROWS = 20_000
FEWEST_ROWS = 50
SMALLEST_SHARE, LARGEST_SHARE = 0.02, 0.5
FEWEST_POSITIVES = 10
BEAM = 20
CROWDING = 1.5
"""What a contact counts against a positive reached: below this lift a filter is not worth it."""
SMALLEST_GAIN = 0.01
"""A further condition must raise the score by this much: short filters are easier to use."""
MOST_LEVELS, SMALLEST_LEVEL = 12, 0.02
MOST_JOINED = 3
CUTS = np.linspace(0.1, 0.9, 9)


@dataclass(frozen=True, eq=False)
class _Pool:
    """Every condition worth trying, and the rows for which it holds."""

    conditions: tuple[Condition, ...]
    masks: Array


@dataclass(frozen=True, eq=False)
class _Found:
    """A filter under way: positions in the pool, the rows it picks, and its score."""

    places: tuple[int, ...]
    mask: Array
    score: float


def segments(data: LearningData, holdout: Holdout, wording: Wording, seed: int) -> Segments | None:
    """Find filters that hold many positives; None when none holds up on the holdout rows.

    Parameters
    ----------
    data : LearningData
        A binary task.
    holdout : Holdout
        Its rows are not searched, only measured on.
    wording : Wording
        How the sentences speak.
    seed : int
        Decides which rows are searched when there are many.
    """
    rng = np.random.default_rng(seed)
    rows = np.setdiff1d(np.arange(data.rows), holdout.rows)
    rows = np.sort(rng.permutation(rows)[:MOST_ROWS])
    target = (data.target[rows] == 1).astype(np.float32)
    if not FEWEST_POSITIVES <= target.sum() < len(target):
        return None
    pool = _pool(data, data.features.iloc[rows], target)
    if not pool.conditions:
        return None
    found = list(_cover(pool, target))
    return _measured(data, holdout, found, wording)


def _pool(data: LearningData, features: pd.DataFrame, target: Array) -> _Pool:
    conditions: list[Condition] = []
    for name in showable_columns(data.schema):
        column = data.schema.column(name)
        conditions += _conditions(features[name], column, target)
    masks = [holds(Filter((c,)), features, data.schema) for c in conditions]
    least = max(SMALLEST_SHARE * len(target), FEWEST_ROWS)
    kept = [p for p, mask in enumerate(masks) if least <= mask.sum() < len(target)]
    stacked = np.stack([masks[p] for p in kept]) if kept else np.zeros((0, len(target)), bool)
    return _Pool(tuple(conditions[p] for p in kept), stacked.astype(np.float32))


def _conditions(cells: pd.Series, column: Column, target: Array) -> Iterator[Condition]:
    if column.kind is Kind.NUMBER:
        yield from _ranges(cells, column)
    elif column.kind is Kind.BOOLEAN:
        for value in ("yes", "no"):
            yield Condition(column.name, Comparison.IS, (value,))
    elif column.kind is Kind.CATEGORY:
        yield from _levels(cells, column, target)
    missing = float(cells.isna().mean())
    if SMALLEST_SHARE <= missing <= LARGEST_SHARE:
        yield Condition(column.name, Comparison.MISSING)
    if SMALLEST_SHARE <= 1 - missing <= LARGEST_SHARE:
        yield Condition(column.name, Comparison.FILLED)


def _ranges(cells: pd.Series, column: Column) -> Iterator[Condition]:
    numbers = plain_numbers(cells, column.kind)
    known = np.sort(numbers[np.isfinite(numbers)])
    if not len(known):
        return
    cuts = np.quantile(known, CUTS, method="higher")
    for cut in np.unique(round_cuts(np.unique(cuts), known)):
        value = (f"{cut:.10g}",)
        yield Condition(column.name, Comparison.AT_LEAST, value)
        yield Condition(column.name, Comparison.BELOW, value)


def _levels(cells: pd.Series, column: Column, target: Array) -> Iterator[Condition]:
    """Single levels, and the two or three best of them together."""
    codes, levels = cells.astype("object").factorize()
    counts = np.bincount(codes[codes >= 0], minlength=len(levels))
    taken = np.bincount(codes[codes >= 0], weights=target[codes >= 0], minlength=len(levels))
    common = [p for p in np.argsort(-counts) if counts[p] >= SMALLEST_LEVEL * len(cells)]
    common = common[:MOST_LEVELS]
    for place in common:
        yield Condition(column.name, Comparison.IS, (str(levels[place]),))
    best = sorted(common, key=lambda place: -taken[place] / counts[place])
    for joined in range(2, min(MOST_JOINED, len(best) - 1) + 1):
        values = tuple(str(levels[place]) for place in best[:joined])
        yield Condition(column.name, Comparison.IS, values)


def _cover(pool: _Pool, target: Array) -> Iterator[Filter]:
    """The best filter, then the best among the rows left over, and so on."""
    left = np.ones(len(target), dtype=np.float32)
    for _ in range(MOST_SEGMENTS):
        found = _search(pool, target, left)
        if found is None:
            return
        yield Filter(tuple(pool.conditions[place] for place in sorted(found.places)))
        left = left * (1 - found.mask)


def _search(pool: _Pool, target: Array, left: Array) -> _Found | None:
    beam = [_Found((), left, 0.0)]
    best: _Found | None = None
    for _ in range(MOST_CONDITIONS):
        beam = _expanded(pool, target, beam)
        if not beam:
            break
        if beam[0].score > (best.score if best is not None else 0.0) + SMALLEST_GAIN:
            best = beam[0]
    return best


def _expanded(pool: _Pool, target: Array, beam: Sequence[_Found]) -> list[_Found]:
    """Every filter of the beam with one condition more, the best of them."""
    rows, positives = len(target), float(target.sum())
    before = np.stack([one.mask for one in beam], axis=1)
    sizes = pool.masks @ before
    reached = pool.masks @ (before * target[:, None])
    crowding = min(CROWDING, 1 + 0.5 * (rows / positives - 1))
    scores = reached / positives - crowding * sizes / rows
    least = max(SMALLEST_SHARE * rows, FEWEST_ROWS)
    fits = (sizes >= least) & (sizes <= LARGEST_SHARE * rows) & (reached >= FEWEST_POSITIVES)
    scores = np.where(fits, scores, -np.inf)
    found: dict[tuple[int, ...], _Found] = {}
    for flat in np.argsort(-scores, axis=None)[: BEAM * MOST_CONDITIONS * 2]:
        condition, parent = np.unravel_index(flat, scores.shape)
        score = float(scores[condition, parent])
        if not np.isfinite(score) or len(found) >= BEAM:
            break
        one = beam[int(parent)]
        places = tuple(sorted((*one.places, int(condition))))
        if places not in found and _goes_together(pool, one.places, int(condition)):
            found[places] = _Found(places, one.mask * pool.masks[condition], score)
    return list(found.values())


def _goes_together(pool: _Pool, places: tuple[int, ...], place: int) -> bool:
    """A column may be limited from below and from above, but not twice the same way."""
    new = pool.conditions[place]
    same = [pool.conditions[p] for p in places if pool.conditions[p].column == new.column]
    both_ways = {Comparison.AT_LEAST, Comparison.BELOW}
    return all({new.comparison, old.comparison} == both_ways for old in same)


def _measured(
    data: LearningData, holdout: Holdout, found: Sequence[Filter], wording: Wording
) -> Segments | None:
    frame = data.features.iloc[holdout.rows]
    target = holdout.target == 1
    kept: list[tuple[Segment, Array]] = []
    for one in found:
        mask = holds(one, frame, data.schema)
        segment = _segment(one, mask, target, wording, data.schema)
        if segment is not None:
            kept.append((segment, mask))
    if not kept:
        return None
    together = np.logical_or.reduce([mask for _, mask in kept])
    reached, contacted = int((together & target).sum()), int(together.sum())
    share, reach = contacted / len(target), reached / int(target.sum())
    return Segments(
        segments=tuple(segment for segment, _ in kept),
        share=share,
        reach=reach,
        sentence=_together_sentence(len(kept), share, reach, wording),
        text="\nOR ".join(f"({segment.text})" for segment, _ in kept),
    )


def _segment(
    one: Filter, mask: Array, target: Array, wording: Wording, schema: Schema
) -> Segment | None:
    rows, reached, positives = int(mask.sum()), int((mask & target).sum()), int(target.sum())
    overall = positives / len(target)
    low, high = wilson(reached, rows)
    if rows < FEWEST_POSITIVES or low <= overall:
        return None
    precision = reached / rows
    return Segment(
        filter=one,
        rows=rows,
        share=rows / len(target),
        reach=reached / positives,
        precision=precision,
        precision_low=low,
        precision_high=high,
        lift=precision / overall,
        words=in_words(one),
        sentence=say(
            "Of {rows} {unit} set aside who fit, {reached} were {positives}: {precision}, "
            "{lift} the average.",
            rows=count(rows),
            unit=wording.unit,
            reached=count(reached),
            positives=wording.positives,
            precision=percent(precision),
            lift=times(precision / overall),
        ),
        text=as_text(as_written(one, schema)),
    )


def _together_sentence(number: int, share: float, reach: float, wording: Wording) -> str:
    if number == 1:
        return say(
            "One filter picks {share} of {unit} and finds {reach} of {positives}.",
            share=percent(share),
            unit=wording.unit,
            reach=percent(reach),
            positives=wording.positives,
        )
    return say(
        "{number} filters together pick {share} of {unit} and find {reach} of {positives}.",
        number=number,
        share=percent(share),
        unit=wording.unit,
        reach=percent(reach),
        positives=wording.positives,
    )
