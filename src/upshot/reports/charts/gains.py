"""The gains curve: how many are reached by contacting how many."""

from __future__ import annotations

from upshot.explaining.facts import Gains, RuleFacts, Wording
from upshot.explaining.ranking import point_at
from upshot.explaining.wording import count, percent, percent_range, times
from upshot.reports.charts.base import WIDTH, Chart, Spec, hidden, quantity
from upshot.reports.charts.marks import (
    BAND_AREA,
    DASHED,
    DIAMOND,
    DOT,
    LINE,
    RULE,
    label,
    layer,
    note,
    words,
)
from upshot.wording import say

RULE_LABEL_LEFT = 0.75
"""Beyond this share there is no room to the right of the rule's mark."""
TABLE_SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)


def gains_chart(
    gains: Gains, wording: Wording, share: float | None = None, rule: RuleFacts | None = None
) -> Chart:
    """Draw the gains curve with the diagonal of random picking; `share` and `rule` are marked."""
    point = point_at(gains, share or 0.2)
    return Chart(
        name="gains",
        title=say(
            "The top {share} hold {reach} of {positives}",
            share=percent(point.share),
            reach=percent(point.reach),
            positives=wording.positives,
        ),
        unit=say(
            "Share of {positives} reached, by share of {unit} contacted",
            positives=wording.positives,
            unit=wording.unit,
        ),
        spec=_spec(gains, wording, point.share, rule),
        headers=(
            say("Contacted"),
            say("People"),
            say("Reached"),
            say("Share reached (95 % range)"),
            say("Against random"),
        ),
        rows=tuple(
            (
                percent(p.share),
                count(p.contacted),
                count(p.reached),
                _ranged(p.reach, p.reach_low, p.reach_high),
                times(p.lift),
            )
            for p in (point_at(gains, one) for one in TABLE_SHARES)
        )
        + _rule_rows(gains, rule),
    )


def _rule_rows(gains: Gains, rule: RuleFacts | None) -> tuple[tuple[str, ...], ...]:
    if rule is None or not rule.contacted or not gains.positives:
        return ()
    return (
        (
            say("your rule"),
            count(rule.contacted),
            count(rule.reached),
            _ranged(rule.reach, rule.reach_low, rule.reach_high),
            times(rule.precision / (gains.positives / gains.rows)),
        ),
    )


def _ranged(share: float, low: float, high: float) -> str:
    return say("{share} ({range})", share=percent(share), range=percent_range(low, high))


def _rule_layers(gains: Gains, rule: RuleFacts | None) -> list[Spec]:
    """A diamond where the person's own rule stands."""
    if rule is None or not rule.contacted:
        return []
    share = rule.contacted / gains.rows
    place = [{"share": share, "reach": rule.reach, "said": say("your rule")}]
    at: Spec = {"x": hidden("share"), "y": hidden("reach")}
    left = share > RULE_LABEL_LEFT
    mark = label(align="right" if left else "left", dx=-10 if left else 10, baseline="top", dy=4)
    return [layer(place, DIAMOND, **at), layer(place, mark, **at, text=words())]


def _spec(gains: Gains, wording: Wording, share: float, rule: RuleFacts | None) -> Spec:
    curve = _curve(gains)
    point = point_at(gains, share)
    said = say("{share} reached", share=percent(point.reach))
    marked = [{"share": point.share, "reach": point.reach, "zero": 0, "said": said}]
    random = [{"share": 0, "reach": 0}, {"share": 1, "reach": 1}]
    remark = [{"share": 0.66, "reach": 0.59, "said": say("picking at random")}]
    along = say("{unit} contacted, best first", unit=wording.unit)
    x = quantity("share", along, "%", (0, 1))
    low = quantity("low", None, "%", (0, 1))
    at: Spec = {"x": hidden("share"), "y": hidden("reach")}
    below = point.reach - point.share > 0.12
    place = {"baseline": "top", "dy": 4} if below else {"baseline": "bottom", "dy": -10}
    mark = label(align="left", dx=10, fontWeight="bold", **place)
    return {
        "width": WIDTH,
        "height": 280,
        "layer": [
            layer(curve, BAND_AREA, x=x, y=low, y2={"field": "high"}),
            layer(random, DASHED, **at),
            layer(remark, note(align="left"), **at, text=words()),
            layer(curve, LINE, **at),
            layer(
                marked,
                {**RULE, "strokeDash": [2, 3]},
                x=hidden("share"),
                y=hidden("zero"),
                y2={"field": "reach"},
            ),
            layer(marked, DOT, **at),
            layer(marked, mark, **at, text=words()),
            *_rule_layers(gains, rule),
        ],
    }


def _curve(gains: Gains) -> list[Spec]:
    start: Spec = {"share": 0.0, "reach": 0.0, "low": 0.0, "high": 0.0}
    return [start] + [
        {"share": p.share, "reach": p.reach, "low": p.reach_low, "high": p.reach_high}
        for p in gains.points
    ]
