"""The learning curve: how good models of fewer rows are, and the curve drawn on."""

from __future__ import annotations

from upshot.explaining.facts import CurvePoint, MoreData
from upshot.explaining.wording import count, digits
from upshot.reports.charts.base import WIDTH, Chart, Spec, hidden, quantity
from upshot.reports.charts.marks import BAND_AREA, DASHED, DOT, LINE, layer
from upshot.wording import mark, say

UNITS = {
    "pairs": mark("Of 100 pairs in the right order, by rows learned from; dashed: expected"),
    "right": mark("Right answers of 100, by rows learned from; dashed: expected"),
    "explained": mark("Per cent of differences explained, by rows learned from; dashed: expected"),
}


def more_data_chart(facts: MoreData) -> Chart:
    """Draw what was measured, and what is expected of more rows."""
    points = (*facts.measured, *facts.expected)
    return Chart(
        name="more-data",
        title=facts.sentence,
        unit=say(UNITS[facts.measure]),
        spec=_spec(facts),
        headers=(say("Rows"), say("Of 100"), say("95 % range"), say("Known from")),
        rows=tuple(
            (
                count(p.rows),
                digits(100 * p.value, ".1f"),
                say(
                    "{low} – {high}",
                    low=digits(100 * p.low, ".1f"),
                    high=digits(100 * p.high, ".1f"),
                ),
                say("measured") if place < len(facts.measured) else say("expected"),
            )
            for place, p in enumerate(points)
        ),
    )


def _record(point: CurvePoint) -> Spec:
    return {
        "rows": point.rows,
        "value": 100 * point.value,
        "low": 100 * point.low,
        "high": 100 * point.high,
    }


def _spec(facts: MoreData) -> Spec:
    measured = [_record(point) for point in facts.measured]
    ahead = [measured[-1], *(_record(point) for point in facts.expected)]
    rows = quantity("rows", say("rows learned from"), ".2~s")
    # Each point has twice the rows of the one before: a logarithmic scale sets them evenly.
    x = {**rows, "scale": {"type": "log", "base": 2, "nice": False}}
    low = {**quantity("low", None, ".3~g"), "scale": {"zero": False, "nice": True}}
    at: Spec = {"x": hidden("rows"), "y": hidden("value")}
    return {
        "width": WIDTH,
        "height": 220,
        "layer": [
            layer([*measured, *ahead[1:]], BAND_AREA, x=x, y=low, y2={"field": "high"}),
            layer(measured, LINE, **at),
            layer(ahead, DASHED, **at),
            layer(measured, DOT, **at),
        ],
    }
