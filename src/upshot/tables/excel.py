"""Workbooks: the sheet that holds the data, and what was noticed about it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from upshot.errors import FileProblem, Note
from upshot.tables.grid import Grid, Sheet, is_filled, read_grid
from upshot.tables.opened import Opened
from upshot.tables.options import AS_DETECTED, ReadOptions
from upshot.tables.rawtable import RawTable
from upshot.tables.sheet_marks import SheetMarks, sheet_marks
from upshot.tables.sheet_parts import SheetPart, take_part
from upshot.tables.sheet_tables import known_tables
from upshot.tables.table import Source
from upshot.wording import comma_list, quoted, say, say_count

_WEIGHED_ROWS = 2_000
_ASIDE = re.compile(
    r"dict|read ?me|legend|notes?\b|info|about|glossar|definition|metadata|instructions|cover"
    r"|hinweis|legende|notice|leyenda|instruc",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Book:
    """The sheets of a workbook: how much each holds, and how to get its cells."""

    names: tuple[str, ...]
    weight: Callable[[str], float]
    load: Callable[[str], Sheet]


def read_excel(opened: Opened, options: ReadOptions = AS_DETECTED) -> RawTable:
    """Read one sheet of a workbook; the one that holds the data when none is named."""
    marks: Mapping[str, SheetMarks] = {}
    if opened.format in {"html", "xml"}:
        book = _marked_up(opened, options)
    else:
        marks = sheet_marks(opened.data, opened.file) if opened.format == "xlsx" else {}
        book = _guarded(opened.file, lambda: _workbook(opened))
    wanted = _wanted(book.names, options.sheet, opened.file)
    chosen = _guarded(opened.file, lambda: max(wanted, key=book.weight))
    sheet = _guarded(opened.file, lambda: book.load(chosen))
    if not any(is_filled(cell) for row in sheet.grid for cell in row):
        raise FileProblem(
            say("The sheet '{chosen}' of '{file}' is empty.", chosen=chosen, file=opened.file),
            say("Choose another sheet."),
        )
    part = _part(opened, sheet, options)
    result = read_grid(part.sheet, opened.file, options)
    source = _placed(result.source, part)
    source = replace(source, format=opened.format, sheet=chosen, sheets=book.names)
    notes = (*_about_sheet(marks.get(chosen, SheetMarks())), *part.notes, *result.notes)
    if len(book.names) > 1 and options.sheet is None:
        notes = (_others(book.names, chosen), *notes)
    return RawTable(result.raw, source, notes)


def _part(opened: Opened, sheet: Sheet, options: ReadOptions) -> SheetPart:
    """The table of the sheet that is read, unless a person said in which row it begins."""
    if options.starts_at_top:
        return SheetPart(sheet)
    known = known_tables(opened.data, sheet.name) if opened.format == "xlsx" else ()
    return take_part(sheet, options.table, opened.file, known)


def _placed(source: Source, part: SheetPart) -> Source:
    """Where the table was found, counted in the sheet."""
    header = None if source.header_row is None else source.header_row + part.rows_above
    skipped = replace(source.skipped, before=source.skipped.before + part.rows_above)
    return replace(source, header_row=header, skipped=skipped, tables=part.tables, table=part.taken)


def _guarded(file: str, work: Callable[[], Any]) -> Any:
    """Do what the reader of workbooks may break on, and say so in words."""
    try:
        return work()
    except (FileProblem, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # calamine raises many types of its own, and a panic of its Rust code is no Exception.
        raise _damaged(file, error) from None


def _workbook(opened: Opened) -> _Book:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(opened.data))
    hidden = {
        sheet.name for sheet in book.sheets_metadata if not str(sheet.visible).endswith(".Visible")
    }
    # Sheets that are a single chart hold no cells.
    names = tuple(
        sheet.name for sheet in book.sheets_metadata if not str(sheet.typ).endswith(".ChartSheet")
    )
    sheets = {name: book.get_sheet_by_name(name) for name in names}

    def load(name: str) -> Sheet:
        merged = tuple(sheets[name].merged_cell_ranges or ())
        return Sheet(name, _grid(sheets[name]), merged)

    def weight(name: str) -> float:
        grid = _grid(sheets[name], _WEIGHED_ROWS)
        share: float = max(1.0, sheets[name].total_height / max(1, len(grid)))
        return _filled(grid) * share * _standing(name, hidden=name in hidden)

    return _Book(names, weight, load)


def _marked_up(opened: Opened, options: ReadOptions) -> _Book:
    from upshot.tables.markup import sheets_of

    sheets = {sheet.name: sheet for sheet in sheets_of(opened, options.encoding)}

    def weight(name: str) -> float:
        return _filled(sheets[name].grid) * _standing(name, hidden=False)

    return _Book(tuple(sheets), weight, sheets.__getitem__)


def _filled(grid: Grid) -> int:
    return sum(is_filled(cell) for row in grid for cell in row)


def _standing(name: str, *, hidden: bool) -> float:
    """Sheets that explain others, and hidden ones, are rarely meant."""
    return 0.1 if _ASIDE.search(name) or hidden else 1.0


def _others(names: Sequence[str], chosen: str) -> Note:
    others = comma_list(quoted(name for name in names if name != chosen))
    return Note(
        "sheet",
        say(
            "We read the sheet '{chosen}'. The workbook also holds {others}.",
            chosen=chosen,
            others=others,
        ),
    )


def _about_sheet(marks: SheetMarks) -> list[Note]:
    notes = []
    if marks.hidden_rows:
        message = say_count(
            "{number} row of the sheet is hidden. We read it too.",
            "{number} rows of the sheet are hidden. We read them too.",
            marks.hidden_rows,
        )
        remedy = say("Copy the rows that you see into a sheet of their own to read only those.")
        notes.append(Note("hidden-rows", message, remedy=remedy, level="warning"))
    if marks.hidden_columns:
        message = say_count(
            "{number} column of the sheet is hidden. We read it too.",
            "{number} columns of the sheet are hidden. We read them too.",
            marks.hidden_columns,
        )
        notes.append(Note("hidden-columns", message))
    if marks.unsaved:
        message = say_count(
            "{number} cell holds a formula whose result is not stored in the file. We treat it as "
            "missing.",
            "{number} cells hold formulas whose results are not stored in the file. We treat them "
            "as missing.",
            marks.unsaved,
        )
        remedy = say("Open the file in your spreadsheet program, save it, and upload it again.")
        notes.append(Note("unsaved-formulas", message, remedy=remedy, level="warning"))
    if marks.errors:
        message = say_count(
            "{number} cell holds an error such as #DIV/0!. We treat it as missing.",
            "{number} cells hold an error such as #DIV/0!. We treat them as missing.",
            marks.errors,
        )
        notes.append(Note("error-cells", message))
    return notes


def _damaged(file: str, error: BaseException) -> FileProblem:
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return FileProblem(
            say("'{file}' is protected with a password.", file=file),
            say("Save it without a password and try again."),
        )
    return FileProblem(
        say("'{file}' is a damaged workbook.", file=file),
        say("Open it in your spreadsheet program and save it again."),
    )


def _wanted(names: Sequence[str], sheet: str | None, file: str) -> Sequence[str]:
    if not names:
        raise FileProblem(
            say("'{file}' holds no sheet.", file=file), say("Save the table as xlsx again.")
        )
    if sheet is None:
        return names
    if sheet not in names:
        raise FileProblem(
            say("'{file}' has no sheet '{sheet}'.", file=file, sheet=sheet),
            say("Its sheets are: {names}.", names=", ".join(names)),
        )
    return [sheet]


def _grid(sheet: Any, rows: int | None = None) -> Grid:
    grid: Grid = sheet.to_python(skip_empty_area=False, nrows=rows)
    return grid
