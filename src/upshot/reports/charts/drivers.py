"""What drives the outcome: strengths side by side, and one driver's levels."""

from __future__ import annotations

from upshot.explaining.facts import Driver, Wording
from upshot.explaining.wording import amount, percent, percent_range, quoted
from upshot.reports.charts.base import INK_SOFT, WIDTH, Chart, Spec, hidden, values
from upshot.reports.charts.marks import BAR, label, layer, words
from upshot.wording import mark, say

MOST_BARS = 12
ROW_HEIGHT = 38
DIRECTIONS = {
    "up": mark("higher values, higher prediction"),
    "down": mark("higher values, lower prediction"),
    "mixed": mark("depends on the value"),
    "none": "",
}
LONGEST_NAME = 44
LABEL_WIDTH = 160
FIGURE_WIDTH = 60


def drivers_chart(drivers: tuple[Driver, ...]) -> Chart:
    """Draw the share each column has in what the model goes by."""
    shown = drivers[:MOST_BARS]
    first = shown[0]
    return Chart(
        name="drivers",
        title=say(
            "{column} matters most: {share} of it all",
            column=quoted(first.column),
            share=percent(first.importance.value),
        ),
        unit=say("Share of what the model goes by; thin lines are 95 % ranges"),
        spec=_drivers_spec(shown),
        headers=(say("Column"), say("Share (95 % range)"), say("Direction")),
        rows=tuple((d.column, _share(d), said_direction(d)) for d in drivers),
    )


def said_direction(driver: Driver) -> str:
    """Say which way a driver moves the prediction; empty where it does not move it."""
    return say(DIRECTIONS.get(driver.direction, ""))


def _share(driver: Driver) -> str:
    share = driver.importance
    if share.low is None or share.high is None:
        return percent(share.value)
    return say(
        "{share} ({range})",
        share=percent(share.value),
        range=percent_range(share.low, share.high),
    )


def _drivers_spec(drivers: tuple[Driver, ...]) -> Spec:
    arrows = {"up": " ↗", "down": " ↘"}
    bars = [
        {
            "place": place,
            "name": _short(d.column) + arrows.get(d.direction, ""),
            "value": d.importance.value,
            "low": d.importance.low if d.importance.low is not None else d.importance.value,
            "high": d.importance.high if d.importance.high is not None else d.importance.value,
            "said": percent(d.importance.value),
        }
        for place, d in enumerate(drivers)
    ]
    most = max(d.importance.high or d.importance.value for d in drivers) or 1.0
    y: Spec = {"field": "place", "type": "ordinal", "axis": None, "sort": None}
    x: Spec = {**hidden("value"), "axis": None, "scale": {"domain": [0, most], "nice": False}}
    above = {"baseline": "middle", "dy": -8}
    thin: Spec = {"type": "rule", "yOffset": 8, "color": INK_SOFT, "strokeWidth": 1.5}
    figure = label(align="right", fontWeight="bold", **above)
    return {
        "width": WIDTH,
        "height": ROW_HEIGHT * len(bars),
        "data": values(bars),
        "layer": [
            layer(None, {**BAR, "height": 9, "yOffset": 8}, y=y, x=x),
            layer(None, thin, y=y, x=hidden("low"), x2={"field": "high"}),
            layer(None, label(align="left", **above), y=y, x={"value": 0}, text=words("name")),
            layer(None, figure, y=y, x={"value": WIDTH}, text=words()),
        ],
    }


def effects_chart(driver: Driver, wording: Wording, *, amounts: bool = False) -> Chart:
    """Draw the average prediction at each level or range of one driver."""
    written = amount if amounts else percent
    if amounts:
        unit = say("Average predicted amount, by {column}", column=quoted(driver.column))
    else:
        what = quoted(driver.about) if driver.about else wording.positives
        unit = say(
            "Predicted share of {positives}, by {column}",
            positives=what,
            column=quoted(driver.column),
        )
    return Chart(
        name=f"effect-{driver.column}",
        title=driver.sentence,
        unit=unit,
        spec=_effects_spec(driver, amounts=amounts),
        headers=(driver.column, say("Share of rows"), say("Prediction")),
        rows=tuple((e.label, percent(e.share), written(e.prediction)) for e in driver.effects),
    )


def _effects_spec(driver: Driver, *, amounts: bool) -> Spec:
    written = amount if amounts else percent
    bars = [
        {
            "label": _short(str(e.label)),
            "place": place,
            "value": e.prediction,
            "said": written(e.prediction),
        }
        for place, e in enumerate(driver.effects)
    ]
    heights = [effect.prediction for effect in driver.effects]
    # Labels stand in a column of their own, wide enough for any font a reader has.
    x: Spec = {
        **hidden("value"),
        "axis": None,
        "scale": {
            "domain": [min(0.0, *heights), max(0.0, *heights)],
            "nice": False,
            "range": [LABEL_WIDTH, WIDTH - FIGURE_WIDTH],
        },
    }
    y: Spec = {"field": "place", "type": "ordinal", "axis": None, "sort": None}
    name = label(align="left", limit=LABEL_WIDTH - 8)
    return {
        "width": WIDTH,
        "height": 30 * len(bars),
        "data": values(bars),
        "layer": [
            layer(None, {**BAR, "height": 16}, y=y, x=x),
            layer(None, label(align="left", dx=6), y=y, x=x, text=words()),
            layer(None, name, y=y, x={"value": 0}, text=words("label")),
        ],
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"
