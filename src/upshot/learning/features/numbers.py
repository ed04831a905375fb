"""Missing numbers and the scale of numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.learning.state import Array, State, contiguous

_QUANTILES = 200
_CLIP = 3.0


@dataclass(frozen=True, eq=False)
class MissingNumbers:
    """Fill gaps with the median, or leave them to the model; optionally mark where they were.

    Attributes
    ----------
    medians : numpy.ndarray, shape (n_columns,)
        NaN never: a column without values has median 0.
    fill : bool
        Whether gaps are filled at all.
    marked : numpy.ndarray of int64
        Columns that get a 0/1 mark of their gaps.
    """

    medians: Array
    fill: bool
    marked: Array

    @classmethod
    def fit(cls, numbers: Array, method: str) -> MissingNumbers:
        """Learn medians; `method` is ``"native"``, ``"median"`` or ``"indicators"``."""
        missing = np.isnan(numbers)
        medians = np.zeros(numbers.shape[1])
        for position in range(numbers.shape[1]):
            known = numbers[~missing[:, position], position]
            medians[position] = np.median(known) if known.size else 0.0
        share = missing.mean(axis=0) if len(numbers) else np.zeros(numbers.shape[1])
        is_marked = (share > 0.001) & (share < 0.999) & (method == "indicators")
        return cls(medians, method != "native", np.flatnonzero(is_marked))

    def transform(self, numbers: Array) -> tuple[Array, Array]:
        """Return the numbers, filled or not, and the marks as float32."""
        missing = np.isnan(numbers)
        marks = missing[:, self.marked].astype(np.float32)
        return (np.where(missing, self.medians, numbers) if self.fill else numbers), marks

    def state(self) -> State:
        """Return medians and marked columns."""
        return State(
            {"fill": self.fill},
            {
                "medians": contiguous(self.medians, np.float64),
                "marked": contiguous(self.marked, np.int64),
            },
        )

    @classmethod
    def from_state(cls, state: State) -> MissingNumbers:
        """Rebuild."""
        return cls(state.arrays["medians"], bool(state.values["fill"]), state.arrays["marked"])


@dataclass(frozen=True, eq=False)
class Scaling:
    """Bring numbers to comparable sizes.

    ``"standard"`` centres and divides by the spread; ``"log"`` takes signed logarithms first;
    ``"quantile"`` replaces a value by the normal score of its rank; ``"robust"`` divides by the
    inter-quartile range and bends extremes smoothly towards ±3 (robust scaling with smooth
    clipping as in RealMLP, arXiv 2407.04491).
    """

    method: str
    centre: Array
    spread: Array
    grid: Array

    @classmethod
    def fit(cls, numbers: Array, method: str) -> Scaling:
        """Learn centre and spread, or the grid of quantiles."""
        width = numbers.shape[1]
        grid = np.empty((0, width))
        centre, spread = np.zeros(width), np.ones(width)
        if method == "none" or not len(numbers):
            return cls(method, centre, spread, grid)
        values = _signed_log(numbers) if method == "log" else numbers
        if method == "quantile":
            grid = _quantile_grid(values)
        elif method == "robust":
            centre, spread = _robust(values)
        else:
            centre = np.nan_to_num(_nan_safe_mean(values))
            spread = np.nan_to_num(np.sqrt(_nan_safe_mean((values - centre) ** 2)))
        return cls(method, centre, np.where(spread > 1e-12, spread, 1.0), grid)

    def transform(self, numbers: Array) -> Array:
        """Return float32 numbers; NaN stays NaN."""
        if self.method == "none":
            return np.asarray(numbers, dtype=np.float32)
        if self.method == "quantile":
            return self._normal_scores(numbers)
        values = _signed_log(numbers) if self.method == "log" else numbers
        scaled = (values - self.centre) / self.spread
        if self.method == "robust":
            scaled = scaled / np.sqrt(1.0 + (scaled / _CLIP) ** 2)
        else:
            scaled = np.clip(scaled, -50.0, 50.0)
        return np.asarray(scaled, dtype=np.float32)

    def _normal_scores(self, numbers: Array) -> Array:
        from scipy.special import ndtri

        block = np.empty(numbers.shape, dtype=np.float32)
        levels = np.linspace(0.0, 1.0, len(self.grid))
        for position in range(numbers.shape[1]):
            column, grid = numbers[:, position], self.grid[:, position]
            # Averaging both directions puts repeated values in the middle of their ranks.
            rank = np.interp(column, grid, levels) - np.interp(-column, -grid[::-1], levels)
            share = np.clip((rank + 1.0) / 2.0, 1e-3, 1 - 1e-3)
            block[:, position] = np.where(np.isnan(column), np.nan, ndtri(share))
        return block

    def state(self) -> State:
        """Return the fitted arrays."""
        return State(
            {"method": self.method},
            {
                "centre": contiguous(self.centre, np.float64),
                "spread": contiguous(self.spread, np.float64),
                "grid": contiguous(self.grid, np.float64),
            },
        )

    @classmethod
    def from_state(cls, state: State) -> Scaling:
        """Rebuild."""
        arrays = state.arrays
        return cls(str(state.values["method"]), arrays["centre"], arrays["spread"], arrays["grid"])


def _signed_log(numbers: Array) -> Array:
    return np.asarray(np.sign(numbers) * np.log1p(np.abs(numbers)))


def _nan_safe_mean(values: Array) -> Array:
    known = np.isfinite(values)
    return np.asarray(np.where(known, values, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1))


def _quantile_grid(values: Array) -> Array:
    levels = np.linspace(0.0, 1.0, _QUANTILES)
    columns = []
    for column in values.T:
        known = column[np.isfinite(column)]
        columns.append(np.quantile(known, levels) if known.size else np.zeros(_QUANTILES))
    return np.column_stack(columns) if columns else np.empty((_QUANTILES, 0))


def _robust(values: Array) -> tuple[Array, Array]:
    centre, spread = np.zeros(values.shape[1]), np.ones(values.shape[1])
    for position, column in enumerate(values.T):
        known = column[np.isfinite(column)]
        if not known.size:
            continue
        low, middle, high = np.quantile(known, [0.25, 0.5, 0.75])
        wide = (high - low) if high > low else (known.max() - known.min()) / 2.0
        centre[position], spread[position] = middle, wide
    return centre, spread
