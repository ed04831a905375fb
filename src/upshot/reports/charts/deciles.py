"""Ten groups by predicted value."""

from __future__ import annotations

from upshot.explaining.facts import Decile, Wording
from upshot.explaining.wording import amount, count, percent, times
from upshot.reports.charts.base import WIDTH, Chart, Spec, hidden
from upshot.reports.charts.marks import BAR, DASHED_RULE, HALO, label, layer, note, words


def deciles_chart(deciles: tuple[Decile, ...], wording: Wording, *, amounts: bool = False) -> Chart:
    """Draw the outcome of each tenth, the highest predicted first."""
    first, last = deciles[0], deciles[-1]
    say = amount if amounts else percent
    if amounts:
        title = (
            f"The top tenth is worth {say(first.outcome)} on average, the last {say(last.outcome)}"
        )
        unit = "Mean amount per tenth, highest predicted first"
    else:
        title = (
            f"In the top tenth {say(first.outcome)} are {wording.positives}, "
            f"in the last {say(last.outcome)}"
        )
        unit = f"Share of {wording.positives} per tenth of {wording.unit}, highest predicted first"
    return Chart(
        name="deciles",
        title=title,
        unit=unit,
        spec=_spec(deciles, amounts=amounts),
        headers=(
            "Tenth",
            "Rows",
            "Predicted",
            "Happened",
            "Against the average",
            "This tenth and above hold",
        ),
        rows=tuple(
            (
                str(d.decile),
                count(d.rows),
                say(d.predicted),
                say(d.outcome),
                times(d.lift) if d.lift else "none",
                percent(d.cumulative_reach),
            )
            for d in deciles
        ),
    )


def _spec(deciles: tuple[Decile, ...], *, amounts: bool) -> Spec:
    say = amount if amounts else percent
    total = sum(d.rows for d in deciles)
    mean = sum(d.rows * d.outcome for d in deciles) / total
    bars = [
        {"decile": str(d.decile), "outcome": d.outcome, "said": say(d.outcome)} for d in deciles
    ]
    overall = [{"mean": mean, "said": f"average {say(mean)}"}]
    x: Spec = {
        "field": "decile",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": "tenth, 1 is the highest predicted", "labelAngle": 0},
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
