"""Several tables in one sheet, below each other or side by side: find them and take one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from upshot.errors import Note
from upshot.tables.grid import Grid, Rectangle, Sheet, cell_text, is_filled
from upshot.tables.layout import find_layout
from upshot.tables.several import no_such_table, parts_tables
from upshot.wording import say

_MOST_TABLES = 20
_HEAD_ROWS = 60
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 2
# Lines of a title that may stand right above the names.
_MOST_TITLES = 3
# Tables that Excel knows hold at least this share of the sheet, or the sheet is read as a whole.
_KNOWN_SHARE = 0.5
# A sheet with more rows of words holds words, and names do not stand out in it.
_MOST_WORDED = 200
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True)
class SheetPart:
    """The cells of the table that is read, and the rows of the sheet above them.

    ``tables`` says of every table which columns it has; ``taken`` is the number of the one that is
    read, counted from 1.
    """

    sheet: Sheet
    rows_above: int = 0
    notes: tuple[Note, ...] = ()
    tables: tuple[str, ...] = ()
    taken: int | None = None


@dataclass(frozen=True)
class _Place:
    """A table among others: first and last row and column, both inside, and its names."""

    top: int
    bottom: int
    left: int
    right: int
    names: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def take_part(
    sheet: Sheet, number: int | None, file: str, known: Sequence[Rectangle] = ()
) -> SheetPart:
    """Take one of several tables of a sheet, the largest unless told; the sheet where it holds one.

    Only what is a table by itself counts: a header of its own that differs from the others', and
    rows below it. Titles, notes and gaps are left to the layout.

    Parameters
    ----------
    sheet : Sheet
        The cells.
    number : int or None
        Which table a person wants, counted from 1.
    file : str
        What the person calls the file.
    known : sequence of Rectangle
        Where the workbook itself says that its tables stand.

    Raises
    ------
    FileProblem
        When the sheet holds no table of that number.
    """
    places = _known_places(sheet.grid, known) or _places(sheet.grid)
    several = len(places) > 1
    if number is not None and number > max(1, len(places)):
        raise no_such_table(file, max(1, len(places)), number)
    if not places or not (several or known):
        return SheetPart(sheet)
    largest = max(range(len(places)), key=lambda at: places[at].cells) + 1
    taken = number or largest
    place = places[taken - 1]
    cut = _cut(sheet, place)
    if not several:
        return SheetPart(cut, place.top)
    notes = () if number else (_note(len(places), taken, place.top + 1),)
    return SheetPart(
        cut, place.top, notes, tuple(", ".join(filter(None, p.names)) for p in places), taken
    )


def _note(count: int, taken: int, row: int) -> Note:
    return Note(
        "several-tables",
        say(
            "The sheet holds {count} tables. We read number {place}, the largest, which begins in "
            "row {row}.",
            count=count,
            place=taken,
            row=row,
        ),
        remedy=say("Say which table to read, if you meant another one."),
        level="warning",
    )


def _cut(sheet: Sheet, place: _Place) -> Sheet:
    grid = [row[place.left : place.right + 1] for row in sheet.grid[place.top : place.bottom + 1]]
    merged = tuple(
        ((top - place.top, left - place.left), (bottom - place.top, right - place.left))
        for (top, left), (bottom, right) in sheet.merged
        if top >= place.top and bottom <= place.bottom and left >= place.left
        and right <= place.right
    )  # fmt: skip
    return replace(sheet, grid=grid, merged=merged)


def _known_places(grid: Grid, known: Sequence[Rectangle]) -> list[_Place]:
    """The tables that the workbook knows, where they are nearly all that the sheet holds."""
    places = []
    for (top, left), (bottom, right) in known:
        if top < bottom < len(grid) and right < len(grid[0]):
            names = tuple(cell_text(cell) for cell in grid[top][left : right + 1])
            places.append(_Place(top, bottom, left, right, names))
    inside = sum(
        is_filled(cell)
        for place in places
        for row in grid[place.top : place.bottom + 1]
        for cell in row[place.left : place.right + 1]
    )
    filled = sum(is_filled(cell) for row in grid for cell in row) if places else 0
    return sorted(places, key=lambda p: (p.top, p.left)) if inside > _KNOWN_SHARE * filled else []


def _places(grid: Grid) -> list[_Place]:
    """The tables that blank rows and columns part, where there are several; else nothing."""
    found: list[_Place] = []
    bands = _bands(grid)
    for left, right in bands:
        for top, bottom in _at_names(grid, left, right):
            if len(found) > _MOST_TABLES:
                return []
            _add(grid, found, _Place(top, bottom, left, right))
    different = len({place.names for place in found}) > 1 or len(bands) > 1
    return sorted(found, key=lambda p: (p.top, p.left)) if len(found) > 1 and different else []


def _add(grid: Grid, found: list[_Place], place: _Place) -> None:
    """Note a block as a table, as the end of the one above it after a gap, or not at all."""
    names = _names(grid, place)
    above = found[-1] if found and found[-1].left == place.left else None
    if names and above is not None and above.names == names:
        found[-1] = replace(above, bottom=place.bottom)
    elif names:
        found.append(replace(place, names=names))
    elif found and found[-1].left == place.left and found[-1].right == place.right:
        wide = sum(
            is_filled(cell) for cell in grid[place.top][place.left : place.right + 1]
        ) >= 0.6 * len(found[-1].names)  # fmt: skip
        if wide:
            found[-1] = replace(found[-1], bottom=place.bottom)


def _names(grid: Grid, place: _Place) -> tuple[str, ...]:
    """The names of a block that is a table by itself; empty when it is none."""
    rows = [
        [cell_text(cell) for cell in row[place.left : place.right + 1]]
        for row in grid[place.top : min(place.bottom + 1, place.top + _HEAD_ROWS)]
    ]
    if len(rows) < _FEWEST_ROWS:
        return ()
    layout = find_layout(rows)
    if layout.header is None or not layout.sure or layout.header > _MOST_TITLES:
        return ()
    names = tuple(name.strip() for name in layout.names)
    filled = [name for name in names if name]
    # Lines about a report are titles one below the other, or words with a colon and what they say.
    body = rows[layout.header :]
    about = sum(sum(map(bool, row)) < 2 or row[0].rstrip().endswith(":") for row in body)
    if 2 * about >= len(body):
        return ()
    return names if len(filled) >= _FEWEST_COLUMNS and len(set(filled)) == len(filled) else ()


def _at_names(grid: Grid, left: int, right: int) -> Iterator[tuple[int, int]]:
    """The blocks of some columns, also parted where names stand in the middle of figures."""

    def texts(first: int, last: int) -> list[list[str]]:
        rows = grid[first : min(last + 1, first + _HEAD_ROWS)]
        return [[cell_text(cell) for cell in row[left : right + 1]] for row in rows]

    for first, bottom in _blocks(grid, left, right):
        top = first
        for place in _rows_of_words(grid, (first, bottom), (left, right)):
            if parts_tables(texts(top, place - 1), texts(place, bottom)):
                yield top, place - 1
                top = place
        yield top, bottom


def _rows_of_words(grid: Grid, rows: tuple[int, int], columns: tuple[int, int]) -> list[int]:
    """Rows without a figure below rows with some; none where there are many."""
    found: list[int] = []
    count, worded = 0, True
    for place in range(rows[0], rows[1] + 1):
        before = worded
        row = grid[place]
        # Most rows end with a number: nothing else of them needs a look.
        worded = type(row[columns[1]]) is not float and _is_worded(row[columns[0] : columns[1] + 1])
        count += worded
        if count > _MOST_WORDED:
            return []
        if worded and not before:
            found.append(place)
    return found


def _is_worded(row: Sequence[Any]) -> bool:
    for cell in row:
        if cell is not None and (type(cell) is not str or _FIGURE.search(cell)):
            return False
    return True


def _bands(grid: Grid) -> list[tuple[int, int]]:
    """The columns of tables that stand side by side; all columns where they are one table's.

    A blank column also parts the columns of one table to the eye: those begin and end together.
    """
    width = len(grid[0]) if grid else 0
    unused = set(range(width))
    for row in grid:
        if not unused:
            return [(0, width - 1)]
        unused -= {index for index in unused if is_filled(row[index])}
    used = [index not in unused for index in range(width)]
    bands = list(_runs(used))
    whole = [(0, width - 1)] if width else []
    if not 2 <= len(bands) <= _MOST_TABLES:
        return whole
    if any(right - left + 1 < _FEWEST_COLUMNS for left, right in bands):
        return whole
    blocks = [max(_blocks(grid, *band), key=lambda b: b[1] - b[0]) for band in bands]
    named = [_names(grid, _Place(*block, *band)) for block, band in zip(blocks, bands, strict=True)]
    if not all(named):
        return whole
    repeated = len({name for names in named for name in names}) < sum(map(len, named))
    return bands if len(set(blocks)) > 1 or repeated else whole


def _blocks(grid: Grid, left: int, right: int) -> list[tuple[int, int]]:
    """The rows of some columns between blank ones."""
    used = [is_filled(row[left]) or any(map(is_filled, row[left + 1 : right + 1])) for row in grid]
    return list(_runs(used))


def _runs(used: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last place of everything that is used without a gap."""
    begin = None
    for place, is_used in enumerate([*used, False]):
        if is_used and begin is None:
            begin = place
        elif not is_used and begin is not None:
            yield begin, place - 1
            begin = None
