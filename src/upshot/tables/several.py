"""Several tables below each other in one text file: find them and take one."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from upshot.errors import FileProblem, Note
from upshot.tables.dialect import Dialect, split
from upshot.tables.layout import find_layout
from upshot.wording import say, say_count

_LINE_END = re.compile(rb"\r\n|\n|\r")
# Blocks that are looked at; a file of more pieces is one table with gaps.
_MOST_BLOCKS = 20
_HEAD_BYTES = 64 * 1024
_HEAD_ROWS = 50
_FEWEST_ROWS = 3


@dataclass(frozen=True)
class Part:
    """The bytes of the table that is read, and the lines of the file before them.

    ``tables`` says of every table which columns it has; ``taken`` is the number of the one that is
    read, counted from 1.
    """

    data: bytes
    lines_before: int = 0
    notes: tuple[Note, ...] = ()
    tables: tuple[str, ...] = ()
    taken: int | None = None


def take_table(data: bytes, dialect: Dialect, number: int | None, file: str) -> Part:
    """Take one of several tables that blank lines separate, the largest unless told; else all.

    Only blocks that are tables by themselves count: a header of their own that differs from the
    others', and rows of one width. Everything else (notes, totals, gaps) is left to the layout.

    Raises
    ------
    FileProblem
        When the file holds no table of that number.
    """
    tables = _tables(data, dialect)
    if number is not None and number > max(1, len(tables)):
        raise FileProblem(
            say_count(
                "'{file}' holds {number} table, so there is no table {wanted}.",
                "'{file}' holds {number} tables, so there is no table {wanted}.",
                max(1, len(tables)),
                file=file,
                wanted=number,
            ),
            say("Give a lower number."),
        )
    if not tables:
        return Part(data)
    sizes = [table.end - table.begin for table in tables]
    place = number or sizes.index(max(sizes)) + 1
    taken = tables[place - 1]
    line = len(_LINE_END.findall(data[: taken.begin])) + 1
    notes = () if number else (_note(len(tables), place, line),)
    shown = tuple(", ".join(table.names) for table in tables)
    return Part(data[taken.begin : taken.end], line - 1, notes, shown, place)


@dataclass(frozen=True)
class _Block:
    """A table among others: where its bytes stand and what its columns are called."""

    begin: int
    end: int
    names: tuple[str, ...]


def _tables(data: bytes, dialect: Dialect) -> list[_Block]:
    """The tables of the text where there are several; else nothing."""
    blocks = _blocks(data, dialect.delimiter)
    if not 2 <= len(blocks) <= _MOST_BLOCKS:
        return []
    headed = [_Block(begin, end, _header(data, begin, end, dialect)) for begin, end in blocks]
    tables = [block for block in headed if block.names]
    return tables if len({table.names for table in tables}) > 1 else []


def _note(count: int, place: int, line: int) -> Note:
    return Note(
        "several-tables",
        say(
            "The file holds {count} tables below each other. We read number {place}, the largest, "
            "which begins in line {line}.",
            count=count,
            place=place,
            line=line,
        ),
        remedy=say("Say which table to read, if you meant another one."),
        level="warning",
    )


def _blocks(data: bytes, delimiter: str) -> list[tuple[int, int]]:
    """The parts of the text between lines that are blank or hold nothing but delimiters."""
    gap = rb"[ \t" + re.escape(delimiter.encode("utf-8")) + rb"]*+(?>\r\n|\n|\r)"
    blank_lines = re.compile(rb"(?>\r\n|\n|\r)(?:" + gap + rb")++")
    out, begin = [], 0
    for match in blank_lines.finditer(data):
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
