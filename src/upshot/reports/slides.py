"""An answer as PowerPoint slides: one takeaway each, with charts people can edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from upshot.explaining.facts import Answer
from upshot.reports import sections, trust
from upshot.reports.native import Figures, figures_of, said

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.7
"""Inches: a wide screen, as PowerPoint makes it."""
LONGEST_TITLE = 300
LONGEST_POINT, LONGEST_BESIDE = 400, 220
"""Characters of a point that has the whole width, and of one beside a chart."""
MUCH_TEXT = 700
"""Characters on one slide that need a smaller hand."""
MOST_POINTS = 7
INK, MODEL, BESIDE = "1b2429", "0b5a60", "b5b0a3"
"""Colours of the report's charts."""


@dataclass(frozen=True)
class Slide:
    """One slide: a takeaway, with a chart, with points, or with both."""

    title: str
    points: tuple[str, ...] = ()
    figures: Figures | None = None


def write_slides(answer: Answer, target: Path | BinaryIO) -> None:
    """Write an answer as PowerPoint slides.

    Parameters
    ----------
    answer : Answer
        The facts.
    target : Path or binary file
        Where to write them.
    """
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.core_properties.title = said(answer.wording.title)[:LONGEST_TITLE]
    deck.core_properties.author = "Upshot"
    _opening(deck, answer)
    for slide in slides_of(answer):
        _slide(deck, slide)
    deck.save(str(target) if isinstance(target, Path) else target)


def slides_of(answer: Answer) -> Iterator[Slide]:
    """Arrange what follows the verdict, the same sentences as the page."""
    drivers = tuple(driver.sentence for driver in answer.drivers[:3])
    sayings = trust.calibration_sayings(answer) + trust.amount_sayings(answer)
    beside = {"Drivers": drivers, "Reliability": sayings}
    notes = tuple(
        f"{note.message} {note.remedy}".strip() for note in sections.warnings(answer.warnings)
    )
    yield from _told(notes)
    for figures in figures_of(answer):
        yield Slide(figures.title, beside.get(figures.name, (figures.unit,)), figures)
    if answer.segments is not None:
        found = answer.segments
        yield from _told((found.sentence, *(segment.words for segment in found.segments)))
    yield from _told((*trust.method(answer), trust.recipe(answer)))
    yield from _told(trust.limits(answer))
    yield from _told(answer.verdict.actions)


def _told(sentences: Sequence[str]) -> Iterator[Slide]:
    """Make the first sentence the takeaway; without any there is no slide."""
    if sentences:
        yield Slide(sentences[0], tuple(sentences[1:]))


def _opening(deck: Any, answer: Answer) -> None:
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[0])
    _put(slide.shapes.title, (MARGIN, 1.5, WIDTH - 2 * MARGIN, 2.4))
    _write_title(slide.shapes.title, answer.verdict.sentence, 36)
    below = slide.placeholders[1]
    _put(below, (MARGIN, 4.1, WIDTH - 2 * MARGIN, 2.4))
    keys = tuple(map(sections.key_line, sections.key_figures(answer)))
    lines = (sections.light(answer)[0], *keys, *answer.verdict.reasons)
    _write_points(below.text_frame, lines, 18)
    foot = slide.shapes.add_textbox(
        Inches(MARGIN), Inches(6.7), Inches(WIDTH - 2 * MARGIN), Inches(0.5)
    )
    origin = " · ".join(map(str, (answer.wording.title, *sections.origin(answer))))
    _write_points(foot.text_frame, (origin,), 12)


def _slide(deck: Any, slide: Slide) -> None:
    # The layout with a body keeps points in the outline; one without takes a chart alone.
    layout = deck.slide_layouts[1 if slide.points else 5]
    made = deck.slides.add_slide(layout)
    _put(made.shapes.title, (MARGIN, 0.4, WIDTH - 2 * MARGIN, 1.2))
    _write_title(made.shapes.title, slide.title, 28)
    width = WIDTH - 2 * MARGIN
    if slide.figures is not None:
        _add_chart(made, slide.figures, (MARGIN, 1.7, 8.2, 5.2))
    if slide.points:
        body = made.placeholders[1]
        left = (MARGIN, width) if slide.figures is None else (9.2, WIDTH - 9.2 - MARGIN)
        _put(body, (left[0], 1.8, left[1], 5.0))
        most = LONGEST_POINT if slide.figures is None else LONGEST_BESIDE
        points = tuple(_cut(point, most) for point in slide.points)
        much = sum(len(point) for point in points) > MUCH_TEXT
        _write_points(body.text_frame, points, 14 if slide.figures or much else 20)


def _put(shape: Any, place: tuple[float, float, float, float]) -> None:
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in place)


def _write_title(shape: Any, text: str, size: int) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    shown = _cut(text, LONGEST_TITLE)
    frame = shape.text_frame
    frame.text = shown
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    # A long sentence still has to fit the two or three lines of a title.
    paragraph.font.size = Pt(size if len(shown) <= 110 else size * 2 / 3)
    paragraph.font.bold = True
    paragraph.font.color.rgb = RGBColor.from_string(INK.upper())


def _write_points(frame: Any, points: Sequence[str], size: int) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    for place, point in enumerate(points[:MOST_POINTS]):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = _cut(point, LONGEST_POINT)
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size = Pt(size)
        paragraph.font.color.rgb = RGBColor.from_string(INK.upper())
        paragraph.space_after = Pt(8)


def _cut(text: str, most: int) -> str:
    shown = said(text)
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def _add_chart(slide: Any, figures: Figures, place: tuple[float, float, float, float]) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    shapes = {
        "line": XL_CHART_TYPE.LINE,
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    }
    form = figures.forms[figures.drawn[0]]
    data = CategoryChartData(number_format=form)
    data.categories = figures.labels()
    for column in figures.drawn:
        values = [row[column] for row in figures.drawn_rows()]
        data.add_series(said(figures.headers[column]), values)
    where = (Inches(one) for one in place)
    frame = slide.shapes.add_chart(shapes[figures.shape], *where, data)
    frame.name = str(figures.name)
    # The library has no public way to say what a chart shows to those who cannot see it.
    described = said(f"{figures.title}. {figures.unit}")
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described)
    _dress(frame.chart, figures, form)


def _dress(chart: Any, figures: Figures, form: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.has_title = False
    chart.font.size = Pt(12)
    chart.has_legend = len(figures.drawn) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    chart.value_axis.tick_labels.number_format = form.replace(".0%", "%")
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xE4, 0xE0, 0xD6)
    if figures.shape != "line":
        # The labels say the figures, so that their axis is not needed.
        plot = chart.plots[0]
        plot.has_data_labels = True
        plot.data_labels.number_format = form.replace(".0%", "%")
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.font.size = Pt(11)
        plot.gap_width = 60
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
    else:
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 1
    chart.category_axis.reverse_order = figures.shape == "bars"
    colours = (MODEL,) if len(figures.drawn) == 1 else (BESIDE, MODEL)
    for series, colour in zip(chart.plots[0].series, colours, strict=True):
        look = RGBColor.from_string(colour.upper())
        if figures.shape == "line":
            series.format.line.color.rgb = look
            series.format.line.width = Pt(2.5)
            series.smooth = False
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = look
