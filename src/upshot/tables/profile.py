"""What is in each column: missing, distinct, range, most frequent, histogram, examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.tables.cells import cells_of
from upshot.tables.missing import held
from upshot.tables.schema import Column, Kind
from upshot.tables.table import Table

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MOST_BINS = 12
MOST_FREQUENT = 10
MOST_EXAMPLES = 5
_LONGEST_EXAMPLE = 120


@dataclass(frozen=True)
class Frequent:
    """A value, how many rows hold it, and their share of the filled rows (0–1)."""

    value: str
    count: int
    share: float


@dataclass(frozen=True)
class Bin:
    """Rows from `low` up to below `high` (the last bin holds its upper end).

    Numbers for number columns; dates as ISO text for date columns.
    """

    low: float | str
    high: float | str
    count: int


@dataclass(frozen=True)
class ColumnProfile:
    """One column in figures.

    ``low``, ``median`` and ``high`` are numbers or ISO dates, None for other kinds; ``mean`` is for
    numbers. Number and date columns have a ``histogram``, the others the most ``frequent`` values.
    ``unreadable`` counts cells that hold something which does not fit the kind; they are part of
    ``missing``.
    """

    name: str
    kind: Kind
    role: str
    missing: int
    unreadable: int
    distinct: int
    low: float | str | None
    median: float | str | None
    high: float | str | None
    mean: float | None
    frequent: tuple[Frequent, ...]
    histogram: tuple[Bin, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """A table in figures."""

    rows: int
    columns: tuple[ColumnProfile, ...]

    def column(self, name: str) -> ColumnProfile:
        """Return the profile of one column; ``KeyError`` when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def profile(table: Table) -> Profile:
    """Count what each column of a table holds."""
    columns = tuple(
        _profile_column(table.raw.column(column.name), table.data[column.name], column)
        for column in table.schema.columns
    )
    return Profile(table.rows, columns)


def _profile_column(raw: pa.ChunkedArray, typed: pd.Series, column: Column) -> ColumnProfile:
    cells = held(cells_of(column.name, raw), column)
    missing = int(typed.isna().sum())
    low = median = high = mean = None
    histogram: tuple[Bin, ...] = ()
    frequent: tuple[Frequent, ...] = ()
    if column.kind is Kind.NUMBER:
        values = typed.dropna().to_numpy(dtype=float)
        low, median, high, mean = _range(values)
        histogram = _bins(values)
    elif column.kind is Kind.DATETIME:
        stamps = typed.dropna().to_numpy(dtype="datetime64[us]")
        low, median, high = _date_range(stamps)
        histogram = _date_bins(stamps)
    else:
        frequent = _frequent(typed)
    return ColumnProfile(
        name=column.name,
        kind=column.kind,
        role=column.role,
        missing=missing,
        unreadable=max(0, cells.filled - (len(typed) - missing)),
        distinct=cells.distinct,
        low=low,
        median=median,
        high=high,
        mean=mean,
        frequent=frequent,
        histogram=histogram,
        examples=tuple(
            text[:_LONGEST_EXAMPLE] for text in cells.texts.slice(0, MOST_EXAMPLES).to_pylist()
        ),
    )


def _range(values: np.ndarray) -> tuple[Any, Any, Any, Any]:
    if not len(values):
        return None, None, None, None
    # Divided first: a sum of vast numbers would overflow.
    middle, average = float(np.median(values)), float((values / len(values)).sum())
    return float(values.min()), middle, float(values.max()), average


def _bins(values: np.ndarray) -> tuple[Bin, ...]:
    if not len(values):
        return ()
    distinct = np.unique(values)
    if len(distinct) <= MOST_BINS and (distinct == np.round(distinct)).all():
        counts = np.searchsorted(np.sort(values), distinct, side="right")
        each = np.diff(np.append(0, counts))
        pairs = zip(distinct, each, strict=True)
        return tuple(Bin(float(value), float(value), int(count)) for value, count in pairs)
    low, high = float(values.min()), float(values.max())
    if not np.isfinite(high - low):
        return (Bin(low, high, len(values)),)
    # The widest tenth of a per cent would flatten everything else into one bin.
    low_edge, high_edge = (float(edge) for edge in np.quantile(values, [0.001, 0.999]))
    if not high_edge > low_edge:
        low_edge, high_edge = low, high
    edges = np.linspace(low_edge, high_edge, MOST_BINS + 1)
    edges[0], edges[-1] = low, high
    counts, _ = np.histogram(values, edges)
    return tuple(
        Bin(float(edges[i]), float(edges[i + 1]), int(count)) for i, count in enumerate(counts)
    )


def _iso(stamp: np.datetime64) -> str:
    text = str(stamp.astype("datetime64[s]"))
    return text.removesuffix("T00:00:00").replace("T", " ")


def _date_range(stamps: np.ndarray) -> tuple[str | None, str | None, str | None]:
    if not len(stamps):
        return None, None, None
    ordered = np.sort(stamps)
    return _iso(ordered[0]), _iso(ordered[len(ordered) // 2]), _iso(ordered[-1])


def _date_bins(stamps: np.ndarray) -> tuple[Bin, ...]:
    if not len(stamps):
        return ()
    numbers = stamps.astype("datetime64[us]").astype(np.int64).astype(float)
    if numbers.min() == numbers.max():
        return (Bin(_iso(stamps[0]), _iso(stamps[0]), len(stamps)),)
    counts, edges = np.histogram(numbers, MOST_BINS)
    marks = [_iso(np.datetime64(int(edge), "us")) for edge in edges]
    return tuple(Bin(marks[i], marks[i + 1], int(count)) for i, count in enumerate(counts))


def _frequent(typed: pd.Series) -> tuple[Frequent, ...]:
    counts = typed.value_counts(dropna=True).head(MOST_FREQUENT)
    filled = int(typed.notna().sum())
    return tuple(
        Frequent(_shown(value), int(count), int(count) / filled)
        for value, count in counts.items()
        if count
    )


def _shown(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return str(value)[:_LONGEST_EXAMPLE]
