"""Several tables below each other in one text file: find them and take one."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace

from upshot.errors import FileProblem, Note
from upshot.tables.dialect import Dialect, split
from upshot.tables.layout import find_layout, mostly_typed, names_something
from upshot.wording import say, say_count

_LINE_END = re.compile(rb"\r\n|\n|\r")
# Blocks that are looked at; a file of more pieces is one table with gaps.
_MOST_BLOCKS = 20
_HEAD_BYTES = 64 * 1024
_HEAD_ROWS = 50
_FEWEST_ROWS = 3
_NEAR_ROWS = 10
_MOSTLY = 0.6
_NO_FIGURE = re.compile(rb"(?m)^[^\d\r\n]+(?=\r?$)")
# A file with more lines of words holds words, and names do not stand out in it.
_MOST_WORDED = 200


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
    """Take one of several tables below each other, the largest unless told; else all.

    Tables are parted by blank lines, or by a line of names in the middle of figures. Only blocks
    that are tables by themselves count: a header of their own that differs from the others', and
    rows of one width. Everything else (notes, totals, gaps) is left to the layout.

    Raises
    ------
    FileProblem
        When the file holds no table of that number.
    """
    tables = _tables(data, dialect)
    if number is not None and number > max(1, len(tables)):
        raise no_such_table(file, max(1, len(tables)), number)
    if not tables:
        return Part(data)
    sizes = [table.end - table.begin for table in tables]
    place = number or sizes.index(max(sizes)) + 1
    taken = tables[place - 1]
    line = len(_LINE_END.findall(data[: taken.begin])) + 1
    notes = () if number else (_note(len(tables), place, line),)
    shown = tuple(", ".join(filter(None, table.names)) for table in tables)
    return Part(data[taken.begin : taken.end], line - 1, notes, shown, place)


def no_such_table(file: str, count: int, wanted: int) -> FileProblem:
    """Say that a file holds fewer tables than the number of the one that is wanted."""
    return FileProblem(
        say_count(
            "'{file}' holds {number} table, so there is no table {wanted}.",
            "'{file}' holds {number} tables, so there is no table {wanted}.",
            count,
            file=file,
            wanted=wanted,
        ),
        say("Give a lower number."),
    )


@dataclass(frozen=True)
class _Block:
    """A table among others: where its bytes stand and what its columns are called."""

    begin: int
    end: int
    names: tuple[str, ...]


def _tables(data: bytes, dialect: Dialect) -> list[_Block]:
    """The tables of the text where there are several; else nothing."""
    parted = _blocks(data, dialect.delimiter)
    if not 1 <= len(parted) <= _MOST_BLOCKS:
        return []
    blocks = [piece for block in parted for piece in _at_names(data, block, dialect)]
    if not 2 <= len(blocks) <= _MOST_BLOCKS:
        return []
    tables: list[_Block] = []
    for begin, end in blocks:
        block = _Block(begin, end, _header(data, begin, end, dialect))
        if tables and _goes_on(data, tables[-1], block, dialect):
            tables[-1] = replace(tables[-1], end=end)
        elif block.names:
            tables.append(block)
    return tables if len({table.names for table in tables}) > 1 else []


def _goes_on(data: bytes, table: _Block, block: _Block, dialect: Dialect) -> bool:
    """Whether a block is the rest of the table above it, after a gap or with its names again."""
    if block.names:
        return block.names == table.names
    rows = _rows(data, (block.begin, block.end), dialect)
    width = len(table.names)
    return bool(rows) and len(rows[0]) == width and _filled(rows[0]) >= _MOSTLY * width


def _filled(row: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _at_names(data: bytes, block: tuple[int, int], dialect: Dialect) -> list[tuple[int, int]]:
    """A block in pieces, where lines of names stand in the middle of lines with figures."""
    places = [block[0]]
    for begin in _lines_of_words(data, block):
        above = _rows(data, (places[-1], begin), dialect)
        if parts_tables(above, _rows(data, (begin, block[1]), dialect)):
            places.append(begin)
    return list(zip(places, [*places[1:], block[1]], strict=True))


def _lines_of_words(data: bytes, block: tuple[int, int]) -> list[int]:
    """Where lines without a figure begin between lines with some; none where there are many."""
    groups: list[tuple[int, int]] = []
    for count, match in enumerate(_NO_FIGURE.finditer(data, *block)):
        if count > _MOST_WORDED:
            return []
        if groups and data[groups[-1][1] : match.start()].strip(b"\r\n") == b"":
            groups[-1] = (groups[-1][0], match.end())
        else:
            groups.append((match.start(), match.end()))
    return [begin for begin, end in groups if begin > block[0] and end < block[1] - 1]


def parts_tables(above: list[list[str]], below: list[list[str]]) -> bool:
    """Whether the first rows below can only be the names of another table.

    A row of a table may hold words only, too; so its cells have to be words where the rows above
    and below hold figures or dates, in several columns, or the rows have to change their width.
    """
    if len(above) < _FEWEST_ROWS or len(below) < _FEWEST_ROWS:
        return False
    above, below = _trimmed(above), _trimmed(below)
    layout = find_layout(below)
    names = [name.strip() for name in layout.names]
    if layout.header is None or not layout.sure or layout.header >= _FEWEST_ROWS:
        return False
    known = {cell.strip() for row in above for cell in row}
    if len(names) < 2 or len(set(names)) < len(names) or not all(map(names_something, names)):
        return False
    if max(map(len, above)) != max(map(len, below[layout.header : layout.header + _NEAR_ROWS])):
        return not known & set(names)
    typed = sum(mostly_typed(above, i) for i in range(len(names)))
    return typed >= 2 and not set(above[0]) >= set(names) and not known & set(names)


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


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """Rows without the empty cells that fill them up; blank rows are left out."""
    out = []
    for row in rows:
        end = len(row)
        while end and not row[end - 1].strip():
            end -= 1
        if end:
            out.append(row[:end])
    return out


def _header(data: bytes, begin: int, end: int, dialect: Dialect) -> tuple[str, ...]:
    """The header of a block that is a table by itself; empty when it is none."""
    rows = _rows(data, (begin, end), dialect)
    if len(rows) < _FEWEST_ROWS:
        return ()
    layout = find_layout(rows)
    if layout.header is None or len(rows[layout.header]) < 2:
        return ()
    # A title may stand above the names; it fills one cell.
    titled = all(_filled(row) < 2 for row in rows[: layout.header])
    body = rows[layout.header : _HEAD_ROWS - 1]
    regular = len(body) >= _FEWEST_ROWS - 1 and all(len(row) == layout.width for row in body)
    # Lines about a report are titles one below the other, or words with a colon and what they say.
    about = sum(_filled(row) < 2 or row[0].rstrip().endswith(":") for row in body)
    return layout.names if titled and regular and 2 * about < len(body) else ()


def _rows(data: bytes, place: tuple[int, int], dialect: Dialect) -> list[list[str]]:
    """The first rows of a block without remarks; nothing where quotes do not close."""
    begin, end = place
    head = data[begin : min(end, begin + _HEAD_BYTES)].decode("utf-8", "replace")
    if dialect.quote and head.count(dialect.quote) % 2:
        return []
    try:
        rows, _ = split(head, dialect, _HEAD_ROWS)
    except csv.Error:
        return []
    return [row for row in rows if row and not row[0].startswith("#")]
