from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from upshot.errors import Note
from upshot.explaining.facts import Answer, CurvePoint, MoreData, Verdict
from upshot.learning.task import TaskKind
from upshot.reports.charts import deciles_chart, gains_chart
from upshot.reports.slide_parts import MOST_POINTS, NO_BREAK, Hand, Place, fitting
from upshot.reports.slides import noted, write_slides
from upshot.reports.trust import limits, method

from .made_up import answer, driver


def opened(facts: Answer) -> Any:
    kept = io.BytesIO()
    write_slides(facts, kept)
    kept.seek(0)
    return Presentation(kept)


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text.replace(NO_BREAK, " ") for slide in deck.slides]


def charts(deck: Any) -> dict[str, Any]:
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    return {shape.name: shape.chart for shape in shapes if shape.has_chart}


CHARTS = {
    TaskKind.BINARY: ["Gains", "Deciles", "Drivers", "Reliability"],
    TaskKind.MULTICLASS: ["Drivers", "Reliability"],
    TaskKind.REGRESSION: ["Deciles", "Drivers", "Reliability"],
}


@pytest.mark.parametrize("kind", list(TaskKind))
def test_every_kind_of_answer_has_its_charts(kind: TaskKind) -> None:
    assert list(charts(opened(answer(kind)))) == CHARTS[kind]


def test_the_verdict_comes_first_and_titles_are_the_pages_sentences() -> None:
    facts = answer()
    assert facts.gains is not None
    shown = titles(opened(facts))
    assert shown[0] == facts.verdict.sentence
    assert gains_chart(facts.gains, facts.wording, facts.verdict.share).title in shown
    assert deciles_chart(facts.deciles, facts.wording).title in shown
    assert method(facts)[0] in shown
    assert limits(facts)[0] in shown
    assert len(set(shown)) == len(shown)


def test_charts_are_native_with_the_figures_inside() -> None:
    facts = answer()
    assert facts.gains is not None
    found = charts(opened(facts))
    assert found["Gains"].chart_type == XL_CHART_TYPE.LINE
    assert found["Deciles"].chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED
    assert found["Drivers"].chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    reached = list(found["Gains"].plots[0].series[1].values)
    assert len(reached) == 21
    assert reached[-1] == pytest.approx(1.0)
    inside = found["Gains"].part.chart_workbook.xlsx_part.blob
    assert openpyxl.load_workbook(io.BytesIO(inside)).active["C2"].value == 0


def test_every_chart_says_what_it_shows_to_those_who_cannot_see_it() -> None:
    for slide in opened(answer()).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_nothing_of_a_file_becomes_a_formula_in_a_charts_workbook() -> None:
    found = charts(opened(answer(drivers=(driver("=HYPERLINK(1)"),))))
    inside = found["Drivers"].part.chart_workbook.xlsx_part.blob
    cell = openpyxl.load_workbook(io.BytesIO(inside)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", "'=HYPERLINK(1)")


def test_text_no_xml_can_hold_does_not_stop_it() -> None:
    found = charts(opened(answer(drivers=(driver("a\x00<b>\x1f\ud800&"),))))
    assert list(found["Drivers"].plots[0].categories) == ["a<b>&"]


def test_all_text_stays_on_the_slide() -> None:
    deck = opened(answer(drivers=(driver("x" * 3_000),)))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
        assert len(slide.shapes.title.text) <= 300


def test_an_answer_without_facts_still_has_slides(tmp_path: Path) -> None:
    bare = answer(
        verdict=Verdict("nothing", "The data cannot tell."),
        gains=None,
        deciles=(),
        calibration=(),
        drivers=(),
        warnings=(),
        candidates=(),
        ensemble=(),
    )
    write_slides(bare, tmp_path / "bare.pptx")
    deck = Presentation(str(tmp_path / "bare.pptx"))
    assert titles(deck)[0] == "The data cannot tell."
    assert charts(deck) == {}


def test_each_driver_says_on_the_slide_whether_it_can_be_changed() -> None:
    drivers = (replace(driver("price"), lever="change"), replace(driver("age"), lever="fixed"))
    texts = [
        shape.text
        for slide in opened(answer(drivers=drivers)).slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    assert any("You can change it: price." in text for text in texts)
    assert any("You cannot change it: age." in text for text in texts)


def test_many_remarks_are_one_line_each_and_say_what_they_share_once() -> None:
    notes = [
        Note("leak", f"`{name}` may give it away. A long reason follows.", name, "Ignore it.")
        for name in "abcdefghi"
    ]
    points = noted(notes)
    assert points[0] == "`a` may give it away."
    assert points[-2:] == ("4 more are in the report.", "Ignore it.")
    assert len(points) <= MOST_POINTS
    assert noted(notes[:1]) == ("`a` may give it away. A long reason follows. Ignore it.",)


def test_letters_are_as_large_as_the_place_allows() -> None:
    place = Place(0, 0, 8, 2)
    assert fitting(["Short."], place, Hand(28)) == 28
    assert fitting(["A sentence that goes on. " * 12], place, Hand(28)) < 20
    assert fitting(["word " * 5_000], place, Hand(28)) == 10


def test_what_is_expected_of_more_rows_is_no_measurement() -> None:
    measured = (CurvePoint(100, 0.6, 0.5, 0.7), CurvePoint(200, 0.7, 0.6, 0.8))
    more = MoreData("pairs", measured, (CurvePoint(400, 0.8, 0.7, 0.9),), "helps", "It helps.")
    plot = charts(opened(answer(more_data=more)))["More data"].plots[0]
    assert [series.name for series in plot.series] == ["Expected", "Measured"]
    assert [list(series.values) for series in plot.series] == [[None, None, 0.8], [0.6, 0.7, None]]
    assert plot.overlap == 100


def test_a_unit_stays_with_its_number() -> None:
    title = opened(answer()).slides[0].shapes.title.text
    assert f"20{NO_BREAK}%" in title
