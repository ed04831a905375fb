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
    """Learn the spread of errors from predictions of models that did not see the row."""
    errors = target - predictions
    order = np.argsort(predictions, kind="stable")
    bins = int(np.clip(len(errors) // _ROWS_PER_BIN, 1, _MOST_BINS))
    parts = np.array_split(order, bins)
    levels = np.array([np.median(predictions[part]) for part in parts])
    low = np.array([_quantile(errors[part], (1 - COVERAGE) / 2) for part in parts])
    high = np.array([_quantile(errors[part], (1 + COVERAGE) / 2) for part in parts])
    levels, first = np.unique(levels, return_index=True)
    return AmountIntervals(levels, low[first], high[first])


def _quantile(errors: Array, share: float) -> float:
    """Quantile with the finite-sample correction: outward by one part in n + 1."""
    count = len(errors)
    outward = share * (count + 1) / count if share > 0.5 else share - (1 - share) / count
    return float(np.quantile(errors, np.clip(outward, 0, 1)))
