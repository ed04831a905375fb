"""80 % intervals around predicted amounts, from out-of-fold errors (split conformal, Vovk 2005).

Errors usually grow with the amount, so their quantiles are taken among rows of a similar
prediction and joined by straight lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.learning.state import Array, State, contiguous

COVERAGE = 0.8
_ROWS_PER_BIN = 100
_MOST_BINS = 20
_PARTS = 5


@dataclass(frozen=True, eq=False)
class AmountIntervals:
    """Quantiles of the error at a few levels of the prediction.

    Attributes
    ----------
    levels, low, high : numpy.ndarray, shape (n_levels,)
        At a prediction of ``levels[i]`` the amount lies ``low[i]`` to ``high[i]`` away.
    """

    levels: Array
    low: Array
    high: Array

    def around(self, predictions: Array) -> tuple[Array, Array]:
        """Return the ends of the interval of each prediction."""
        low = predictions + np.interp(predictions, self.levels, self.low)
        high = predictions + np.interp(predictions, self.levels, self.high)
        return np.minimum(low, predictions), np.maximum(high, predictions)

    def scores(self, target: Array, predictions: Array) -> Array:
        """How far each amount lies away, in units of its interval's half on that side."""
        errors = target - predictions
        low = np.interp(predictions, self.levels, self.low)
        high = np.interp(predictions, self.levels, self.high)
        room = np.where(errors < 0, -low, high)
        tiny = 1e-9 * (1.0 + float(np.abs(target).max()))
        return np.asarray(np.abs(errors) / np.maximum(room, tiny))

    def state(self) -> State:
        """Return the levels and quantiles."""
        return State(
            arrays={
                "levels": contiguous(self.levels, np.float64),
                "low": contiguous(self.low, np.float64),
                "high": contiguous(self.high, np.float64),
            }
        )

    @classmethod
    def from_state(cls, state: State) -> AmountIntervals:
        """Rebuild the intervals."""
        return cls(state.arrays["levels"], state.arrays["low"], state.arrays["high"])


def fit_intervals(target: Array, predictions: Array) -> AmountIntervals:
    """Learn the spread of errors from predictions of models that did not see the row.

    Quantiles among similar predictions give the shape. How far the whole shape must be stretched
    to hold the share it should is learned from rows that did not shape it (conformal prediction
    with scores normalised by difficulty: Lei et al. 2018), because straight lines between few
    levels widen some rows and narrow others.
    """
    shape = _shape(target, predictions)
    if len(target) < _PARTS * _ROWS_PER_BIN:
        return shape
    scores = np.empty(len(target))
    order = np.argsort(predictions, kind="stable")
    for number in range(_PARTS):
        own = np.zeros(len(target), dtype=bool)
        own[order[number::_PARTS]] = True
        scores[own] = _shape(target[~own], predictions[~own]).scores(target[own], predictions[own])
    stretch = _quantile(scores, COVERAGE)
    return AmountIntervals(shape.levels, shape.low * stretch, shape.high * stretch)


def _shape(target: Array, predictions: Array) -> AmountIntervals:
    """Quantiles of the error among rows of a similar prediction."""
    errors = target - predictions
    order = np.argsort(predictions, kind="stable")
    bins = int(np.clip(len(errors) // _ROWS_PER_BIN, 1, _MOST_BINS))
    parts = np.array_split(order, bins)
    levels = np.array([np.median(predictions[part]) for part in parts])
    ends = np.array([_ends(errors[part]) for part in parts])
    levels, first = np.unique(levels, return_index=True)
    return AmountIntervals(levels, ends[first, 0], ends[first, 1])


def _ends(errors: Array) -> tuple[float, float]:
    """Quantiles that leave as much out on both sides; the prediction itself always lies inside.

    Where nearly all amounts lie on one side of their mean prediction (most are 0), the interval
    ends at the prediction on the other side and still holds the share it should.
    """
    outside = (1 - COVERAGE) / 2
    low, high = _quantile(errors, outside), _quantile(errors, 1 - outside)
    if high < 0:
        return _quantile(errors, float(np.mean(errors <= 0)) - COVERAGE), 0.0
    if low > 0:
        return 0.0, _quantile(errors, float(np.mean(errors < 0)) + COVERAGE)
    return low, high


def _quantile(errors: Array, share: float) -> float:
    """Quantile with the finite-sample correction: outward by one part in n + 1."""
    count = len(errors)
    outward = share * (count + 1) / count if share > 0.5 else share - (1 - share) / count
    return float(np.quantile(errors, np.clip(outward, 0, 1)))
