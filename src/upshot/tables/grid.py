"""A grid of cells with the types they have: where its header stands, and its rows as columns."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from upshot.errors import FileProblem, Note
from upshot.tables.doubts import doubt_notes
from upshot.tables.layout import Layout, find_layout, told_layout
from upshot.tables.names import column_names
from upshot.tables.options import ReadOptions
from upshot.tables.rawtable import RawTable, lines_above, lines_below
from upshot.tables.table import Skipped, Source
from upshot.wording import say, say_count

if TYPE_CHECKING:
    import pyarrow as pa

Grid = list[list[Any]]
Rectangle = tuple[tuple[int, int], tuple[int, int]]

_HEAD_ROWS = 400
# Excel counts days from here; the range is the years 1990 to 2049.
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - files hold wall-clock time
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 54_789
_DATE_NAME = re.compile(
    r"(?:^|[\W_])(?:dates?|day|datum|tag|fecha|data|dato|dátum|tarih|дата|created|closed|updated)"
    r"(?:$|[\W_])|(?:^|[a-z_ ])Date\b|(?:_at|_on)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet, and the rectangles of merged ones: first and last row and column."""

    name: str
    grid: Grid
    merged: tuple[Rectangle, ...] = ()


def is_filled(cell: Any) -> bool:
    """Whether a cell holds anything but white space."""
    if isinstance(cell, str):
        return not (cell == "" or cell.isspace())
    return cell is not None


def read_grid(sheet: Sheet, file: str, options: ReadOptions) -> RawTable:
    """Read a sheet: its header, its rows, and what stands above and below them."""
    above, grid = options.lines_before, sheet.grid
    if above >= len(grid):
        raise FileProblem(
            say("'{file}' has no table below row {row}.", file=file, row=above),
            say("Give a row nearer to the top."),
        )
    layout = _layout(grid[above : above + _HEAD_ROWS], options)
    filled_in = _fill_merged(sheet, above + layout.first)
    grid = grid[above:]
    end, below = _end(grid, layout.first)
    body = grid[layout.first : end]
    filled = [row for row in body if any(map(is_filled, row))]
    names, notes = column_names(layout.names, layout.width)
    keep = [
        index
        for index in range(layout.width)
        if (index < len(layout.names) and layout.names[index].strip())
        or any(is_filled(row[index]) for row in filled)
    ]
    import pyarrow as pa

    arrays = [
        typed_array(with_dates(names[index], [row[index] for row in filled])) for index in keep
    ]
    kept = {names[index] for index in keep}
    notes = tuple(note for note in notes if note.column in kept)
    raw = pa.Table.from_arrays(arrays, names=[names[index] for index in keep])
    before = above + (layout.first if layout.header is None else layout.header)
    source = Source(
        file,
        "xlsx",
        header_row=None if layout.header is None else before,
        header_rows=layout.header_rows,
        skipped=Skipped(before, below),
        doubts=() if layout.sure else ("header",),
    )
    notes = (
        *doubt_notes(source.doubts),
        *_notes(before, below, layout.header),
        *filled_in,
        *notes,
    )
    return RawTable(raw, source, notes)


def _fill_merged(sheet: Sheet, first: int) -> list[Note]:
    """Give every row below the header the value of the merged cell that it is part of."""
    count = 0
    for (top, left), (bottom, _right) in sheet.merged:
        if top < first or bottom == top or bottom >= len(sheet.grid):
            continue
        value = sheet.grid[top][left]
        for row in sheet.grid[top + 1 : bottom + 1]:
            row[left] = value
        count += is_filled(value)
    if not count:
        return []
    message = say_count(
        "{number} merged cell spans several rows. We gave each of the rows its value.",
        "{number} merged cells span several rows. We gave each of the rows its value.",
        count,
    )
    return [Note("merged-cells", message)]


def _layout(head: Grid, options: ReadOptions) -> Layout:
    rows = [[cell_text(cell) for cell in row] for row in head]
    wanted = options.rows_of_names
    if wanted is None and not options.starts_at_top:
        return find_layout(rows)
    return told_layout(rows, wanted, at_top=options.starts_at_top)


def _notes(before: int, below: int, header: int | None) -> tuple[Note, ...]:
    notes = []
    if header is None:
        notes.append(
            Note(
                "no-header",
                say("The sheet has no header. We numbered the columns."),
                level="warning",
            )
        )
    if before:
        notes.append(lines_above(before))
    if below:
        notes.append(lines_below(below))
    return tuple(notes)


def _end(grid: Grid, first: int) -> tuple[int, int]:
    """Where the rows end: blank rows and single texts below a table of 3+ columns are left out."""
    wide = len(grid[0]) if grid else 0
    end, below = len(grid), 0
    while end > first:
        filled = [index for index, cell in enumerate(grid[end - 1]) if is_filled(cell)]
        remark = wide >= 3 and filled == [0] and isinstance(grid[end - 1][0], str)
        if filled and not (remark and below < 200):
            break
        end -= 1
        below += bool(filled)
    return end, below


def cell_text(cell: Any) -> str:
    """A cell as a person would read it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def with_dates(name: str, cells: list[Any]) -> list[Any]:
    """Days for the numbers of a column that is called a date: they lost the format of one."""
    if not _DATE_NAME.search(name):
        return cells
    filled = [cell for cell in cells if is_filled(cell)]
    serial = [cell for cell in filled if type(cell) in {int, float}]
    days = all(_FIRST_SERIAL <= cell <= _LAST_SERIAL for cell in serial)
    others = all(type(cell) in {int, float, dt.date, dt.datetime} for cell in filled)
    if not serial or not days or not others:
        return cells
    return [_day(cell) if type(cell) in {int, float} else cell for cell in cells]


def _day(serial: float) -> dt.datetime:
    return _DAY_ZERO + dt.timedelta(seconds=round(serial * 86_400))


def typed_array(cells: list[Any]) -> pa.Array:
    """One column: native where all its cells share a type, text where they do not."""
    import pyarrow as pa

    types = set(map(type, cells)) - {type(None)}
    if types == {str}:
        return _text_array(cells)
    filled = [c if is_filled(c) else None for c in cells] if str in types else cells
    types = set(map(type, filled)) - {type(None)}
    if types and types <= {int, float}:
        return _number_array(filled)
    if types == {bool}:
        return pa.array(filled, type=pa.bool_())
    if types == {dt.date}:
        return pa.array(filled, type=pa.date32()).cast(pa.timestamp("us"))
    if types and types <= {dt.date, dt.datetime}:
        stamps = [_stamp(cell) for cell in filled]
        return pa.array(stamps, type=pa.timestamp("us"))
    return pa.array([None if c is None else cell_text(c) for c in filled], type=pa.string())


def _text_array(cells: list[Any]) -> pa.Array:
    """Texts; what holds nothing but white space is missing."""
    import pyarrow as pa

    blank = {cell for cell in set(cells) if not is_filled(cell)}
    kept = [None if cell in blank else cell for cell in cells] if blank else cells
    return pa.array(kept, type=pa.string())


def _number_array(cells: list[Any]) -> pa.Array:
    """Whole numbers as such where all are, and none is too large to be exact."""
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = pa.array(cells, type=pa.float64())
    small = pc.all(pc.less(pc.abs(numbers), float(2**53))).as_py()
    whole = small and pc.all(pc.equal(pc.floor(numbers), numbers)).as_py()
    return numbers.cast(pa.int64()) if whole else numbers


def _stamp(cell: Any) -> dt.datetime | None:
    if cell is None or isinstance(cell, dt.datetime):
        return cell
    return dt.datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - files hold wall-clock time
