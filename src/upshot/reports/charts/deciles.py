"""Ten groups by predicted value."""

from __future__ import annotations

from upshot.explaining.facts import Decile, Wording
from upshot.explaining.wording import amount, count, percent, times
from upshot.reports.charts.base import WIDTH, Chart, Spec, hidden
from upshot.reports.charts.marks import BAR, DASHED_RULE, HALO, label, layer, note, words
from upshot.wording import say


def deciles_chart(deciles: tuple[Decile, ...], wording: Wording, *, amounts: bool = False) -> Chart:
    """Draw the outcome of each tenth, the highest predicted first."""
    first, last = deciles[0], deciles[-1]
    written = amount if amounts else percent
    if amounts:
        title = say(
            "The top tenth is worth {first} on average, the last {last}",
            first=written(first.outcome),
            last=written(last.outcome),
        )
        unit = say("Mean amount per tenth, highest predicted first")
    else:
        title = say(
            "In the top tenth {first} are {positives}, in the last {last}",
            first=written(first.outcome),
            positives=wording.positives,
            last=written(last.outcome),
        )
        unit = say(
            "Share of {positives} per tenth of {unit}, highest predicted first",
            positives=wording.positives,
            unit=wording.unit,
        )
    return Chart(
        name="deciles",
        title=title,
        unit=unit,
        spec=_spec(deciles, amounts=amounts),
        headers=(
            say("Tenth"),
            say("Rows"),
            say("Predicted"),
            say("Happened"),
            say("Against the average"),
            say("This tenth and above hold"),
        ),
        rows=tuple(
            (
                str(d.decile),
                count(d.rows),
                written(d.predicted),
                written(d.outcome),
                times(d.lift) if d.lift else say("none"),
                percent(d.cumulative_reach),
            )
            for d in deciles
        ),
    )


def _spec(deciles: tuple[Decile, ...], *, amounts: bool) -> Spec:
    written = amount if amounts else percent
    total = sum(d.rows for d in deciles)
    mean = sum(d.rows * d.outcome for d in deciles) / total
    bars = [
        {"decile": str(d.decile), "outcome": d.outcome, "said": written(d.outcome)} for d in deciles
    ]
    overall = [{"mean": mean, "said": say("average {value}", value=written(mean))}]
    x: Spec = {
        "field": "decile",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": say("tenth, 1 is the highest predicted"), "labelAngle": 0},
    }
    y: Spec = {**hidden("outcome"), "axis": None}
    level: Spec = {**hidden("mean"), "axis": None}
    above = {"baseline": "bottom", "fontSize": 12}
    remark = note(align="right", baseline="bottom", dy=-5)
    return {
        "width": WIDTH,
        "height": 240,
        "layer": [
            layer(bars, {**BAR, "width": {"band": 0.7}}, x=x, y=y),
            layer(overall, DASHED_RULE, y=level),
            layer(bars, label(dy=-4, **above, **HALO), x=x, y=y, text=words()),
            layer(bars, label(dy=-4, **above), x=x, y=y, text=words()),
            layer(overall, {**remark, **HALO}, x={"value": WIDTH}, y=level, text=words()),
            layer(overall, remark, x={"value": WIDTH}, y=level, text=words()),
        ],
    }
