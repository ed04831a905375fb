"""What the values of each column show about the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.state import Array
from upshot.questions.leaks.strength import (
    Goal,
    label_cells,
    monotone_strength,
    number_cells,
    strength,
)
from upshot.tables.schema import Column, Kind

if TYPE_CHECKING:
    import pandas as pd

# Free text with more different values than this share of its rows foretells nothing by itself.
_MOST_TEXT_VALUES = 0.5


@dataclass(frozen=True, eq=False)
class Measured:
    """One column against the outcome.

    Attributes
    ----------
    column : Column
        The column.
    score : float
        `strength` of its values.
    filled : numpy.ndarray of bool
        Rows with a value.
    filled_score : float
        `strength` of nothing but whether it is filled.
    cells : numpy.ndarray of int64
        Its cells, 0 where missing.
    """

    column: Column
    score: float
    filled: Array
    filled_score: float
    cells: Array


def measure(column: Column, series: pd.Series, goal: Goal) -> Measured:
    """Measure a column; its index must be that of the goal."""
    cells = _cells(column, series)
    filled = cells > 0
    share = filled.mean()
    partly = 0.005 < share < 0.995
    filled_score = strength(filled.astype("int64"), goal) if partly else 0.0
    score = strength(cells, goal)
    if column.kind is Kind.NUMBER:
        numbers = series.to_numpy(dtype="float64", na_value=np.nan)
        score = max(score, monotone_strength(numbers, goal))
    return Measured(column, score, filled, filled_score, cells)


def _cells(column: Column, series: pd.Series) -> Array:
    import pandas as pd

    if column.kind is Kind.NUMBER:
        return number_cells(series.to_numpy(dtype="float64", na_value=np.nan))
    if column.kind is Kind.DATETIME:
        times = series.to_numpy(dtype="datetime64[us]")
        return number_cells(np.where(np.isnat(times), np.nan, times.astype("int64")))
    codes, uniques = pd.factorize(series)
    if column.kind is Kind.TEXT and len(uniques) > _MOST_TEXT_VALUES * len(series):
        return (codes >= 0).astype("int64")
    return label_cells(codes)
