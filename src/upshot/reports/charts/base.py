"""What every chart shares: a frozen description, one look, and the way to SVG text.

Colours are CSS variables with fallbacks, so that the same drawing serves light, dark and print.
Nothing is told by colour alone: marks carry labels, and the figures come along as table rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from upshot.wording import mark, number_marks, say

Spec = dict[str, Any]

WIDTH = 440
FONT_SIZE = 13

INK = "var(--chart-ink, #1b2429)"
INK_SOFT = "var(--chart-ink-soft, #515c62)"
GRID = "var(--chart-grid, #e4e0d6)"
MUTED = "var(--chart-muted, #b5b0a3)"
FIRST = "var(--chart-1, #0b5a60)"
SECOND = "var(--chart-2, #d98200)"
BAND = "var(--chart-band, rgb(11 90 96 / 14%))"
SURFACE = "var(--surface, #ffffff)"

CONFIG: Spec = {
    "aria": False,
    "background": None,
    "font": "sans-serif",
    "padding": {"left": 10, "right": 10, "top": 6, "bottom": 6},
    "view": {"stroke": None},
    "text": {"fontSize": FONT_SIZE, "color": INK},
    "axis": {
        "labelColor": INK_SOFT,
        "labelFontSize": FONT_SIZE - 1,
        "titleColor": INK_SOFT,
        "titleFontSize": FONT_SIZE - 1,
        "titleFontWeight": "normal",
        "titlePadding": 8,
        "gridColor": GRID,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "labelLimit": 170,
    },
}


@dataclass(frozen=True)
class Chart:
    """One chart: what it says, how it is drawn, and its figures as a table.

    Attributes
    ----------
    name : str
        Slug, such as ``"gains"``.
    title : str
        The takeaway, one sentence.
    unit : str
        What the axes measure, one line; may be empty.
    spec : mapping
        Vega-Lite specification without configuration.
    headers : tuple of str
        Column heads of the table.
    rows : tuple of tuple of str
        The same figures in words.
    """

    name: str
    title: str
    unit: str
    spec: Mapping[str, Any]
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def label(self) -> str:
        """What a screen reader says: the takeaway and the unit, without marks."""
        return f"{str(self.title).rstrip('.')}. {self.unit}".strip().replace("`", "")

    def svg(self, identifier: str = "") -> str:
        """Draw the chart as SVG text.

        Parameters
        ----------
        identifier : str, optional
            Prefix of every id inside, unique on the page; the chart's name when empty.
        """
        import vl_convert

        drawn = vl_convert.vegalite_to_svg(
            {**_spoken(self.spec), "config": CONFIG},
            allowed_base_urls=[],
            show_warnings=False,
            format_locale=_number_locale(),
        )
        return _embedded(drawn, identifier or self.name, self.label)


def _spoken(part: Any) -> Any:
    """A part of a specification as plain values, its sentences in the reader's language."""
    if isinstance(part, str):
        return str(part)
    if isinstance(part, Mapping):
        return {key: _spoken(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_spoken(value) for value in part]
    return part


def _number_locale() -> dict[str, Any]:
    """How d3 writes numbers (https://d3js.org/d3-format#formatLocale): as our sentences do."""
    grouping, decimal = number_marks()
    return {
        "decimal": decimal,
        "thousands": grouping,
        "grouping": [3],
        "currency": ["", ""],
    }


THOUSANDS = {"k": mark("k"), "M": mark("M"), "G": mark("G")}
"""What stands behind a short number on an axis: d3's prefixes, and what people say."""


_NOISE = re.compile(
    r' (?:role="graphics-[^"]*"|aria-roledescription="[^"]*"|aria-hidden="true"'
    r'|pointer-events="none"|opacity="1"|stroke-miterlimit="10"|xmlns:xlink="[^"]*"'
    r'|class="[^"]*")'
)
_EMPTY = re.compile(r'<path class="(?:background|foreground)"[^>]*/>')
_OPENING = re.compile(r"<svg[^>]*>")


def _embedded(drawn: str, identifier: str, label: str) -> str:
    """Make a drawing fit for a page: scalable, named, its ids its own, nothing superfluous."""
    slug = re.sub(r"[^a-zA-Z0-9-]+", "-", identifier).strip("-") or "chart"
    opening = _OPENING.match(drawn)
    box = re.search(r'viewBox="[^"]*"', drawn)
    if opening is None or box is None:
        raise ValueError("The chart library returned no SVG.")
    body = _NOISE.sub("", _EMPTY.sub("", drawn[opening.end() :]))
    body = re.sub(r'\bid="([^"]+)"', rf'id="{slug}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{slug}-\1)", body)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box.group(0)} role="img" '
        f'aria-label={quoteattr(label)} class="chart__drawing">'
    )
    return head + body


def values(records: Sequence[Mapping[str, Any]]) -> Spec:
    """Return records as the data of a specification."""
    return {"values": [dict(record) for record in records]}


def quantity(
    field: str, title: str | None, form: str = "", domain: Sequence[float] | None = None
) -> Spec:
    """Return a quantitative position with an axis."""
    axis: Spec = {"title": title, "tickCount": 5}
    if form == "%":
        axis["labelExpr"] = "format(datum.value * 100, '.3~g') + ' %'"
    elif form:
        axis["labelExpr"] = _short_number(f"format(datum.value, '{form}')")
    encoding: Spec = {"field": field, "type": "quantitative", "axis": axis}
    if domain is not None:
        encoding["scale"] = {"domain": list(domain), "nice": False}
    return encoding


def _short_number(expression: str) -> str:
    for prefix, template in THOUSANDS.items():
        said = str(say(template))
        if said != prefix:
            expression = f"replace({expression}, '{prefix}', '{said}')"
    return expression


def hidden(field: str) -> Spec:
    """Return a position on a scale that another layer's axis explains."""
    return {"field": field, "type": "quantitative"}
