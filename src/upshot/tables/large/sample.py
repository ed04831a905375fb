"""Rows from all over a large file, judged as a whole small file is."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.clean import clean
from upshot.tables.csv_text import Plainly, read_text
from upshot.tables.dialect import split
from upshot.tables.infer import column_of, judge
from upshot.tables.kinds import Hints
from upshot.tables.large.pieces import Text
from upshot.tables.opened import Opened
from upshot.tables.options import ReadOptions
from upshot.tables.rawtable import RawTable
from upshot.tables.schema import Column, Kind
from upshot.tables.table import Table
from upshot.tables.understanding import understand

if TYPE_CHECKING:
    import pyarrow as pa

HEAD_BYTES = 512 * 1024
TAIL_BYTES = 64 * 1024
_SLICES = 32
_SLICE_BYTES = 24 * 1024
# Kinds that ask how often a value stands in the whole file, not in a part of it.
_COUNTING = (Kind.TEXT, Kind.CATEGORY, Kind.IDENTIFIER)
_MOST_REPEATS = 24


@dataclass(frozen=True)
class Sample:
    """The rows of a file that are judged, as the file writes them, with the lines around them."""

    data: bytes


def draw(text: Text, plainly: Plainly) -> Sample:
    """Take the beginning, the end, and slices spread evenly between them."""
    if text.size <= HEAD_BYTES + TAIL_BYTES + _SLICES * _SLICE_BYTES:
        return Sample(text.copy(0, text.size))
    quote = plainly.dialect.quote.encode("utf-8")
    head = text.row_end(plainly.first, plainly.first + HEAD_BYTES, quote)
    parts = [text.copy(0, head)]
    tail = text.line_start(text.size - TAIL_BYTES)
    step = (tail - head) // _SLICES
    for number in range(_SLICES):
        begin = text.line_start(head + number * step)
        end = text.row_end(begin, min(begin + _SLICE_BYTES, tail), quote)
        cut = text.copy(begin, end)
        if end > begin and _is_rows(cut, plainly):
            parts.append(cut)
    parts.append(text.copy(tail, text.size))
    return Sample(b"".join(parts))


def _is_rows(cut: bytes, plainly: Plainly) -> bool:
    """Whether a slice begins with a row: it may have begun inside a quoted cell."""
    begin = cut[: 64 * 1024].decode("utf-8", "replace")
    try:
        rows, _ = split(begin, plainly.dialect, 2)
    except csv.Error:
        return False
    return bool(rows) and len(rows[0]) == len(plainly.names)


def parse_sample(sample: Sample, file: str, options: ReadOptions) -> RawTable:
    """Parse the sample as a whole file is parsed."""
    return clean(read_text(Opened(file, "text", sample.data), options))


def judge_sample(raw: RawTable, options: ReadOptions, share: float) -> Table:
    """Decide what the columns hold; `share` of the file's rows are in the sample."""
    table = understand(raw, options)
    if share >= 1.0:
        return table
    changed = {
        column.name: again
        for column in table.schema.columns
        if column.kind in _COUNTING and (again := _counted_whole(table, column, share)) is not None
    }
    columns = tuple(changed.get(column.name, column) for column in table.schema.columns)
    return table.with_schema(replace(table.schema, columns=columns))


def _counted_whole(table: Table, column: Column, share: float) -> Column | None:
    """Judge a column as if its values stood as often as they do in the whole file."""
    import pyarrow as pa

    from upshot.tables.cells import cells_of

    sure = column.kind is Kind.CATEGORY or column.role == "row number"
    if sure or column.personal is not None:
        return None
    array = table.raw.column(column.name)
    repeats = _repeats(array, share)
    times = min(_MOST_REPEATS, round(repeats))
    if times < 2:
        return None
    many = pa.chunked_array(list(array.chunks) * times)
    hints = Hints(table.source.decimal, None)
    again = column_of(judge(cells_of(column.name, many), hints))
    return again if again.kind in _COUNTING and again.kind != column.kind else None


def _repeats(array: pa.ChunkedArray, share: float) -> float:
    """How many times more often a value stands in the file than in the sample.

    Two rows with the same value far apart are both drawn with probability ``share`` squared, so
    pairs in the sample tell of pairs in the file; rows beside each other are drawn together.
    """
    from upshot.tables.cells import cells_of

    cells = cells_of("", array)
    codes = cells.codes[cells.codes >= 0]
    if len(codes) < 2:
        return 1.0
    block = np.arange(len(codes)) * _SLICES // len(codes)
    counts = cells.counts.astype(float)
    pairs = float((counts * (counts - 1)).sum() / 2)
    beside = np.unique(block * (int(codes.max()) + 1) + codes, return_counts=True)[1].astype(float)
    near = float((beside * (beside - 1)).sum() / 2)
    rows = len(codes) / share
    in_file = max(0.0, pairs - near) / share**2 + near / share
    each = 1 + 2 * in_file / rows
    here = len(codes) / cells.distinct
    return each / here
