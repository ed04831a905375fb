"""A column's values at a glance, for profiles: small bars without axes."""

from __future__ import annotations

from collections.abc import Sequence

from upshot.explaining.wording import count
from upshot.reports.charts.base import WIDTH, Chart, Spec, hidden
from upshot.reports.charts.marks import BAR, layer, note, words
from upshot.wording import say

HEIGHT = 110


def histogram_chart(column: str, bins: Sequence[tuple[str, int]], title: str = "") -> Chart:
    """Draw how often each range of values occurs.

    Parameters
    ----------
    column : str
        The column's name.
    bins : sequence of (str, int)
        Label and number of rows, in order.
    title : str, optional
        The takeaway; by default the most frequent range is named.
    """
    top = max(bins, key=lambda one: one[1], default=("", 0))
    most = (
        say("Most often {value}, {rows} rows", value=top[0], rows=count(top[1]))
        if bins
        else say("No values")
    )
    return Chart(
        name=f"histogram-{column}",
        title=title or most,
        unit=say("Rows by value of {column}", column=column),
        spec=_spec(bins),
        headers=(say("Value"), say("Rows")),
        rows=tuple((label, count(number)) for label, number in bins),
    )


def _spec(bins: Sequence[tuple[str, int]]) -> Spec:
    bars = [{"place": place, "rows": number} for place, (_, number) in enumerate(bins)]
    x: Spec = {"field": "place", "type": "ordinal", "axis": None}
    layers = [layer(bars, {**BAR, "width": {"band": 0.9}}, x=x, y={**hidden("rows"), "axis": None})]
    ends = ((0, "left", bins[0][0]), (WIDTH, "right", bins[-1][0])) if bins else ()
    for position, align, said in ends:
        mark = note(align=align, baseline="top", dy=8, limit=WIDTH // 2 - 10)
        mark["fontSize"] = 16
        at: Spec = {"x": {"value": position}, "y": {"value": HEIGHT}}
        layers.append(layer([{"said": said}], mark, **at, text=words()))
    return {"width": WIDTH, "height": HEIGHT, "layer": layers}
