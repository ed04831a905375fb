"""Text whose rows differ in length or whose quotes are not closed: slower, and no cell is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from upshot.errors import FileProblem
from upshot.tables.dialect import Dialect, split, split_places
from upshot.tables.mended import Mended
from upshot.tables.names import column_names
from upshot.tables.quotes import has_stray_quotes, split_leniently
from upshot.tables.rawtable import text_table
from upshot.wording import say

if TYPE_CHECKING:
    import pyarrow as pa

Rows = list[list[str]]

MAX_COLUMNS = 16_384
# A cell may span this many lines before an opening quote is taken for a slip.
_MOST_LINES = 200
# Delimiters that a single line may use when it was pasted in from another file.
_FOREIGN_DELIMITERS = (",", ";", "\t", "|")
_LINE_END = re.compile(r"\r\n|\n|\r")


def parse_ragged(
    text: str, dialect: Dialect, names: Sequence[str], file: str, lines_before: int = 0
) -> tuple[pa.Table, Mended]:
    """Split text into rows of any length and lay them out under the header.

    Parameters
    ----------
    text, dialect : str, Dialect
        The rows, and how they are written.
    names : sequence of str
        The columns.
    file : str
        What the person calls the file.
    lines_before : int
        Lines of the file before the text, so that lines are named by their number in the file.
    """
    width = len(names)
    mended = Mended()
    rows = _rows(text, _Lines(dialect, width, lines_before, mended))
    rows = _without_comments(rows, width, mended)
    longest = max((_used_width(row.cells) for row in rows), default=width)
    if longest > MAX_COLUMNS:
        raise FileProblem(
            say("'{file}' has a row of {longest} cells.", file=file, longest=longest),
            say("Check that the file is a table."),
        )
    for row in rows:
        if len(row.cells) < width:
            mended.short.append(row.line)
        elif _used_width(row.cells) > width:
            mended.long.append(row.line)
    if longest > width:
        extra = tuple(f"column_{index + 1}" for index in range(width, longest))
        names, _ = column_names((*names, *extra), longest)
    columns: list[list[str | None]] = [
        [row.cells[index] if index < len(row.cells) else None for row in rows]
        for index in range(len(names))
    ]
    return text_table(names, columns), mended


@dataclass(frozen=True)
class _Row:
    """The cells of a row, and the line of the file in which it begins."""

    cells: list[str]
    line: int


@dataclass(frozen=True)
class _Lines:
    """How lines are to be split, where they stand in the file, and what was mended in them."""

    dialect: Dialect
    width: int
    before: int
    mended: Mended

    def number(self, place: int) -> int:
        """The number in the file, from 1, of a line of the text, from 0."""
        return self.before + place + 1


def swallowed_rows(table: pa.Table, dialect: Dialect) -> bool:
    """Whether a quote that was never closed took whole rows into a cell."""
    import pyarrow.compute as pc

    if not dialect.quote:
        return False
    for column in table.columns:
        marked = column.filter(pc.match_substring(column, "\n"))
        if any(_holds_rows(cell.as_py(), dialect, table.num_columns) for cell in marked):
            return True
    return False


def _rows(text: str, how: _Lines) -> list[_Row]:
    try:
        rows = [_Row(cells, how.number(place)) for cells, place in split_places(text, how.dialect)]
    except csv.Error:
        how.mended.unclosed = True
        return _row_by_row(text, how)
    if any(_is_swallower(row.cells, how.dialect, how.width) for row in rows):
        how.mended.unclosed = True
        return _row_by_row(text, how)
    if has_stray_quotes(text, how.dialect):
        return _row_by_row(text, how)
    return [row for row in _mended(rows, text, how) if row.cells]


def _mended(rows: list[_Row], text: str, how: _Lines) -> list[_Row]:
    """Look again at lines that did not give a row, where each line is a row."""
    wrong = [i for i, row in enumerate(rows) if row.cells and len(row.cells) != how.width]
    every = _lines(text) if wrong else []
    if len(every) != len(rows):
        return rows
    for index in wrong:
        cells = _one_line(every[index], [rows[index].cells], how, index)
        rows[index] = replace(rows[index], cells=cells)
    return rows


def _lines(text: str) -> list[str]:
    every = _LINE_END.split(text)
    return every if every[-1] else every[:-1]


def _is_swallower(row: list[str], dialect: Dialect, width: int) -> bool:
    broken = any("\n" in cell for cell in row)
    if not broken or not dialect.quote:
        return False
    return len(row) > width or any(_holds_rows(cell, dialect, width) for cell in row)


def _holds_rows(cell: str, dialect: Dialect, width: int) -> bool:
    """A cell whose inner lines split into as many cells as a row has."""
    inner = cell.split("\n")[1:-1]
    if width == 1 or len(inner) > _MOST_LINES:
        return len(inner) > _MOST_LINES
    full = sum(line.count(dialect.delimiter) == width - 1 for line in inner)
    return full >= max(2, 0.5 * len(inner))


def _row_by_row(text: str, how: _Lines) -> list[_Row]:
    """Take lines together while a quote is open, unless that does not give a row."""
    plain = replace(how.dialect, quote="", escape="")
    every = _lines(text)
    rows: list[_Row] = []
    at = 0
    while at < len(every):
        cells, taken = _closed_row(every, at, how)
        if cells is None:
            cells, taken = split_leniently(every[at], how.dialect, how.width), 1
            cells = cells or _split_line(every[at], plain)
            how.mended.quotes.append(how.number(at))
        if cells:
            rows.append(_Row(cells, how.number(at)))
        at += taken
    return rows


def _closed_row(every: Sequence[str], at: int, how: _Lines) -> tuple[list[str] | None, int]:
    dialect, width, quotes = how.dialect, how.width, 0
    for taken in range(1, min(_MOST_LINES, len(every) - at) + 1):
        quotes += every[at + taken - 1].count(dialect.quote) if dialect.quote else 0
        if quotes % 2:
            continue
        try:
            rows = split("\n".join(every[at : at + taken]), dialect)[0]
        except csv.Error:
            return None, 1
        if taken == 1:
            return _one_line(every[at], rows, how, at), 1
        good = len(rows) == 1 and len(rows[0]) == width
        good = good and not _is_swallower(rows[0], dialect, width)
        return (rows[0], taken) if good else (None, 1)
    return None, 1


def _one_line(line: str, rows: Rows, how: _Lines, at: int) -> list[str]:
    row = rows[0] if rows else []
    # A well-formed line that is short or long stays as it is: its quotes say where cells end.
    broken = has_stray_quotes(line, how.dialect)
    if broken:
        how.mended.quotes.append(how.number(at))
    lenient = split_leniently(line, how.dialect, how.width) if row and broken else None
    if lenient is not None or not row or len(row) == how.width:
        return lenient or row
    foreign = _foreign(line, how.dialect, how.width)
    if foreign is not None:
        how.mended.foreign.append(how.number(at))
    return foreign or row


def _foreign(line: str, dialect: Dialect, width: int) -> list[str] | None:
    """Split a line that is a whole row by another delimiter or quote, not by the file's own."""
    if width < 3:
        return None
    others = [replace(dialect, delimiter=mark) for mark in _FOREIGN_DELIMITERS]
    if not dialect.quote or dialect.quote not in line:
        others.append(replace(dialect, quote="'" if dialect.quote == '"' else '"'))
    for other in others:
        if other != dialect and line.count(other.delimiter) >= width - 1:
            row = _split_line(line, other)
            if len(row) == width:
                return row
    return None


def _split_line(line: str, plain: Dialect) -> list[str]:
    try:
        rows = split(line, plain)[0]
    except csv.Error:
        return line.split(plain.delimiter)
    return rows[0] if rows else []


def _without_comments(rows: list[_Row], width: int, mended: Mended) -> list[_Row]:
    """Leave out lines that begin with a number sign and are no full row."""
    kept = [
        row for row in rows if len(row.cells) >= width or not row.cells[0].lstrip().startswith("#")
    ]
    mended.comments = len(rows) - len(kept)
    return kept


def _used_width(row: list[str]) -> int:
    end = len(row)
    while end and not row[end - 1].strip():
        end -= 1
    return end
