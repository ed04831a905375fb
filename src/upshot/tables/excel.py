"""Workbooks: the sheet that holds the data, its header, and cells with the types they have."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from upshot.errors import FileProblem, Note
from upshot.tables.layout import Layout, find_layout, told_layout
from upshot.tables.names import column_names
from upshot.tables.opened import Opened
from upshot.tables.options import AS_DETECTED, ReadOptions
from upshot.tables.rawtable import RawTable, lines
from upshot.tables.table import Skipped, Source
from upshot.wording import say

if TYPE_CHECKING:
    import pyarrow as pa

Grid = list[list[Any]]

# calamine allocates the whole rectangle that a sheet's cells span, 32 bytes a cell.
MAX_CELLS = 60_000_000
_HEAD_ROWS = 400
_ASIDE = re.compile(
    r"dict|read ?me|legend|notes?\b|info|about|glossar|definition|metadata|instructions|cover"
    r"|hinweis|legende|notice|leyenda|instruc",
    re.IGNORECASE,
)


def read_excel(opened: Opened, options: ReadOptions = AS_DETECTED) -> RawTable:
    """Read one sheet of a workbook; the one that holds the data when none is named."""
    from python_calamine import CalamineWorkbook

    sheet = options.sheet

    if opened.format in {"xlsx", "xlsb"}:
        _refuse_vast(opened)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(opened.data))
        names = tuple(book.sheet_names)
        grids = {name: _grid(book, name) for name in _wanted(names, sheet, opened.file)}
    except (FileProblem, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # calamine raises many types of its own, and a panic of its Rust code is no Exception.
        raise _damaged(opened.file, error) from None
    chosen = sheet or max(names, key=lambda name: _weight(name, grids[name]))
    if not any(_is_filled(cell) for row in grids[chosen] for cell in row):
        raise FileProblem(
            f"The sheet '{chosen}' of '{opened.file}' is empty.", "Choose another sheet."
        )
    result = _read_grid(grids[chosen], opened.file, options)
    source = replace(result.source, format=opened.format, sheet=chosen, sheets=names)
    notes = result.notes
    if len(names) > 1 and sheet is None:
        others = ", ".join(f"'{name}'" for name in names if name != chosen)
        notes = (
            Note("sheet", f"We read the sheet '{chosen}'. The workbook also holds {others}."),
            *notes,
        )
    return RawTable(result.raw, source, notes)


def _damaged(file: str, error: BaseException) -> FileProblem:
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return FileProblem(
            f"'{file}' is protected with a password.", "Save it without a password and try again."
        )
    return FileProblem(
        f"'{file}' is a damaged workbook.", "Open it in your spreadsheet program and save it again."
    )


def _wanted(names: Sequence[str], sheet: str | None, file: str) -> Sequence[str]:
    if not names:
        raise FileProblem(f"'{file}' holds no sheet.", "Save the table as xlsx again.")
    if sheet is None:
        return names
    if sheet not in names:
        raise FileProblem(
            f"'{file}' has no sheet '{sheet}'.", f"Its sheets are: {', '.join(names)}."
        )
    return [sheet]


def _grid(book: Any, name: str) -> Grid:
    grid: Grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return grid


def _weight(name: str, grid: Grid) -> float:
    filled = sum(_is_filled(cell) for row in grid[:2000] for cell in row)
    rows = len(grid) / max(1, len(grid[:2000]))
    return filled * rows * (0.1 if _ASIDE.search(name) else 1.0)


def _refuse_vast(opened: Opened) -> None:
    """Refuse a sheet whose cells span more than a reader can hold before it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(opened.data)) as archive:
            for info in archive.infolist():
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename):
                    with archive.open(info) as stream:
                        rows, columns = _extent(stream)
                    if rows * columns > MAX_CELLS:
                        raise FileProblem(
                            f"A sheet of '{opened.file}' spans {rows:,} rows and {columns:,} "
                            "columns.",
                            "Delete the stray cells far from the table, or save it as CSV.",
                        )
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        raise FileProblem(
            f"'{opened.file}' is a damaged workbook.",
            "Open it in your spreadsheet program and save it again.",
        ) from None


def _extent(stream: Any) -> tuple[int, int]:
    rows = columns = 0
    tail = b""
    while chunk := stream.read(4 * 1024**2):
        text = tail + chunk
        found = set(re.findall(rb'\br=[\'"]([A-Z]{1,3})\d+[\'"]', text))
        columns = max([columns, *(_column_number(letters) for letters in found)])
        numbers = re.findall(rb'\br=[\'"][A-Z]{0,3}(\d{1,7})[\'"]', text)
        rows = max([rows, *map(int, numbers)])
        tail = text[-64:]
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())


def _read_grid(grid: Grid, file: str, options: ReadOptions) -> RawTable:
    above = options.lines_before
    if above >= len(grid):
        raise FileProblem(
            say("'{file}' has no table below row {row}.", file=file, row=above),
            say("Give a row nearer to the top."),
        )
    grid = grid[above:]
    layout = _layout(grid[:_HEAD_ROWS], options)
    end, below = _end(grid, layout.first)
    body = grid[layout.first : end]
    filled = [row for row in body if any(_is_filled(cell) for cell in row)]
    names, notes = column_names(layout.names, layout.width)
    keep = [
        index
        for index in range(layout.width)
        if (index < len(layout.names) and layout.names[index].strip())
        or any(_is_filled(row[index]) for row in filled)
    ]
    import pyarrow as pa

    arrays = [typed_array([row[index] for row in filled]) for index in keep]
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
    return RawTable(raw, source, (*_notes(before, below, layout.header), *notes))


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
            Note("no-header", "The sheet has no header. We numbered the columns.", level="warning")
        )
    if before:
        notes.append(Note("lines-above", f"{lines(before)} above the table left out."))
    if below:
        notes.append(Note("lines-below", f"{lines(below)} below the table left out."))
    return tuple(notes)


def _end(grid: Grid, first: int) -> tuple[int, int]:
    """Where the rows end: blank rows and single texts below a table of 3+ columns are left out."""
    wide = len(grid[0]) if grid else 0
    end, below = len(grid), 0
    while end > first:
        filled = [index for index, cell in enumerate(grid[end - 1]) if _is_filled(cell)]
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


def typed_array(cells: list[Any]) -> pa.Array:
    """One column: native where all its cells share a type, text where they do not."""
    import pyarrow as pa

    filled = [cell if _is_filled(cell) else None for cell in cells]
    types = {type(cell) for cell in filled if cell is not None}
    if types and types <= {int, float}:
        whole = all(c is None or (float(c).is_integer() and abs(c) < 2**53) for c in filled)
        if whole:
            return pa.array([None if c is None else int(c) for c in filled], type=pa.int64())
        return pa.array(filled, type=pa.float64())
    if types == {bool}:
        return pa.array(filled, type=pa.bool_())
    if types and types <= {dt.date, dt.datetime}:
        stamps = [_stamp(cell) for cell in filled]
        return pa.array(stamps, type=pa.timestamp("us"))
    return pa.array([None if c is None else cell_text(c) for c in filled], type=pa.string())


def _stamp(cell: Any) -> dt.datetime | None:
    if cell is None or isinstance(cell, dt.datetime):
        return cell
    return dt.datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - files hold wall-clock time
