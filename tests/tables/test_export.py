from __future__ import annotations

import csv
import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upshot.bundles import Scores, write_scores
from upshot.errors import FileProblem, InputError
from upshot.tables import export

DANGEROUS = ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "-", "--x"]
HARMLESS = ["-5", "+3.5", "-1.234,56", "-12 %", "-1e-05", "text", "a=b", "", "1-2", "'=1"]


def scored(frame: pd.DataFrame, **more: object) -> Scores:
    return Scores(frame, **more)  # type: ignore[arg-type]


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("text", DANGEROUS)
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert export.defuse(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_numbers_and_text_stay_as_they_are(text: str) -> None:
    assert export.defuse(text) == text


@given(st.text())
def test_no_written_text_starts_a_formula(text: str) -> None:
    safe = export.defuse(text)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert safe in {text, f"'{text}"}


def test_csv_is_defused_in_cells_and_headers(tmp_path: Path) -> None:
    frame = pd.DataFrame({"=name": DANGEROUS, "n": [-1.5] * len(DANGEROUS)})
    rows = read_csv(write_scores(scored(frame), tmp_path / "s.csv"))
    assert rows[0] == ["'=name", "n"]
    assert [row[0] for row in rows[1:]] == [f"'{text}" for text in DANGEROUS]
    assert {row[1] for row in rows[1:]} == {"-1.5"}


def test_csv_keeps_what_is_hard_to_keep(tmp_path: Path) -> None:
    texts = ['say "hi"', "a,b", "two\nlines", "carriage\rreturn", "ü 漢 😀", " spaces ", ""]
    frame = pd.DataFrame({"t": pd.array(texts, dtype="str")})
    rows = read_csv(write_scores(scored(frame), tmp_path / "s.csv"))
    assert [row[0] if row else "" for row in rows[1:]] == texts


def test_csv_starts_with_a_mark_only_where_excel_needs_it(tmp_path: Path) -> None:
    plain = write_scores(scored(pd.DataFrame({"a": ["b"]})), tmp_path / "plain.csv")
    umlaut = write_scores(scored(pd.DataFrame({"a": ["ü"]})), tmp_path / "umlaut.csv")
    assert plain.read_bytes() == b"a\nb\n"
    assert umlaut.read_bytes() == b"\xef\xbb\xbfa\n\xc3\xbc\n"


def test_csv_keeps_full_precision(tmp_path: Path) -> None:
    value = 0.12345678901234568
    path = write_scores(scored(pd.DataFrame({"p": [value]})), tmp_path / "s.csv")
    assert float(read_csv(path)[1][0]) == value


def test_long_files_are_written_in_parts_without_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_CHUNK_ROWS", 3)
    frame = pd.DataFrame({"a": range(10), "t": [f"={i}" for i in range(10)]})
    rows = read_csv(write_scores(scored(frame), tmp_path / "s.csv"))
    assert rows == [["a", "t"], *[[str(i), f"'={i}"] for i in range(10)]]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_an_empty_file_keeps_its_header(ending: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": pd.array([], "str"), "upshot_probability": pd.array([], "float64")})
    path = write_scores(scored(frame), tmp_path / f"s{ending}")
    header = {
        ".csv": lambda: list(pd.read_csv(path).columns),
        ".xlsx": lambda: [cell.value for cell in openpyxl.load_workbook(path).active[1]],
        ".parquet": lambda: list(pd.read_parquet(path).columns),
    }[ending]()
    assert header == ["a", "upshot_probability"]


def test_xlsx_holds_strings_numbers_and_dates_but_no_formulas_or_links(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "text": ["=1+1", "https://example.com", None],
            "amount": ["-5.25", "007", "1.234,5"],
            "number": [1.5, float("nan"), float("inf")],
            "when": pd.to_datetime(["2024-05-01", None, "2024-05-02"]),
            "day": [datetime.date(1850, 1, 1), datetime.date(2024, 1, 1), None],
            "whole": pd.array([1, None, 3], "Int64"),
            "flag": pd.array([True, None, False], "boolean"),
        }
    )
    path = write_scores(scored(frame, numbers=frozenset({"amount"})), tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert not any(cell.data_type == "f" or cell.hyperlink for r in sheet.iter_rows() for cell in r)
    assert rows[0] == list(frame.columns)
    assert [row[0] for row in rows[1:]] == ["'=1+1", "https://example.com", None]
    assert [row[1] for row in rows[1:]] == [-5.25, "007", "1.234,5"]
    assert [row[2] for row in rows[1:]] == [1.5, None, None]
    assert rows[1][3] == datetime.datetime(2024, 5, 1)  # noqa: DTZ001
    assert rows[1][4] == "1850-01-01"
    assert [row[5] for row in rows[1:]] == [1, None, 3]
    assert [row[6] for row in rows[1:]] == [True, None, False]


def test_xlsx_refuses_more_rows_than_a_sheet_holds(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": range(1_048_576)})
    with pytest.raises(InputError, match="1,048,575 rows"):
        write_scores(scored(frame), tmp_path / "s.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_parquet_keeps_every_cell(tmp_path: Path) -> None:
    frame = pd.DataFrame({"t": DANGEROUS, "n": range(len(DANGEROUS))})
    path = write_scores(scored(frame), tmp_path / "s.parquet")
    assert pd.read_parquet(path)["t"].tolist() == DANGEROUS


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_scores(scored(pd.DataFrame({"a": [1]})), tmp_path / "s.doc")
    assert ".csv, .xlsx or .parquet" in caught.value.remedy


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_a_folder_that_does_not_exist_is_named_and_nothing_is_left(
    ending: str, tmp_path: Path
) -> None:
    with pytest.raises(FileProblem, match="cannot be written"):
        write_scores(scored(pd.DataFrame({"a": [1]})), tmp_path / "no" / f"s{ending}")


def test_the_old_file_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.csv"
    path.write_text("old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(FileProblem, match="No space left") as caught:
        write_scores(scored(pd.DataFrame({"a": [1]})), path)
    assert caught.value.remedy
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
