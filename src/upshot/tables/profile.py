"""What is in each column: missing, distinct, range, most frequent, histogram, examples."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.tables.cells import Cells, cells_of
from upshot.tables.large.counted import count_texts, distinct_values, most_frequent
from upshot.tables.large.stored import StoredCells
from upshot.tables.missing import held
from upshot.tables.schema import Column, Kind
from upshot.tables.table import Table
from upshot.tables.typed import typed_column

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
    if isinstance(table.raw, StoredCells):
        cells = table.raw
        return Profile(table.rows, tuple(_profile_stored(cells, c) for c in table.schema.columns))
    columns = tuple(
        _profile_column(table.raw.column(column.name), table.data[column.name], column)
        for column in table.schema.columns
    )
    return Profile(table.rows, columns)


def _profile_stored(cells: StoredCells, column: Column) -> ColumnProfile:
    """One column of a large table: loaded alone, or counted where it lies."""
    if column.kind in (Kind.NUMBER, Kind.DATETIME):
        return _profile_measured(cells, column)
    counted = count_texts(cells, column.name)
    head = cells_of(column.name, next(cells.batches([column.name])).column(0))
    examples = _examples(held(head, column))
    if counted is None:
        return _profile_many(cells, column, examples)
    import pandas as pd

    typed = pd.Series(typed_column(counted.column("text"), column))
    counts = pd.Series(counted.column("count").to_numpy())
    known = int(counts[typed.notna()].sum())
    texts = held(cells_of(column.name, counted.column("text")), column)
    filled = int(counts[texts.codes >= 0].sum())
    sums = counts.groupby(typed, observed=True).sum()
    return _without_measures(
        column,
        missing=cells.num_rows - known,
        unreadable=max(0, filled - known) + cells.unfit(column.name),
        distinct=texts.distinct,
        frequent=_most_frequent(sums.sort_values(ascending=False, kind="stable"), known),
        examples=examples,
    )


def _profile_measured(cells: StoredCells, column: Column) -> ColumnProfile:
    import pandas as pd

    array = cells.column(column.name)
    typed = pd.Series(typed_column(array, column))
    head = held(cells_of(column.name, array.slice(0, 10_000)), column)
    filled = len(typed) - int(typed.isna().sum())
    facts = _without_measures(
        column,
        missing=len(typed) - filled,
        unreadable=cells.unfit(column.name),
        distinct=distinct_values(cells, column.name),
        frequent=(),
        examples=_examples(head),
    )
    return _measured(facts, typed.dropna())


def _profile_many(cells: StoredCells, column: Column, examples: tuple[str, ...]) -> ColumnProfile:
    """A column of too many different texts to count each."""
    missing = 0
    for batch in cells.batches([column.name]):
        here = cells_of(column.name, batch.column(0))
        missing += here.rows - held(here, column).filled
    known = cells.num_rows - missing
    found = [
        Frequent(text[:_LONGEST_EXAMPLE], count, count / known)
        for text, count in most_frequent(cells, column.name, MOST_FREQUENT)
        if text.strip().lower() not in {"", *column.missing_tokens, *column.marked_missing}
    ]
    return _without_measures(
        column,
        missing=missing,
        unreadable=cells.unfit(column.name),
        distinct=min(known, distinct_values(cells, column.name)),
        frequent=tuple(found),
        examples=examples,
    )


def _profile_column(raw: pa.ChunkedArray, typed: pd.Series, column: Column) -> ColumnProfile:
    cells = held(cells_of(column.name, raw), column)
    missing = int(typed.isna().sum())
    measures = column.kind in (Kind.NUMBER, Kind.DATETIME)
    facts = _without_measures(
        column,
        missing=missing,
        unreadable=max(0, cells.filled - (len(typed) - missing)),
        distinct=cells.distinct,
        frequent=() if measures else _frequent(typed),
        examples=_examples(cells),
    )
    return _measured(facts, typed.dropna()) if measures else facts


def _without_measures(
    column: Column,
    *,
    missing: int,
    unreadable: int,
    distinct: int,
    frequent: tuple[Frequent, ...],
    examples: tuple[str, ...],
) -> ColumnProfile:
    return ColumnProfile(
        name=column.name,
        kind=column.kind,
        role=column.role,
        missing=missing,
        unreadable=unreadable,
        distinct=distinct,
        low=None,
        median=None,
        high=None,
        mean=None,
        frequent=frequent,
        histogram=(),
        examples=examples,
    )


def _measured(facts: ColumnProfile, known: pd.Series) -> ColumnProfile:
    """Add range and histogram of numbers or dates."""
    if facts.kind is Kind.NUMBER:
        values = known.to_numpy(dtype=float)
        low, median, high, mean = _range(values)
        bins = _bins(values)
        return replace(facts, low=low, median=median, high=high, mean=mean, histogram=bins)
    stamps = known.to_numpy(dtype="datetime64[us]")
    first, middle, last = _date_range(stamps)
    return replace(facts, low=first, median=middle, high=last, histogram=_date_bins(stamps))


def _examples(cells: Cells) -> tuple[str, ...]:
    texts = cells.texts.slice(0, MOST_EXAMPLES).to_pylist()
    return tuple(text[:_LONGEST_EXAMPLE] for text in texts)


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
    return _most_frequent(typed.value_counts(dropna=True), int(typed.notna().sum()))


def _most_frequent(counts: pd.Series, filled: int) -> tuple[Frequent, ...]:
    return tuple(
        Frequent(_shown(value), int(count), int(count) / filled)
        for value, count in counts.head(MOST_FREQUENT).items()
        if count
    )


def _shown(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return str(value)[:_LONGEST_EXAMPLE]
