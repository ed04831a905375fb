from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from upshot.explaining.facts import Answer, Verdict
from upshot.learning.task import TaskKind
from upshot.reports.workbook import write_workbook

from .made_up import answer, driver


def written(facts: Answer) -> io.BytesIO:
    kept = io.BytesIO()
    write_workbook(facts, kept)
    kept.seek(0)
    return kept


def opened(facts: Answer) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written(facts))


CHECK = "Figures of the check"
SHEETS = {
    TaskKind.BINARY: ["Summary", "Gains", "Deciles", "Drivers", "Reliability", CHECK, "Candidates"],
    TaskKind.MULTICLASS: ["Summary", "Drivers", "Reliability", CHECK, "Outcomes", "Candidates"],
    TaskKind.REGRESSION: ["Summary", "Deciles", "Drivers", "Reliability", CHECK, "Candidates"],
}


@pytest.mark.parametrize("kind", list(TaskKind))
def test_every_kind_of_answer_has_its_sheets_with_charts_and_frozen_heads(kind: TaskKind) -> None:
    book = opened(answer(kind))
    assert book.sheetnames == SHEETS[kind]
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    for name in set(book.sheetnames) & {"Gains", "Deciles", "Drivers", "Reliability"}:
        assert len(book[name]._charts) == 1


def test_figures_are_numbers_with_formats() -> None:
    facts = answer()
    sheet = opened(facts)["Gains"]
    assert facts.gains is not None
    assert sheet.max_row == len(facts.gains.points) + 2
    assert sheet["E3"].value == pytest.approx(facts.gains.points[0].reach)
    assert sheet["E3"].number_format == "0.0%"
    assert sheet["B3"].number_format == "#,##0"


def test_the_summary_opens_with_the_verdict() -> None:
    facts = answer()
    sheet = opened(facts)["Summary"]
    assert (sheet["A1"].value, sheet["B1"].value) == ("Who will buy?", facts.verdict.sentence)
    texts = [str(cell.value) for row in sheet for cell in row]
    assert any("Ignore." in text for text in texts)
    measured = [str(row[0].value) for row in opened(facts)[CHECK]]
    assert measured[0] == "Figure"
    assert "Right order, of 100 pairs" in measured


def test_long_sentences_have_room_in_every_program_and_on_paper() -> None:
    long = "A sentence that goes on. " * 20
    book = opened(answer(verdict=Verdict("good", "Contact them.", (long,))))
    sheet = book["Summary"]
    row = next(row for row in sheet if row[1].value == long.strip() or row[1].value == long)
    assert sheet.row_dimensions[row[1].row].height >= 15 * len(long) / 90
    for one in book:
        assert one.page_setup.orientation == "landscape"
        assert one.sheet_properties.pageSetUpPr.fitToPage
        assert one.page_setup.fitToHeight == 0
        assert one.print_title_rows == "$1:$1"


def test_candidates_are_listed_with_what_became_of_them() -> None:
    rows = list(opened(answer())["Candidates"].values)
    assert rows[1][:4] == ("catboost-1", "CatBoost", -0.31, 1)
    assert "PyTorch is missing." in rows[2]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@SUM(1)", "+cmd|' /C calc'!A0", "http://x.y"])
def test_nothing_of_a_file_becomes_a_formula_or_a_link(name: str) -> None:
    kept = written(answer(drivers=(driver(name),), file=name))
    sheet = openpyxl.load_workbook(kept)["Drivers"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].hyperlink is None
    assert str(sheet["A2"].value)[0] in "'h"
    with zipfile.ZipFile(kept) as parts:
        for part in parts.namelist():
            if "worksheets/" in part:
                assert b"<f>" not in parts.read(part)
            if "charts/chart" in part:
                ranges = re.findall(rb"<c:f>(.*?)</c:f>", parts.read(part))
                assert all(re.fullmatch(rb"\w+![$:A-Z0-9]+", one) for one in ranges)


def test_text_no_xml_can_hold_does_not_stop_it() -> None:
    sheet = opened(answer(drivers=(driver("a\x00b\x1f\ud800c"),)))["Drivers"]
    assert sheet["A2"].value == "abc"


def test_an_answer_without_facts_still_has_a_workbook() -> None:
    bare = answer(
        verdict=Verdict("nothing", "The data cannot tell."),
        gains=None,
        deciles=(),
        calibration=(),
        drivers=(),
        candidates=(),
        ensemble=(),
        holdout={},
    )
    assert opened(bare).sheetnames == ["Summary", "Candidates"]


def test_the_strongest_driver_stands_on_top() -> None:
    chart = opened(answer())["Drivers"]._charts[0]
    assert chart.barDir == "bar"
    assert chart.x_axis.scaling.orientation == "maxMin"
    assert chart.y_axis.scaling.orientation == "minMax"


def test_an_address_of_a_cell_in_a_name_stays_text() -> None:
    kept = written(answer(drivers=(driver("Sheet!B1"),)))
    with zipfile.ZipFile(kept) as parts:
        assert b"Sheet! B1 matters most" in parts.read("xl/charts/chart3.xml")
