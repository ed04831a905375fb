"""Lines below a table in a text file: remarks, sources, dates of the report."""

from __future__ import annotations

import csv
from enum import Enum, auto

from upshot.tables.dialect import Dialect, split
from upshot.tables.layout import simple_type

_MOST_LINES = 200
_LONGEST_LINE = 2000
# In a narrower table a line of one cell is as likely a row.
_NARROWEST = 3


class _Line(Enum):
    BLANK = auto()
    ALONE = auto()  # one cell, no delimiter
    EMPTY = auto()  # delimiters only
    REMARK = auto()  # words in the first cell, nothing behind them
    ROW = auto()


def cut_footer(body: bytes, dialect: Dialect, width: int) -> tuple[bytes, int]:
    """Leave out lines at the end that are no rows; returns the rest and how many they were.

    Blank lines and, in a table of three or more columns, lines of a single cell are no rows. A
    remark in the first of many cells is none either where an empty line parts it from the table.
    """
    body = body.rstrip(b"\x1a")
    end, cut = len(body), 0
    at, remark = end, False
    for seen in range(1, _MOST_LINES + 1):
        if not at:
            break
        start = _line_start(body, at)
        kind = _kind(body[start:at].strip(b"\r\n"), dialect, width)
        if kind is _Line.ROW:
            break
        at, remark = start, remark or kind is _Line.REMARK
        if kind in {_Line.BLANK, _Line.ALONE} or (kind is _Line.EMPTY and remark):
            end, cut = at, seen
    return body[:end], cut


def _line_start(body: bytes, end: int) -> int:
    """Where the line that ends at a place begins; its own line end belongs to it."""
    last = end - 2 if body.endswith(b"\r\n", 0, end) else end - 1
    return max(body.rfind(b"\n", 0, last), body.rfind(b"\r", 0, last)) + 1


def _kind(line: bytes, dialect: Dialect, width: int) -> _Line:
    if not line.strip():
        return _Line.BLANK if width > 1 else _Line.ROW
    if width < _NARROWEST or len(line) > _LONGEST_LINE:
        return _Line.ROW
    text = line.decode("utf-8", "replace")
    if dialect.quote and text.count(dialect.quote) % 2:
        return _Line.ROW
    try:
        rows, _ = split(text, dialect, 2)
    except csv.Error:
        return _Line.ROW
    return _kind_of(rows[0]) if len(rows) == 1 else _Line.ROW


def _kind_of(row: list[str]) -> _Line:
    first, *others = (cell.strip() for cell in row)
    if not others:
        return _Line.ALONE
    if any(others):
        return _Line.ROW
    if not first:
        return _Line.EMPTY
    words = simple_type(first) == "text" and len(first.split()) > 1
    return _Line.REMARK if words else _Line.ROW
