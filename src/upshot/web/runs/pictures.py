"""The pictures of an answer, drawn once when a run ends and kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from upshot.explaining.facts import Answer, ProfitFacts
from upshot.wording import LANGUAGES, SOURCE, current, speaking

if TYPE_CHECKING:
    from upshot.reports.charts.base import Chart

MOST_EFFECTS = 6
"""Drivers whose effect is drawn; the others are told in words."""

CACHED_PICTURES = 64

Drawn = TypeVar("Drawn")


def draw(answer: Answer) -> dict[str, dict[str, Any]]:
    """Every picture of an answer by name: title, unit, SVG text and the same figures as a table."""
    return {name: kept(chart, name) for name, chart in _charts(answer)}


def draw_in_others(draw_one: Callable[[], Drawn]) -> dict[str, Drawn]:
    """What `draw_one` draws, in every language but the source's, by its code."""
    drawn = {}
    for language in LANGUAGES:
        if language != SOURCE:
            with speaking(language):
                drawn[language] = draw_one()
    return drawn


def kept(chart: Chart, name: str) -> dict[str, Any]:
    """A chart as plain values, drawn in the language being spoken."""
    return {
        "title": str(chart.title),
        "unit": str(chart.unit),
        "svg": chart.svg(name),
        "headers": [str(header) for header in chart.headers],
        "rows": [[str(cell) for cell in row] for row in chart.rows],
    }


def progress_picture(points: tuple[tuple[float, str, float | None, float | None], ...]) -> Any:
    """The chart that grows while learning; drawn again only when a candidate was added."""
    return _progress_picture(points, current())


@lru_cache(maxsize=CACHED_PICTURES)
def _progress_picture(
    points: tuple[tuple[float, str, float | None, float | None], ...], language: str
) -> Any:
    from upshot.reports.charts.progress import Progress, progress_chart

    chart = progress_chart([Progress(*point) for point in points], "")
    return kept(chart, "progress")


def profit_picture(profit: ProfitFacts) -> dict[str, Any]:
    """Profit by cut-off."""
    from upshot.reports.charts.profit import profit_chart

    return kept(profit_chart(profit), "profit")


def _charts(answer: Answer) -> Iterator[tuple[str, Chart]]:
    from upshot.reports.charts.amounts import amounts_chart
    from upshot.reports.charts.calibration import calibration_chart
    from upshot.reports.charts.deciles import deciles_chart
    from upshot.reports.charts.drivers import drivers_chart, effects_chart
    from upshot.reports.charts.gains import gains_chart
    from upshot.reports.charts.more_data import more_data_chart

    are_amounts = answer.amounts is not None
    if answer.gains is not None:
        yield "gains", gains_chart(answer.gains, answer.wording, answer.verdict.share, answer.rule)
    if answer.deciles:
        yield "deciles", deciles_chart(answer.deciles, answer.wording, amounts=are_amounts)
    if answer.calibration:
        yield "calibration", calibration_chart(answer.calibration)
    if answer.amounts is not None:
        yield "amounts", amounts_chart(answer.amounts)
    if answer.more_data is not None:
        yield "more-data", more_data_chart(answer.more_data)
    if answer.drivers:
        yield "drivers", drivers_chart(answer.drivers)
    for place, driver in enumerate(answer.drivers[:MOST_EFFECTS], start=1):
        if driver.effects:
            chart = effects_chart(driver, answer.wording, amounts=are_amounts)
            yield f"effects-{place}", chart
