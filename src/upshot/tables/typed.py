"""Cells to typed data, by the Schema: once per distinct text, never once per cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.tables.cells import Cells, cells_of
from upshot.tables.dates import guess_date_format, parse_dates
from upshot.tables.kinds.boolean import guess_boolean
from upshot.tables.kinds.number import guess_number_format
from upshot.tables.large.stored import StoredCells
from upshot.tables.missing import held, marked_values, outside
from upshot.tables.numbers import parse_numbers
from upshot.tables.respelling import respelt
from upshot.tables.schema import Column, Kind, Schema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def typed_frame(raw: pa.Table | StoredCells, schema: Schema) -> pd.DataFrame:
    """Read every column of `raw` as the schema says; see `Table.data` for the types."""
    import pandas as pd

    columns = {column.name: typed_column(_cells(raw, column), column) for column in schema.columns}
    if not columns:
        return pd.DataFrame(index=pd.RangeIndex(raw.num_rows))
    return pd.DataFrame(columns, copy=False)


def _cells(raw: pa.Table | StoredCells, column: Column) -> pa.ChunkedArray:
    """A column's cells; those that did not fit its first kind may fit the present one."""
    if isinstance(raw, StoredCells) and column.kind not in (Kind.NUMBER, Kind.DATETIME):
        return raw.as_written(column.name)
    return raw.column(column.name)


def typed_column(array: pa.ChunkedArray, column: Column) -> Any:
    """Read one column as its kind."""
    import pyarrow as pa

    numeric = pa.types.is_integer(array.type) or pa.types.is_floating(array.type)
    if column.kind is Kind.NUMBER and numeric:
        return _native_numbers(array, column)
    if column.kind is Kind.DATETIME and pa.types.is_timestamp(array.type):
        return _native_dates(array, column)
    return _TYPERS[column.kind](held(cells_of(column.name, array), column), column)


def _native_dates(array: pa.ChunkedArray, column: Column) -> np.ndarray:
    import pyarrow as pa

    stamps = np.asarray(array.cast(pa.timestamp("us"), safe=False).to_numpy())
    if not column.marked_missing:
        return stamps
    # Told apart by their text, kept as they are: a text holds whole seconds only.
    gone = held(cells_of(column.name, array), column).codes < 0
    return np.where(gone, np.datetime64("NaT", "us"), stamps)


def _native_numbers(array: pa.ChunkedArray, column: Column) -> np.ndarray:
    import pyarrow as pa

    values = array.cast(pa.float64(), safe=False).to_numpy()
    known = np.isfinite(values) & ~outside(values, column.plausible)
    if column.marked_missing:
        known &= ~np.isin(values, marked_values(column))
    return _capped(np.where(known, values, np.nan), column)


def _capped(values: np.ndarray, column: Column) -> np.ndarray:
    if column.capped is None:
        return values
    return np.asarray(np.clip(values, column.capped.low, column.capped.high))


def _number(cells: Cells, column: Column) -> np.ndarray:
    written = column.number or guess_number_format(cells)
    values = _capped(parse_numbers(cells.texts, written), column)
    return np.asarray(np.append(values, np.nan)[cells.codes])


def _datetime(cells: Cells, column: Column) -> np.ndarray:
    written = column.date or guess_date_format(cells)
    values = parse_dates(cells.texts, written)
    return np.asarray(np.append(values, np.datetime64("NaT", "us"))[cells.codes])


def _boolean(cells: Cells, column: Column) -> Any:
    import pandas as pd

    spellings = cells.lower()
    written = column.boolean or guess_boolean(cells)
    yes, no = set(written.true), set(written.false)
    # The last place stands for missing cells, whose code is -1.
    values = np.array([text in yes for text in spellings] + [False], dtype=bool)
    unknown = np.array([text not in yes and text not in no for text in spellings] + [True])
    return pd.arrays.BooleanArray(values[cells.codes], unknown[cells.codes])


def _without_marker(texts: pa.Array) -> pa.Array:
    """Texts without the apostrophe by which spreadsheets keep digits as text."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(texts, r"^'([-+=@(]?\d)", r"\1")


def _category(cells: Cells, column: Column) -> Any:
    import pandas as pd

    texts = respelt(_without_marker(cells.texts).to_pylist(), column.spelling)
    present = set(texts)
    scale = [level for level in column.levels if level in present]
    levels = [*scale, *sorted(present.difference(scale))]
    position = {text: index for index, text in enumerate(levels)}
    place = np.array([position[text] for text in texts] + [-1], dtype=np.int64)
    return pd.Categorical.from_codes(
        place[cells.codes], categories=pd.Index(levels, dtype="str"), ordered=bool(scale)
    )


def _text(cells: Cells, column: Column) -> Any:
    import pandas as pd
    import pyarrow as pa

    indices = pa.array(cells.codes, mask=cells.codes < 0)
    return pd.array(
        _without_marker(cells.texts).take(indices).to_numpy(zero_copy_only=False), dtype="str"
    )


_TYPERS = {
    Kind.NUMBER: _number,
    Kind.DATETIME: _datetime,
    Kind.BOOLEAN: _boolean,
    Kind.CATEGORY: _category,
    Kind.TEXT: _text,
    Kind.IDENTIFIER: _text,
    Kind.CONSTANT: _text,
}
