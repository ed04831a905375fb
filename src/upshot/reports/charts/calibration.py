"""What was said against what happened."""

from __future__ import annotations

from upshot.explaining.facts import CalibrationBin
from upshot.explaining.wording import count, percent, percent_range
from upshot.reports.charts.base import WIDTH, Chart, Spec, hidden, quantity
from upshot.reports.charts.marks import DASHED, DOT, RULE, layer
from upshot.wording import say


def calibration_chart(bins: tuple[CalibrationBin, ...]) -> Chart:
    """Draw predicted shares against observed ones with their 95 % ranges."""
    inside = sum(one.low <= one.predicted <= one.high for one in bins)
    # One group in twenty falls outside its 95 % range by chance alone.
    if inside >= len(bins) - 1:
        title = say("The probabilities can be taken at their word")
    else:
        title = say(
            "The probabilities fit what happened in {inside} of {groups} groups",
            inside=inside,
            groups=len(bins),
        )
    return Chart(
        name="calibration",
        title=title,
        unit=say("Share it happened to, by the probability given; on the dashed line both agree"),
        spec=_spec(bins),
        headers=(say("Rows"), say("We said"), say("Happened"), say("95 % range")),
        rows=tuple(
            (
                count(one.rows),
                percent(one.predicted),
                percent(one.observed),
                percent_range(one.low, one.high),
            )
            for one in bins
        ),
    )


def _spec(bins: tuple[CalibrationBin, ...]) -> Spec:
    dots = [
        {"said": b.predicted, "happened": b.observed, "low": b.low, "high": b.high} for b in bins
    ]
    most = min(1.0, 1.08 * max(max(b.high, b.predicted) for b in bins))
    x = quantity("said", say("we said"), "%", (0, most))
    y = quantity("happened", say("it happened"), "%", (0, most))
    line: list[Spec] = [{"said": 0, "happened": 0}, {"said": most, "happened": most}]
    return {
        "width": WIDTH - 40,
        "height": 300,
        "layer": [
            layer(line, DASHED, x=x, y=y),
            layer(dots, RULE, x=hidden("said"), y=hidden("low"), y2={"field": "high"}),
            layer(dots, DOT, x=hidden("said"), y=hidden("happened")),
        ],
    }
