"""What a campaign earns at each cut-off."""

from __future__ import annotations

from upshot.explaining.facts import ProfitFacts
from upshot.explaining.wording import amount, count, percent
from upshot.reports.charts.base import WIDTH, Chart, Spec, hidden, quantity
from upshot.reports.charts.marks import BAND_AREA, DOT, LINE, RULE, label, layer, words
from upshot.wording import say

TABLE_SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)


def profit_chart(facts: ProfitFacts) -> Chart:
    """Draw profit by share contacted, with its 95 % range and the best cut-off."""
    shown = [
        point for point in facts.points if any(abs(point.share - s) < 1e-9 for s in TABLE_SHARES)
    ]
    return Chart(
        name="profit",
        title=facts.sentence,
        unit=say("Profit after costs, by share of people contacted; the band is the 95 % range"),
        spec=_spec(facts),
        headers=(
            say("Contacted"),
            say("People"),
            say("Reached"),
            say("Cost"),
            say("Revenue"),
            say("Profit (95 % range)"),
            say("Chance of a loss"),
        ),
        rows=tuple(
            (
                percent(p.share),
                count(p.contacted),
                count(p.reached),
                amount(p.cost),
                amount(p.revenue),
                say(
                    "{sum} ({low} to {high})",
                    sum=amount(p.profit),
                    low=amount(p.low),
                    high=amount(p.high),
                ),
                percent(p.loss_chance),
            )
            for p in shown
        ),
    )


def _spec(facts: ProfitFacts) -> Spec:
    start: Spec = {"share": 0.0, "profit": 0.0, "low": 0.0, "high": 0.0}
    curve = [start] + [
        {"share": p.share, "profit": p.profit, "low": p.low, "high": p.high} for p in facts.points
    ]
    x = quantity("share", say("people contacted, best first"), "%", (0, 1))
    low = quantity("low", None, "~s")
    at: Spec = {"x": hidden("share"), "y": hidden("profit")}
    layers = [
        layer(curve, BAND_AREA, x=x, y=low, y2={"field": "high"}),
        layer([{"zero": 0}], RULE, y=hidden("zero")),
        layer(curve, LINE, **at),
    ]
    if facts.best is not None:
        best = facts.best
        said = say("best: {sum}", sum=amount(best.profit))
        marked = [{"share": best.share, "profit": best.profit, "said": said}]
        side = {"align": "right", "dx": -4} if best.share > 0.6 else {"align": "left", "dx": 4}
        mark = label(baseline="bottom", dy=-9, fontWeight="bold", **side)
        layers += [layer(marked, DOT, **at), layer(marked, mark, **at, text=words())]
    return {"width": WIDTH, "height": 260, "layer": layers}
