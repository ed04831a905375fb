"""Strings that break programs, as names and as cells: read to the letter, with safe names."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from upshot.errors import FileProblem
from upshot.tables import read
from upshot.tables.options import AS_DETECTED
from upshot.tables.reading import parse_file
from upshot.tables.table import Table

# Our own, of the kinds that Max Woolf's "Big List of Naughty Strings" collects.
NAUGHTY = (
    # Words that programs take for something else.
    "undefined", "None", "null", "NaN", "Infinity", "-Infinity", "true", "\\N", "nil", "(null)",
    "constructor", "__proto__", "hasOwnProperty", "index", "columns", "shape", "self", "class",
    # Numbers that are none, or barely.
    "1.000.000,00", "1e400", "-0.0", "0x1F", "1_000", "..", "1..2", "--1", "1/0", "٣٤٥", "½", "Ⅻ",
    "9" * 60, "1" + "0" * 400, "2147483648", "0e", "1,2,3", "+49 30 1234",
    # Signs and quotes.
    "'", '"', "''", '""', "'\"'", "`", ";", ",", "|", "\t", "\\", "\\\\\"", "%", "%s%d%n", "{0}",
    "{{7*7}}", "${HOME}", "$(id)", "<%= 1 %>", "&amp;", "&#0;", "#", "# remark", "//", "/*", "--",
    # Other scripts, directions, combinations and what cannot be seen.
    "Ω≈ç√∫˜µ≤≥÷", "ЁЂЃЄЅІЇЈЉЊ", "田中さんにあげて下さい", "社會科學院", "찦차를 타고",
    "مُنَاقَشَةُ سُبُلِ", "בְּרֵאשִׁית",
    "ผู้ใหญ่หาผ้าใหม่", "👩🏽‍🚀 🇩🇪 1️⃣", "Z̮̞̠͙a̡͚̜l̴͔g̛̗o", "\u202ereversed\u202c", "a\u200bb", "\u00ad",
    "ﬁ", "ǅ", "İ", "ß", "e\u0301", "é", "\u2028", "\u0085x", "\ufffd", "ï»¿", "\U000e0041",
    # Attempts.
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)",
    "'; DROP TABLE users; --", "1' OR '1'='1", "=1+1", "=HYPERLINK(\"x\",\"y\")", "@SUM(1)", "+1+1",
    "-2+3", "../../../etc/passwd", "C:\\Windows\\win.ini", "file:///etc/passwd", "CON", "NUL.csv",
    "\x1b[31mred", "\x07", "{\"a\": 1}", "[1, 2]", "<!ENTITY x SYSTEM \"y\">", "a\nb", "a\r\nb",
    "x" * 5_000, "word " * 400,
)  # fmt: skip


def written(rows: list[list[str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()


def cells_of(table: Table, name: str) -> list[str]:
    return [cell or "" for cell in table.raw.column(name).to_pylist()]


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_are_read_to_the_letter(tmp_path: Path, delimiter: str) -> None:
    rows = [[f"k{i}", text, f"{i}.5"] for i, text in enumerate(NAUGHTY)]
    path = tmp_path / "a.csv"
    path.write_bytes(written([["key", "naughty", "value"], *rows], delimiter))
    table = read(path)
    assert list(table.raw.column_names) == ["key", "naughty", "value"]
    assert cells_of(table, "key") == [row[0] for row in rows]
    # A cell that is a remark's sign or blank to the eye stays what it is.
    found = [one_line_end(cell) for cell in cells_of(table, "naughty")]
    assert found == [one_line_end(text) for text in NAUGHTY]
    assert table.data["value"].tolist() == [i + 0.5 for i in range(len(rows))]


def check_names(table: Table, count: int) -> None:
    names = table.raw.column_names
    assert len(names) == count == len(set(names))
    assert all(name.strip() and len(name) <= 220 for name in names)
    assert not any(sign in name for name in names for sign in "\x00\n\r\t\ufeff")
    assert len(table.data.columns) == count


def test_names_are_unique_and_of_one_line(tmp_path: Path) -> None:
    names = ["id", *NAUGHTY, *NAUGHTY[:5]]
    rows = [[f"r{i}", *[str(i + j) for j in range(len(names) - 1)]] for i in range(12)]
    path = tmp_path / "a.csv"
    path.write_bytes(written([names, *rows], ","))
    table = read(path)
    check_names(table, len(names))
    assert table.rows == 12
    assert table.source.header_row == 0


def test_a_sheet_holds_them_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "key")
    sheet.write_string(0, 1, "naughty")
    for i, text in enumerate(NAUGHTY):
        sheet.write_string(i + 1, 0, f"k{i}")
        sheet.write_string(i + 1, 1, text)
    book.close()
    table = read(path)
    assert cells_of(table, "key") == [f"k{i}" for i in range(len(NAUGHTY))]
    kept = list(zip(NAUGHTY, cells_of(table, "naughty"), strict=True))
    # XML has no sign for some control characters, and white space alone counts as blank.
    odd = [pair for pair in kept if one_line_end(pair[0]) != one_line_end(pair[1])]
    assert all(set(text) & set("\x07\x1b\r\u0085\u2028\t ") for text, _ in odd), odd


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_a_file_of_one_such_text_is_no_traceback(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    for data in (text, f"{text}\n{text}\n", f"a,b\n{text},1\n", f"{text},b\n1,2\n2,3\n"):
        path.write_bytes(data.encode("utf-8", "replace"))
        try:
            raw = parse_file(path, "a.csv", AS_DETECTED).raw
        except FileProblem as problem:
            assert problem.remedy  # noqa: PT017 - either is right
        else:
            assert len(set(raw.column_names)) == raw.num_columns
