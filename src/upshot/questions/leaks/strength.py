"""How well one column alone foretells the outcome, out of fold, for every kind of column alike.

A column is cut into cells (its values, or quantile bins), the outcome's mean per cell is learned on
four fifths of the rows and read off for the rest, and the result is judged by rank: the area under
the ROC curve for classes, the explained share of the ranks for amounts. Cells catch bends and
levels; cross-fitting keeps columns with many values from looking good by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.learning.state import Array
from upshot.learning.task import TaskKind

_FOLDS = 5
_MOST_BINS = 128
_ROWS_PER_BIN = 20
# Pseudo-rows of the overall mean added to each cell.
_SMOOTHING = 3.0


# Enough to tell an AUC to about ± 0.01, and little enough to stay well under two seconds.
_MOST_ROWS = 20_000


def sample(rows: int) -> Array:
    """Positions of at most 20,000 rows, in file order; the same ones every time."""
    if rows <= _MOST_ROWS:
        return np.arange(rows)
    return np.sort(np.random.default_rng(0).choice(rows, _MOST_ROWS, replace=False))


@dataclass(frozen=True, eq=False)
class Goal:
    """The outcome in the form strengths are measured against.

    Attributes
    ----------
    kind : TaskKind
        Its shape.
    matrix : numpy.ndarray, shape (n_rows, n_outputs)
        Binary: one column of 0 and 1; multiclass: one per class; regression: ranks from 0 to 1.
    folds : numpy.ndarray, shape (n_rows,)
        The fold each row is read off in.
    """

    kind: TaskKind
    matrix: Array
    folds: Array


def make_goal(kind: TaskKind, target: Array) -> Goal:
    """Prepare the outcome; folds are dealt at random with a fixed seed."""
    folds = np.random.default_rng(0).permutation(len(target)) % _FOLDS
    if kind is TaskKind.REGRESSION:
        return Goal(kind, ranks(target)[:, None], folds)
    if kind is TaskKind.BINARY:
        return Goal(kind, target.astype("float64")[:, None], folds)
    frequent = np.flatnonzero(np.bincount(target) >= _FOLDS * 2)
    matrix = (target[:, None] == frequent[None, :]).astype("float64")
    return Goal(kind, matrix, folds)


def strength(cells: Array, goal: Goal) -> float:
    """How well the cells foretell the outcome: AUC (0.5–1), or explained share (0–1)."""
    predicted = _read_off(cells, goal)
    if goal.kind is TaskKind.REGRESSION:
        spread = float(((goal.matrix - goal.matrix.mean()) ** 2).sum())
        missed = float(((goal.matrix - predicted) ** 2).sum())
        return max(0.0, 1 - missed / spread) if spread > 0 else 0.0
    areas, weights = [], []
    # Fold by fold, because means learned on other rows differ by chance from fold to fold.
    for fold in range(_FOLDS):
        inside = goal.folds == fold
        for k in range(predicted.shape[1]):
            areas.append(area(predicted[inside, k], goal.matrix[inside, k]))
            weights.append(goal.matrix[inside, k].sum())
    return max(0.5, float(np.average(areas, weights=weights))) if sum(weights) else 0.5


def monotone_strength(values: Array, goal: Goal) -> float:
    """Squared rank correlation of numbers with amounts; cells are too coarse for small tables."""
    filled = np.isfinite(values)
    if goal.kind is not TaskKind.REGRESSION or filled.mean() < 0.5 or filled.sum() < _ROWS_PER_BIN:
        return 0.0
    one, other = ranks(values[filled]), ranks(goal.matrix[filled, 0])
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1] ** 2)


def advantage(score: float, kind: TaskKind) -> float:
    """A strength on one scale: 0 tells nothing, 1 tells everything."""
    return score if kind is TaskKind.REGRESSION else 2 * score - 1


def _read_off(cells: Array, goal: Goal) -> Array:
    """Out-of-fold mean of the outcome per cell."""
    width = int(cells.max()) + 1
    place = cells + width * goal.folds
    rows = np.bincount(place, minlength=width * _FOLDS).reshape(_FOLDS, width)
    other_rows = rows.sum(axis=0)[None, :] - rows
    predicted = np.empty_like(goal.matrix)
    for k in range(goal.matrix.shape[1]):
        truth = goal.matrix[:, k]
        sums = np.bincount(place, truth, width * _FOLDS).reshape(_FOLDS, width)
        other_sums = sums.sum(axis=0)[None, :] - sums
        # The mean each fold is pulled towards must not know the fold either.
        overall = other_sums.sum(axis=1) / np.maximum(1, other_rows.sum(axis=1))
        means = (other_sums + _SMOOTHING * overall[:, None]) / (other_rows + _SMOOTHING)
        predicted[:, k] = means[goal.folds, cells]
    return predicted


def ranks(values: Array) -> Array:
    """Average ranks from 0 to 1; equal values share theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middle = ends - (counts + 1) / 2
    return np.asarray(middle[inverse] / max(1, len(values) - 1), dtype="float64")


def area(scores: Array, truth: Array) -> float:
    """Area under the ROC curve by ranks (Mann and Whitney, 1947)."""
    positives = truth > 0.5
    n_pos, n_neg = int(positives.sum()), int((~positives).sum())
    if not n_pos or not n_neg:
        return 0.5
    ordered = ranks(scores) * (len(scores) - 1)
    return float((ordered[positives].sum() - n_pos * (n_pos - 1) / 2) / (n_pos * n_neg))


def number_cells(values: Array) -> Array:
    """Cells of a column of numbers: cell 0 is missing, the others quantile bins or values."""
    filled = np.isfinite(values)
    cells = np.zeros(len(values), dtype="int64")
    if not filled.any():
        return cells
    known = values[filled]
    bins = int(min(_MOST_BINS, max(2, len(known) // _ROWS_PER_BIN)))
    levels = np.unique(known)
    if len(levels) > bins:
        # Frequent values such as 0 collapse several quantiles into one edge, and so keep a cell.
        levels = np.unique(np.quantile(known, np.linspace(0, 1, bins + 1)[1:]))
    cells[filled] = 1 + np.searchsorted(levels, known, side="left")
    return cells


def label_cells(codes: Array) -> Array:
    """Cells of a column of labels: cell 0 is missing (code -1)."""
    return codes.astype("int64") + 1
