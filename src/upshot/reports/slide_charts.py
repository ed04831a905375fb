"""Charts on slides that PowerPoint draws and people edit."""

from __future__ import annotations

from typing import Any

from upshot.reports.native import Figures, label_form, said
from upshot.reports.slide_parts import BESIDE, MODEL, Place

GRID = "e4e0d6"
_MOST_ALONG = 11
"""Marks along an axis that have room for their names."""


def add_chart(slide: Any, figures: Figures, place: Place) -> None:
    """Draw figures on a slide, with their numbers inside."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    shapes = {
        "line": XL_CHART_TYPE.LINE,
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    }
    data = CategoryChartData(number_format=figures.forms[figures.drawn[0]])
    data.categories = figures.labels()
    for column in figures.drawn:
        values = [row[column] for row in figures.drawn_rows()]
        data.add_series(said(figures.headers[column]), values)
    where = map(Inches, (place.left, place.top, place.width, place.height))
    frame = slide.shapes.add_chart(shapes[figures.shape], *where, data)
    frame.name = str(figures.name)
    # The library has no public way to say what a chart shows to those who cannot see it.
    described = said(f"{figures.title}. {figures.unit}")
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described)
    _dress(frame.chart, figures)
    _colour(frame.chart, figures)


def _dress(chart: Any, figures: Figures) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    form = label_form(figures)
    chart.has_title = False
    chart.font.size = Pt(12)
    chart.has_legend = len(figures.drawn) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    chart.value_axis.tick_labels.number_format = form
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.category_axis.reverse_order = figures.shape == "bars"
    if figures.shape == "line":
        _dress_line(chart, figures)
        return
    # The labels say the figures, so that their axis is not needed.
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.number_format = form
    plot.data_labels.number_format_is_linked = False
    plot.data_labels.font.size = Pt(11)
    plot.gap_width = 60
    if figures.is_either:
        plot.overlap = 100
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    # Bars are compared by their length, which begins at nothing.
    chart.value_axis.minimum_scale = 0


def _dress_line(chart: Any, figures: Figures) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    axis = chart.value_axis
    if figures.is_share:
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1, 0.2
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(GRID.upper())
    axis.format.line.fill.background()
    # Below what is lost, not across it.
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    every = -(-len(figures.drawn_rows()) // _MOST_ALONG)
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        _skip(chart.category_axis._element, name, every)


def _skip(axis: Any, name: str, every: int) -> None:
    """Name only every so many marks; the library has no public way to say so."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    made = parse_xml(f'<{name} {nsdecls("c")} val="{every}"/>')
    last = axis.find(qn("c:noMultiLvlLbl"))
    if last is None:
        axis.append(made)
    else:
        last.addprevious(made)


def _colour(chart: Any, figures: Figures) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

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
            series.invert_if_negative = False
