"""What holds for every chart, whatever it shows."""

import re
from xml.etree import ElementTree

import pytest

from upshot.explaining.facts import Wording
from upshot.explaining.profit import profit
from upshot.learning.task import TaskKind
from upshot.reports.charts import (
    Chart,
    Progress,
    amounts_chart,
    calibration_chart,
    deciles_chart,
    drivers_chart,
    effects_chart,
    gains_chart,
    histogram_chart,
    profit_chart,
    progress_chart,
)

from .made_up import HOSTILE, WORDING, answer, driver

BINARY, AMOUNTS = answer(), answer(TaskKind.REGRESSION)
HOSTILE_WORDING = Wording(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
PROGRESS = (
    Progress(1.0, "linear-1", -0.40, -0.40),
    Progress(3.0, "catboost-1", -0.35, -0.35),
    Progress(4.0, "network-1", None, -0.35),
    Progress(9.0, "catboost-2", -0.90, -0.34),
)
CHARTS: dict[str, Chart] = {
    "gains": gains_chart(BINARY.gains, WORDING, 0.2),
    "gains hostile": gains_chart(BINARY.gains, HOSTILE_WORDING),
    "deciles": deciles_chart(BINARY.deciles, WORDING),
    "deciles of amounts": deciles_chart(AMOUNTS.deciles, WORDING, amounts=True),
    "calibration": calibration_chart(BINARY.calibration),
    "one calibration group": calibration_chart(BINARY.calibration[:1]),
    "drivers": drivers_chart(BINARY.drivers),
    "drivers hostile": drivers_chart((driver(HOSTILE),)),
    "effects": effects_chart(driver(), WORDING),
    "effects of amounts": effects_chart(driver(), WORDING, amounts=True),
    "effects of a class": effects_chart(driver(about="Gold"), WORDING),
    "histogram": histogram_chart("age", [("18 to 30", 40), ("31 to 50", 90), ("51 to 80", 20)]),
    "histogram hostile": histogram_chart(HOSTILE, [(HOSTILE, 4)]),
    "empty histogram": histogram_chart("age", []),
    "progress": progress_chart(PROGRESS, "log_loss"),
    "progress at the start": progress_chart((), "log_loss"),
    "amounts": amounts_chart(AMOUNTS.amounts),
    "profit": profit_chart(profit(BINARY.gains, 1.0, 10.0, people=20_000)),
    "profit that never pays": profit_chart(profit(BINARY.gains, 10.0, 1.0)),
}


@pytest.fixture(params=CHARTS, scope="module")
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]


@pytest.fixture(scope="module")
def drawn(chart: Chart) -> str:
    return chart.svg("here")


def test_a_drawing_scales_and_has_a_name(chart: Chart, drawn: str) -> None:
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label") == chart.label
    assert "`" not in chart.label
    assert root.get("viewBox")
    assert root.get("width") is None


def test_a_drawing_is_safe_under_a_strict_policy(drawn: str) -> None:
    assert "<script" not in drawn
    assert not re.search(r"\s(style|on\w+)=", drawn)
    assert not re.search(r"(href|src)=", drawn)


def test_colours_follow_the_page_with_a_fallback(chart: Chart, drawn: str) -> None:
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn)) - {"none", "transparent"}
    assert colours or not chart.rows
    assert all(re.match(r"var\(--[\w-]+, .+\)$", colour) for colour in colours)


def test_ids_belong_to_the_drawing(drawn: str) -> None:
    names = re.findall(r'\bid="([^"]+)"', drawn)
    assert all(name.startswith("here-") for name in names)
    assert set(re.findall(r"url\(#([^)]+)\)", drawn)) <= set(names)


def test_the_table_has_a_cell_under_every_head(chart: Chart) -> None:
    assert all(len(row) == len(chart.headers) for row in chart.rows)
    assert all(isinstance(cell, str) for row in chart.rows for cell in row)


def test_a_drawing_is_light(drawn: str) -> None:
    assert len(drawn) < 120_000


def test_gains_say_what_the_marked_share_reaches() -> None:
    point = BINARY.gains.points[19]
    assert CHARTS["gains"].title == f"The top 20 % hold {point.reach * 100:.0f} % of buyers"


def test_bars_are_drawn() -> None:
    marks = re.findall(r"<path[^>]*chart-1", CHARTS["deciles"].svg())
    assert len(marks) == 10


def test_progress_says_when_the_best_answer_came() -> None:
    assert CHARTS["progress"].title == (
        "4 candidates tried; the best answer so far came after 9 seconds"
    )
    assert progress_chart(PROGRESS, "").unit.startswith("Score (higher is better)")
