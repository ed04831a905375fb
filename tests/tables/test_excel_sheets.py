"""What people do to sheets: hide, merge, break formulas, lose the format of dates."""

from __future__ import annotations

import datetime as dt
import gzip
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.schema import Kind
from upshot.tables.sheet_marks import sheet_marks


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "shops.xlsx"
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Shops & <more>")
    sheet.merge_range("A1:C1", "Report")
    sheet.write_row(2, 0, ["region", "shop", "Order date", "visits", "rate"])
    for i in range(12):
        row = 3 + i
        sheet.write(row, 1, f"shop {i}")
        if i % 2:
            sheet.write_datetime(row, 2, dt.date(2025, 1, i + 1), day)
        else:
            sheet.write(row, 2, 45_658 + i)
        sheet.write_string(row, 3, str(1000 + i))
        if i == 3:
            sheet.write_formula(row, 4, "=1/0", None, "#DIV/0!")
        else:
            sheet.write(row, 4, i * 2.5)
    for place, region in enumerate(("North", "South", "West")):
        sheet.merge_range(3 + 4 * place, 0, 6 + 4 * place, 0, region)
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.set_row(8, None, None, {"hidden": True})
    sheet.set_column("E:E", None, None, {"hidden": True})
    longer = book.add_worksheet("Raw")
    longer.hide()
    longer.write_row(0, 0, ["a", "b"])
    for i in range(100):
        longer.write_row(i + 1, 0, [f"x{i}", i])
    book.close()
    return path


def messages(table) -> dict[str, str]:
    return {note.code: note.message for note in table.notes}


def test_the_visible_sheet_is_read_and_the_hidden_one_offered(messy):
    table = read(messy)
    assert table.source.sheet == "Shops & <more>"
    assert table.source.sheets == ("Shops & <more>", "Raw")
    assert read(messy, sheet="Raw").rows == 100


def test_merged_cells_give_every_row_their_value(messy):
    table = read(messy)
    assert table.raw.column("region").to_pylist() == ["North"] * 4 + ["South"] * 4 + ["West"] * 4
    assert messages(table)["merged-cells"].startswith("3 merged cells")


def test_hidden_rows_and_errors_are_said(messy):
    table = read(messy)
    assert messages(table)["hidden-rows"].startswith("2 rows of the sheet are hidden")
    assert messages(table)["error-cells"].startswith("1 cell holds an error")
    assert table.data["rate"].isna().tolist().index(True) == 3
    assert table.rows == 12


def test_dates_without_their_format_are_dates_and_text_numbers_numbers(messy):
    table = read(messy)
    assert table.schema.column("Order date").kind is Kind.DATETIME
    assert table.data["Order date"].iloc[0] == pd.Timestamp("2025-01-01")
    assert table.data["Order date"].iloc[1] == pd.Timestamp("2025-01-02")
    assert table.data["visits"].tolist() == [1000 + i for i in range(12)]


def test_marks_are_found_by_the_name_of_the_sheet(messy):
    marks = sheet_marks(messy.read_bytes(), "shops.xlsx")
    assert marks["Shops & <more>"].hidden_rows == 2
    assert marks["Shops & <more>"].errors == 1
    assert (marks["Raw"].rows, marks["Raw"].hidden_rows) == (101, 0)
    with pytest.raises(FileProblem, match="damaged"):
        sheet_marks(b"PK\x03\x04 no archive", "shops.xlsx")


def opendocument(path: Path, rows: list[list[object]]) -> Path:
    """The least that is an OpenDocument spreadsheet."""

    def cell(value: object) -> str:
        if isinstance(value, str):
            return (
                f'<table:table-cell office:value-type="string"><text:p>{value}</text:p>'
                "</table:table-cell>"
            )
        if isinstance(value, dt.date):
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{space}office:1.0" '
        f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Shops">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def test_opendocument_gives_the_types_it_has(tmp_path):
    rows: list[list[object]] = [["shop", "day", "sales"]]
    rows += [[f"shop {i}", dt.date(2025, 1, i + 1), i * 1.5] for i in range(20)]
    path = opendocument(tmp_path / "shops.ods", rows)
    table = read(path)
    assert table.source.format == "ods"
    assert table.source.sheet == "Shops"
    kinds = [str(column.kind) for column in table.schema.columns]
    assert kinds[1:] == ["datetime", "number"]
    assert table.data["sales"].sum() == 285
    packed = tmp_path / "shops.ods.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read(packed).rows == 20
