"""Read a file: open, parse, clean, infer, recognise."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from pathlib import Path

from upshot.tables.opened import Opened, open_file
from upshot.tables.options import AS_DETECTED, ReadOptions, check_options
from upshot.tables.rawtable import RawTable
from upshot.tables.table import Table
from upshot.tables.understanding import understand

_WORKBOOKS = frozenset({"xlsx", "xls", "xlsb", "ods", "html", "xml"})


def read(
    path: str | PathLike[str],
    *,
    name: str | None = None,
    sheet: str | None = None,
    options: ReadOptions | None = None,
) -> Table:
    """Read a file into a typed table.

    Parameters
    ----------
    path : str or path-like
        CSV, TSV, Excel, OpenDocument, Parquet or JSON; also inside gz or zip. Tables of an
        archive whose columns agree are joined into one.
    name : str, optional
        What the person calls the file; its own name when not given.
    sheet : str, optional
        Sheet of a workbook or member of an archive; when not given, the sheet with the data, and
        all members or the largest.
    options : ReadOptions, optional
        What a person decided; the schema remembers it, so that later files are read the same way
        (`read_like`). Everything else is detected.

    Raises
    ------
    FileProblem
        When the file cannot be read as a table; says where and what to do.
    """
    path = Path(path)
    file = name or path.name
    told = options or AS_DETECTED
    told = told if sheet is None else replace(told, sheet=sheet)
    check_options(told)
    table = _read_in_pieces(path, file, told)
    if table is None:
        table = understand(parse_file(path, file, told), told)
    kept = options if options is not None and not options.is_open else None
    return table.with_schema(replace(table.schema, reading=kept))


def _read_in_pieces(path: Path, file: str, options: ReadOptions) -> Table | None:
    """Read a large text file without holding it in memory; None for all other files."""
    from upshot.tables.large import reading as large

    if not path.is_file():
        return None  # opening it says why
    if large.is_large(path):
        table = large.read_large(path, file, options)
        if table is not None:
            return table
    return large.read_packed(path, file, options)


def parse_file(path: Path, file: str, options: ReadOptions) -> RawTable:
    """Open a file and parse the table in it, or the tables of an archive as one."""
    sheet = options.sheet
    opened = _open(path, file, sheet)
    if sheet is not None or len(opened.members) < 2:
        named = opened.member is not None and sheet in _labels(opened)
        return parse_one(opened, replace(options, sheet=None) if named else options)
    from upshot.tables.joined import join_members, taken_alone

    def parse(member: Opened) -> RawTable:
        return parse_one(member, options)

    joined = join_members(opened, parse)
    return joined if joined is not None else taken_alone(parse(opened), opened)


def parse_one(opened: Opened, options: ReadOptions = AS_DETECTED) -> RawTable:
    """Parse one table and leave out what is no data."""
    from upshot.tables.clean import clean

    return clean(_read_format(opened, options))


def _read_format(opened: Opened, options: ReadOptions) -> RawTable:
    if opened.format in _WORKBOOKS:
        from upshot.tables.excel import read_excel

        return read_excel(opened, options)
    if opened.format == "parquet":
        from upshot.tables.parquet import read_parquet

        return read_parquet(opened)
    if opened.format == "jsonl":
        from upshot.tables.json_lines import read_json

        return read_json(opened)
    from upshot.tables.csv_text import read_text

    return read_text(opened, options)


def _open(path: Path, file: str, sheet: str | None) -> Opened:
    """Open a file; `sheet` names the member of an archive, or a sheet of the workbook in it."""
    opened = open_file(path, file)
    if sheet is None or not opened.members or sheet == opened.member:
        return opened
    if opened.format in _WORKBOOKS and sheet not in _labels(opened):
        return opened
    return open_file(path, file, sheet)


def _labels(opened: Opened) -> set[str]:
    return {*opened.members, *(member.rsplit("/", 1)[-1] for member in opened.members)}
