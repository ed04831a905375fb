"""Several tables in one sheet: which one is read, and which are offered."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tables.structured import Structured, files
from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.options import AS_DETECTED, ReadOptions
from upshot.tables.reading import parse_file

SALES = [["Day", "Shop", "Sales"], *[[f"2025-01-{i + 1:02d}", "Ulm", i * 2.5] for i in range(20)]]
TOWNS = [["Town", "Shops"], ["Ulm", 3], ["Rio", 1], ["Köln", 2]]


def sheet(path: Path, *blocks: tuple[int, int, list[list[Any]]]) -> Path:
    """Write blocks of cells, each from a row and a column on."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    page = book.add_worksheet("Data")
    for top, left, rows in blocks:
        for i, row in enumerate(rows):
            page.write_row(top + i, left, row)
    book.close()
    return path


@pytest.mark.parametrize(
    "blocks",
    [
        ((0, 0, SALES), (22, 0, TOWNS)),
        ((0, 0, TOWNS), (6, 0, [["By day"]]), (7, 0, SALES)),
        ((0, 0, SALES), (21, 0, TOWNS)),
        ((0, 0, [["Report"]]), (2, 0, SALES), (2, 5, TOWNS)),
        ((3, 0, TOWNS), (3, 3, SALES)),
        ((0, 0, TOWNS), (0, 4, SALES), (30, 0, [["Device", "Visits"], ["desk", 2], ["phone", 3]])),
    ],
)
def test_the_largest_is_read_and_all_are_offered(tmp_path, blocks):
    path = sheet(tmp_path / "a.xlsx", *blocks)
    table = read(path)
    assert (list(table.raw.column_names), table.rows) == (SALES[0], 20)
    wanted = [i for i, names in enumerate(table.source.tables, 1) if names == "Town, Shops"]
    assert len(wanted) == 1
    assert [note.code for note in table.notes].count("several-tables") == 1
    towns = read(path, options=ReadOptions(table=wanted[0]))
    assert (list(towns.raw.column_names), towns.rows) == (TOWNS[0], 3)
    with pytest.raises(FileProblem, match="no table 9"):
        read(path, options=ReadOptions(table=9))


@pytest.mark.parametrize(
    "blocks",
    [
        # Spacer columns, gaps between rows, a note beside and a title: one table.
        ((0, 0, [row[:2] for row in SALES]), (0, 3, [[row[2], "x"] for row in SALES])),
        ((0, 0, SALES[:9]), (11, 0, SALES[9:])),
        ((0, 0, SALES), (2, 5, [["Note: prices with tax"]])),
        ((0, 0, [["Sales"], ["of spring"]]), (3, 0, SALES)),
        ((0, 0, SALES[:9]), (10, 0, SALES)),
    ],
)
def test_what_belongs_together_stays_one_table(tmp_path, blocks):
    table = read(sheet(tmp_path / "a.xlsx", *blocks))
    assert table.source.tables == ()
    assert "Day" in table.raw.column_names
    assert table.rows >= 20


def test_where_excel_says_the_table_is(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Data")
    page.write_row(1, 1, ["Sales", "of", "spring"])
    columns = [{"header": name} for name in SALES[0]]
    columns[2]["total_function"] = "sum"
    place = {"data": SALES[1:], "columns": columns, "total_row": True}
    page.add_table(2, 1, 23, 3, place)
    page.write_row(24, 1, ["made", "by", "hand"])
    book.close()
    table = read(path)
    assert (list(table.raw.column_names), table.rows) == (SALES[0], 20)
    assert (table.source.header_row, table.source.tables) == (2, ())


def test_a_row_that_a_person_names_is_where_the_table_begins(tmp_path):
    path = sheet(tmp_path / "a.xlsx", (0, 0, TOWNS), (6, 0, SALES))
    table = read(path, options=ReadOptions(header=7))
    assert (list(table.raw.column_names), table.source.header_row) == (SALES[0], 6)
    assert read(path).source.header_row == 6


def in_sheet(one: Structured, path: Path) -> Path:
    rows = csv.reader(io.StringIO(one.data.decode()))
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": True, "strings_to_urls": False})
    page = book.add_worksheet("Data")
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell:
                page.write(i, j, cell)
    book.close()
    return path


STRUCTURES = [one for one in files() if "','" in one.name and one.name.endswith("wide=True")]


def check(one: Structured, folder: Path) -> None:
    raw = parse_file(in_sheet(one, folder / "a.xlsx"), "a.xlsx", AS_DETECTED).raw
    assert (list(raw.column_names), raw.num_rows) == (one.names, len(one.rows)), one.name


@pytest.mark.parametrize("one", STRUCTURES[::7], ids=lambda one: one.name)
def test_structures_of_text_files_are_read_in_sheets_too(one, tmp_path):
    check(one, tmp_path)


@pytest.mark.slow
def test_every_structure_in_a_sheet(tmp_path):
    for one in STRUCTURES:
        check(one, tmp_path)
