"""Several tables below each other in one text file: find them and take the largest."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from upshot.errors import Note
from upshot.tables.dialect import Dialect, split
from upshot.tables.layout import find_layout

_BLANK_LINES = re.compile(rb"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)\s*")
_LINE_END = re.compile(rb"\r\n|\n|\r")
# Blocks that are looked at; a file of more pieces is one table with gaps.
_MOST_BLOCKS = 20
_HEAD_BYTES = 64 * 1024
_HEAD_ROWS = 50
_FEWEST_ROWS = 3


@dataclass(frozen=True)
class Part:
    """The bytes of the table that is read, and the lines of the file before them."""

    data: bytes
    lines_before: int = 0
    notes: tuple[Note, ...] = ()


def largest_table(data: bytes, dialect: Dialect) -> Part:
    """Take the largest of several tables that blank lines separate; else everything.

    Only blocks that are tables by themselves count: a header of their own that differs from the
    others', and rows of one width. Everything else (notes, totals, gaps) is left to the layout.
    """
    blocks = _blocks(data)
    if not 2 <= len(blocks) <= _MOST_BLOCKS:
        return Part(data)
    tables = [
        (begin, end, head) for begin, end in blocks if (head := _header(data, begin, end, dialect))
    ]
    if len({head for _, _, head in tables}) < 2:
        return Part(data)
    begin, end, _ = max(tables, key=lambda table: table[1] - table[0])
    place = [table[0] for table in tables].index(begin) + 1
    line = len(_LINE_END.findall(data[:begin])) + 1
    note = Note(
        "several-tables",
        f"The file holds {len(tables)} tables below each other. We read number {place}, the "
        f"largest, which begins in line {line:,}.",
        remedy="Save another table in a file of its own to read it.",
        level="warning",
    )
    return Part(data[begin:end], line - 1, (note,))


def _blocks(data: bytes) -> list[tuple[int, int]]:
    out, begin = [], 0
    for match in _BLANK_LINES.finditer(data):
        if match.start() > begin:
            out.append((begin, match.start()))
        begin = match.end()
        if len(out) > _MOST_BLOCKS:
            return out
    if begin < len(data):
        out.append((begin, len(data)))
    return out


def _header(data: bytes, begin: int, end: int, dialect: Dialect) -> tuple[str, ...]:
    """The header of a block that is a table by itself; empty when it is none."""
    head = data[begin : min(end, begin + _HEAD_BYTES)].decode("utf-8", "replace")
    if dialect.quote and head.count(dialect.quote) % 2:
        return ()
    try:
        rows, _ = split(head, dialect, _HEAD_ROWS)
    except csv.Error:
        return ()
    rows = [row for row in rows if not (row and row[0].startswith("#"))]
    if len(rows) < _FEWEST_ROWS or len(rows[0]) < 2:
        return ()
    layout = find_layout(rows)
    regular = all(len(row) == layout.width for row in rows[: _HEAD_ROWS - 1])
    return layout.names if layout.header == 0 and regular else ()
