"""Which rows are learned from, validated on, and set aside.

The holdout is set aside once and read once. The rest is cut into folds: by size, so that every
fold holds outcomes enough to judge by; by group when a person names one (it is then no feature);
forward in time when rows have a time (random splits flatter such tables: BeyondArena, arXiv
2606.30410). An entity that is a feature is not grouped: its rows to come are of known values too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from upshot.learning.outcome import SplitFacts
from upshot.learning.state import Array
from upshot.learning.task import LearningData, TaskKind
from upshot.wording import mark, say

HOLDOUT_SHARE = 0.2
LARGEST_HOLDOUT_SHARE = 0.3
HOLDOUT_CAP = 20_000
HOLDOUT_POSITIVES = 100
FOLD_POSITIVES = 20
_TIME_FOLDS = 3
_TIME_VALIDATED_SHARE = 0.5
# Rows just before a tested period are left out of learning: when predictions are made, the outcomes
# of the last days are rarely known. Half a week of half a year, without knowing the horizon.
_GAP_SHARE = 0.02
_LEAST_LEFT = 0.8


@dataclass(frozen=True, eq=False)
class Fold:
    """Positions in the learning data to fit on and to predict."""

    train: Array
    valid: Array


@dataclass(frozen=True, eq=False)
class Splits:
    """Where every row stands.

    ``folds`` holds all folds of the first repeat, then those of the next. Using only the first
    few is sound: each has its own training and validation rows.
    """

    scheme: str
    training: Array
    holdout: Array
    folds: tuple[Fold, ...]
    repeats: int

    @property
    def folds_per_repeat(self) -> int:
        """Folds of one repeat."""
        return len(self.folds) // self.repeats

    def facts(self, used: int) -> SplitFacts:
        """Describe the split when the first `used` folds were used."""
        folds = min(used, self.folds_per_repeat)
        repeats = max(1, used // self.folds_per_repeat)
        training, holdout = len(self.training), len(self.holdout)
        sentence = _sentence(self.scheme, training, holdout, folds)
        return SplitFacts(self.scheme, sentence, training, holdout, folds, repeats)


def take(data: LearningData, rows: Array) -> LearningData:
    """Return some rows of the learning data, in the order given."""
    return LearningData(
        features=data.features.iloc[rows].reset_index(drop=True),
        target=data.target[rows],
        schema=data.schema,
        task=data.task,
        groups=None if data.groups is None else data.groups[rows],
        times=None if data.times is None else data.times[rows],
        directions=data.directions,
    )


def split(data: LearningData, *, seed: int, seconds: float | None) -> Splits:
    """Set the holdout aside and cut the rest into folds.

    Parameters
    ----------
    data : LearningData
        All rows.
    seed : int
        Decides which rows go where.
    seconds : float or None
        Time there is: more of it buys more folds and repeats.
    """
    rng = np.random.default_rng([seed, 1])
    if data.times is not None:
        return _split_by_time(data)
    scheme = "random" if data.groups is None else "group"
    units = np.arange(data.rows) if data.groups is None else data.groups
    holdout = _systematic(data, units, _holdout_share(data), rng)
    training = np.flatnonzero(~holdout)
    folds, repeats = _fold_count(take_target(data, training), data.task.kind, seconds)
    parts: list[Fold] = []
    for _ in range(repeats):
        labels = _labels(data, training, units[training], folds, rng)
        parts.extend(
            Fold(training[labels != part], training[labels == part])
            for part in range(folds)
            if 0 < (labels == part).sum() < len(training)
        )
    if len(parts) != folds * repeats:
        repeats = 1
    return Splits(scheme, training, np.flatnonzero(holdout), tuple(parts), repeats)


def take_target(data: LearningData, rows: Array) -> Array:
    """Return the outcome of some rows."""
    return data.target[rows]


def minority(target: Array, kind: TaskKind) -> int:
    """Rows that carry the scarce part of the outcome: those outside the most frequent class."""
    if kind is TaskKind.REGRESSION:
        return len(target)
    counts = np.bincount(target.astype(np.int64))
    return int(counts.sum() - counts.max()) if len(counts) else 0


def _holdout_share(data: LearningData) -> float:
    scarce = max(1, minority(data.target, data.task.kind))
    wanted = HOLDOUT_POSITIVES / scarce
    share = float(np.clip(wanted, HOLDOUT_SHARE, LARGEST_HOLDOUT_SHARE))
    capped = max(HOLDOUT_CAP / data.rows, wanted)
    return min(share, capped)


def _fold_count(target: Array, kind: TaskKind, seconds: float | None) -> tuple[int, int]:
    rows = len(target)
    long = seconds is not None and seconds >= 300
    repeats = 2 if rows < 1_000 and (seconds is None or seconds >= 60) else 1
    folds = 8 if long and 1_000 <= rows <= 20_000 else 5
    enough = minority(target, kind) // FOLD_POSITIVES
    return max(2, min(folds, enough)), repeats


def _order(data: LearningData, rows: Array, units: Array, rng: np.random.Generator) -> Array:
    """Units (rows or entities) of `rows`, alike ones side by side, ties shuffled."""
    names, inverse, sizes = np.unique(units, return_inverse=True, return_counts=True)
    sums = np.bincount(inverse, weights=data.target[rows].astype(np.float64))
    order = np.lexsort((rng.random(len(names)), sizes, sums / sizes))
    return np.asarray(names[order])


def _systematic(data: LearningData, units: Array, share: float, rng: np.random.Generator) -> Array:
    """Mark every (1 / share)-th unit, so that the outcome is spread alike on both sides."""
    ordered = _order(data, np.arange(data.rows), units, rng)
    steps = np.floor(np.arange(len(ordered) + 1) * share + rng.random())
    chosen = ordered[np.diff(steps) > 0]
    if len(chosen) == 0:
        chosen = ordered[:1]
    return np.isin(units, chosen)


def _labels(
    data: LearningData, rows: Array, units: Array, folds: int, rng: np.random.Generator
) -> Array:
    ordered = _order(data, rows, units, rng)
    blocks = -(-len(ordered) // folds)
    labels = rng.permuted(np.tile(np.arange(folds), (blocks, 1)), axis=1).ravel()[: len(ordered)]
    by_name = np.argsort(ordered)
    return np.asarray(labels[by_name[np.searchsorted(ordered[by_name], units)]])


def _split_by_time(data: LearningData) -> Splits:
    assert data.times is not None
    order = np.argsort(data.times, kind="stable")
    times = data.times[order]
    cut = _boundary(times, data.rows - round(data.rows * _holdout_share(data)))
    training, holdout = order[:cut], order[cut:]
    enough = minority(data.target[training], data.task.kind) // (2 * FOLD_POSITIVES)
    folds = max(1, min(_TIME_FOLDS, enough))
    first = 1 - _TIME_VALIDATED_SHARE
    wanted = np.linspace(first, 1.0, folds + 1) * len(training)
    edges = [_boundary(times[:cut], round(edge)) for edge in wanted[:-1]] + [cut]
    edges = sorted(set(edges))
    # The latest block comes first: when time allows one fold only, it is the most telling one.
    parts = tuple(
        Fold(training[: _before_gap(times[:cut], start)], training[start:end])
        for start, end in reversed(list(pairwise(edges)))
        if start > 0
    )
    return Splits("time", training, holdout, parts or (_halves(training),), 1)


def _before_gap(times: Array, start: int) -> int:
    """Rows that lie long enough before `start`; all of them when too few would be left."""
    gap = (times[-1] - times[0]) * _GAP_SHARE
    kept = int(np.searchsorted(times, times[start] - gap, side="left"))
    return kept if kept >= _LEAST_LEFT * start else start


def _halves(rows: Array) -> Fold:
    middle = max(1, round(len(rows) * 0.75))
    return Fold(rows[:middle], rows[middle:])


def _boundary(times: Array, wanted: int) -> int:
    """The place nearest to `wanted` that does not part rows of the same time."""
    wanted = int(np.clip(wanted, 1, len(times) - 1))
    before = int(np.searchsorted(times, times[wanted], side="left"))
    after = int(np.searchsorted(times, times[wanted], side="right"))
    candidates = [place for place in (before, after) if 0 < place < len(times)]
    return min(candidates, key=lambda place: abs(place - wanted)) if candidates else wanted


def _sentence(scheme: str, training: int, holdout: int, folds: int) -> str:
    told = _TOLD.get(scheme, _TOLD["random"])
    template = told[0] if folds == 1 else told[1]
    return say(template, number=folds, holdout=holdout, training=training)


# By scheme: with one part to compare on, and with several.
_TOLD: dict[str, tuple[str, str]] = {
    "time": (
        mark(
            "The latest {holdout} rows were set aside before learning and used once, for the "
            "figures here. Earlier rows were learned from, because a model has to predict what "
            "comes later; candidates were compared on one part of them, always on later rows. Rows "
            "shortly before a tested period were left out, because their outcomes would often not "
            "have been known in time."
        ),
        mark(
            "The latest {holdout} rows were set aside before learning and used once, for the "
            "figures here. Earlier rows were learned from, because a model has to predict what "
            "comes later; candidates were compared on {number} parts of them in turn, always on "
            "later rows. Rows shortly before a tested period were left out, because their outcomes "
            "would often not have been known in time."
        ),
    ),
    "group": (
        mark(
            "{holdout} rows were set aside before learning and used once, for the figures here. "
            "All rows of one entity stay on the same side. Candidates were compared on the other "
            "{training} rows, on one part of them."
        ),
        mark(
            "{holdout} rows were set aside before learning and used once, for the figures here. "
            "All rows of one entity stay on the same side. Candidates were compared on the other "
            "{training} rows, on {number} parts of them in turn."
        ),
    ),
    "random": (
        mark(
            "{holdout} rows were set aside before learning and used once, for the figures here. "
            "They were drawn at random, with the same share of outcomes as the rest. Candidates "
            "were compared on the other {training} rows, on one part of them."
        ),
        mark(
            "{holdout} rows were set aside before learning and used once, for the figures here. "
            "They were drawn at random, with the same share of outcomes as the rest. Candidates "
            "were compared on the other {training} rows, on {number} parts of them in turn."
        ),
    ),
}
