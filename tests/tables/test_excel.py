from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.schema import Kind


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(i, j, cell, date)
                elif cell is not None:
                    sheet.write(i, j, cell)
    book.close()
    return path


ROWS = [["id", "when", "cost", "paid", "city"]] + [
    [i, dt.date(2024, 1, i % 28 + 1), i * 1.5, i % 2 == 0, ["Bonn", "Ulm"][i % 2]]
    for i in range(1, 41)
]


def test_cells_keep_the_types_they_have(tmp_path):
    table = read(workbook(tmp_path / "a.xlsx", Data=ROWS))
    kinds = {column.name: column.kind for column in table.schema.columns}
    assert kinds == {
        "id": Kind.IDENTIFIER, "when": Kind.DATETIME, "cost": Kind.NUMBER,
        "paid": Kind.BOOLEAN, "city": Kind.CATEGORY,
    }  # fmt: skip
    assert table.data["when"].iloc[0] == pd.Timestamp("2024-01-02")
    assert table.data["cost"].sum() == sum(row[2] for row in ROWS[1:])
    assert table.data["paid"].sum() == 20
    assert table.raw.column("id").to_pylist()[:2] == [1, 2]


def test_the_data_sheet_is_chosen_and_the_others_offered(tmp_path):
    words = [["Variable", "Meaning"]] + [[f"v{i}", "what it means"] for i in range(60)]
    path = workbook(tmp_path / "a.xlsx", **{"Data Dict": words, "E Comm": ROWS, "Empty": []})
    table = read(path)
    assert table.source.sheet == "E Comm"
    assert table.source.sheets == ("Data Dict", "E Comm", "Empty")
    assert "sheet" in {note.code for note in table.notes}
    assert read(path, sheet="Data Dict").rows == 60
    with pytest.raises(FileProblem, match="E Comm"):
        read(path, sheet="Nope")
    with pytest.raises(FileProblem, match="empty"):
        read(path, sheet="Empty")


def test_titles_merged_headers_totals_and_text_numbers(tmp_path):
    rows = [
        ["Weekly results 2024"],
        [],
        ["Week", "Search", None, "Social", None, "Revenue"],
        [None, "Cost", "Clicks", "Cost", "Clicks", None],
    ]
    rows += [
        [dt.date(2024, 1, d), d * 1.5, d, d * 2.5, d + 1, "€ 1,200" if d == 1 else d * 9.25]
        for d in range(1, 13)
    ]
    rows += [
        ["Q1 subtotal", None, None, None, None, 5.0],
        ["Grand total", None, None, None, None, 9.0],
    ]
    table = read(workbook(tmp_path / "a.xlsx", Results=rows))
    assert table.schema.names == (
        "Week", "Search Cost", "Search Clicks", "Social Cost", "Social Clicks", "Revenue",
    )  # fmt: skip
    assert table.rows == 12
    assert table.source.header_row == 2
    assert table.source.skipped.totals == 2
    assert table.schema.column("Week").kind is Kind.DATETIME
    assert table.data["Revenue"].iloc[0] == 1200
    assert table.data["Revenue"].iloc[1] == 18.5


def test_remarks_below_the_table_are_left_out(tmp_path):
    table = read(
        workbook(tmp_path / "a.xlsx", D=[*ROWS, [], ["Source: our shop"], ["Confidential"]])
    )
    assert table.rows == 40
    assert table.source.skipped.after == 2


def sheet_with(cells: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>",
        )
    return out.getvalue()


def test_a_sheet_that_spans_too_much_is_refused_before_it_is_parsed(tmp_path):
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>'
    path = tmp_path / "far.xlsx"
    path.write_bytes(sheet_with(far))
    with pytest.raises(FileProblem, match="spans"):
        read(path)


def test_a_damaged_workbook_is_a_problem_of_the_file(tmp_path):
    path = tmp_path / "bad.xlsx"
    path.write_bytes(sheet_with(b"<row><c"))
    with pytest.raises(FileProblem, match="damaged"):
        read(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    from upshot.tables import archives

    monkeypatch.setattr(archives, "MAX_WORKBOOK_BYTES", 1024 * 1024)
    path = tmp_path / "big.xlsx"
    path.write_bytes(sheet_with(b"<row/>" * 1_000_000))
    with pytest.raises(FileProblem, match="too large"):
        read(path)


def test_a_workbook_inside_an_archive_is_read(tmp_path):
    inner = workbook(tmp_path / "a.xlsx", Data=ROWS, Notes=[["hello"]])
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, "a.xlsx")
    assert read(path).rows == 40
    assert read(path, sheet="Data").rows == 40


def test_a_panic_of_the_reader_is_a_problem_not_a_traceback(tmp_path, monkeypatch):
    class Panic(BaseException):
        """As the Rust reader raises it."""

    class Reader:
        @staticmethod
        def from_filelike(_stream):
            raise Panic

    path = workbook(tmp_path / "a.xlsx", Data=ROWS)
    monkeypatch.setattr("python_calamine.CalamineWorkbook", Reader)
    with pytest.raises(FileProblem, match="damaged"):
        read(path)
