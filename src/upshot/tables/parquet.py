"""Parquet files: columns with the types they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from upshot.errors import FileProblem
from upshot.tables.names import column_names
from upshot.tables.opened import Opened
from upshot.tables.rawtable import RawTable
from upshot.tables.table import Source
from upshot.wording import say

if TYPE_CHECKING:
    import pyarrow as pa


def read_parquet(opened: Opened) -> RawTable:
    """Read a Parquet file; nested columns become JSON text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(pa.BufferReader(opened.data)).read()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, ValueError):
        raise FileProblem(
            say("'{file}' is a damaged Parquet file.", file=opened.file),
            say("Download or export it again."),
        ) from None
    if not table.num_columns:
        raise FileProblem(
            say("'{file}' has no columns.", file=opened.file), say("Export it again.")
        )
    names, notes = column_names(table.column_names, table.num_columns)
    arrays = [plain(column.combine_chunks()) for column in table.columns]
    raw = pa.Table.from_arrays(arrays, names=list(names))
    source = Source(
        opened.file, "parquet", header_row=None, sheet=opened.member, sheets=opened.members
    )
    return RawTable(raw, source, notes)


def plain(array: pa.Array) -> pa.Array:
    """An array of text, whole numbers, numbers, booleans or timestamps without a zone."""
    import pyarrow as pa
    from pyarrow import types

    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    kind = array.type
    if types.is_dictionary(kind):
        return plain(array.cast(kind.value_type))
    if types.is_string(kind) or types.is_boolean(kind):
        return array
    if types.is_integer(kind):
        return _whole(array)
    if types.is_floating(kind) or types.is_decimal(kind):
        return array.cast(pa.float64())
    if types.is_timestamp(kind):
        return _wall_clock(array)
    if types.is_date(kind):
        return array.cast(pa.timestamp("us"))
    if types.is_large_string(kind) or types.is_time(kind) or types.is_null(kind):
        return array.cast(pa.string())
    return _as_text(array)


# Beyond this a 64-bit number with a point cannot tell neighbours apart (2 to the power of 53).
_EXACT = 2**53


def _whole(array: pa.Array) -> pa.Array:
    """Whole numbers; those too large to be counted with are identifiers and stay exact as text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = pc.min_max(array).as_py()
    if ends["min"] is not None and (ends["max"] > _EXACT or ends["min"] < -_EXACT):
        return array.cast(pa.string())
    return array.cast(pa.int64())


def _wall_clock(array: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if array.type.tz is not None:
        array = pc.local_timestamp(array)
    return array.cast(pa.timestamp("us"), safe=False)


def _as_text(array: pa.Array) -> pa.Array:
    import json

    import pyarrow as pa

    def text(value: object) -> str | None:
        if value is None:
            return None
        if isinstance(value, bytes):
            return value.decode("utf-8", "replace")
        if isinstance(value, list | dict):
            return json.dumps(value, ensure_ascii=False, default=str)
        return str(value)

    return pa.array([text(value) for value in array.to_pylist()], type=pa.string())
