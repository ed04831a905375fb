"""What a workbook says beside its cells, and files that only look like workbooks."""

from __future__ import annotations

import base64
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart

from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.options import ReadOptions


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    made.active.title = "Empty"
    made.create_chartsheet("Chart").add_chart(BarChart())
    data = made.create_sheet("Data")
    data.append(["shop", "cost", "twice", "said"])
    for i in range(20):
        data.append([f"S{i}", i * 1.5, f"=B{i + 2}*2", '=""'])
    data.column_dimensions["B"].hidden = True
    data.column_dimensions["ZZ"].hidden = True
    made.save(path)
    return path


def test_charts_are_no_sheets_to_read(book):
    table = read(book)
    assert (table.source.sheet, table.source.sheets) == ("Data", ("Empty", "Data"))


def test_hidden_columns_and_formulas_without_results_are_said(book):
    said = {note.code: note.message for note in read(book).notes}
    assert said["hidden-columns"].startswith("1 column of the sheet is hidden")
    assert said["unsaved-formulas"].startswith("40 cells hold formulas")


def test_formulas_with_results_are_values(tmp_path):
    made = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    data = made.add_worksheet()
    data.write_row(0, 0, ["shop", "twice", "word"])
    for i in range(12):
        data.write(i + 1, 0, f"S{i}")
        data.write_formula(i + 1, 1, f"={i}*2", None, i * 2)
        data.write_formula(i + 1, 2, '="a"', None, "a")
    made.close()
    table = read(tmp_path / "a.xlsx")
    assert table.data["twice"].sum() == 132
    assert "unsaved-formulas" not in {note.code for note in table.notes}


def test_groups_of_groups_are_joined_with_the_names(tmp_path):
    made = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    data = made.add_worksheet()
    data.write(0, 0, "Report of the shop")
    rows = [["", "2024", "", "", "2025"], ["Shop", "Plan", "", "Done", "Plan"],
            ["", "units", "EUR paid", "units", "units"]]  # fmt: skip
    rows += [[f"S{i}", i, i + 1, i + 2, i + 3] for i in range(12)]
    for i, row in enumerate(rows):
        data.write_row(i + 2, 0, row)
    made.close()
    names = ["Shop", "2024 Plan units", "2024 Plan EUR paid", "2024 Done units", "2025 Plan units"]
    table = read(tmp_path / "a.xlsx")
    assert list(table.raw.column_names) == names
    assert (table.source.header_row, table.source.header_rows, table.rows) == (2, 3, 12)
    told = read(tmp_path / "a.xlsx", options=ReadOptions(header=3, header_rows=3))
    assert list(told.raw.column_names) == names


PAGE = b"<html><table><tr><td>shop<td>visits<tr><td>Ulm<td>3<tr><td>Rio<td>4</table></html>"


@pytest.mark.parametrize("how", ["base64", "quoted-printable", "8bit"])
def test_a_web_archive_saved_as_a_workbook(tmp_path, how):
    body = {
        "base64": base64.encodebytes(PAGE),
        "quoted-printable": PAGE.replace(b"=", b"=3D"),
        "8bit": PAGE,
    }[how]
    path = tmp_path / "report.xls"
    path.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: " + how.encode() + b"\r\n\r\n"
        + body + b"\r\n--x\r\nContent-Type: image/png\r\n\r\nzzz\r\n--x--\r\n"
    )  # fmt: skip
    table = read(path)
    assert (table.source.format, table.rows) == ("html", 2)


def test_what_only_another_program_opens_is_named(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\x01\x00\x06\x00" * 50)
    with pytest.raises(FileProblem, match="very old Excel"):
        read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Index/Document.iwa", b"x")
        archive.writestr("preview.jpg", b"x")
    with pytest.raises(FileProblem, match="Apple Numbers"):
        read(path)
