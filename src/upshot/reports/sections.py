"""An answer's facts arranged for a reader: key figures, figures with charts, notes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from upshot.errors import Note
from upshot.explaining.facts import Answer, ProfitFacts
from upshot.explaining.levers import CHANGE, CONSEQUENCE, FIXED, LEVERS
from upshot.explaining.profit import money
from upshot.explaining.ranking import point_at
from upshot.explaining.verdict import recommended
from upshot.explaining.wording import amount, count, digits, percent, priced, quoted
from upshot.learning.task import TaskKind
from upshot.reports.charts import (
    Chart,
    amounts_chart,
    calibration_chart,
    deciles_chart,
    drivers_chart,
    effects_chart,
    gains_chart,
    more_data_chart,
    profit_chart,
)
from upshot.wording import mark, say, say_count, say_list

MOST_EFFECT_CHARTS = 6
LEVELS = {
    "good": (mark("Strong signal"), "●"),
    "modest": (mark("Some signal"), "◐"),
    "nothing": (mark("No signal"), "○"),
    "too-little": (mark("Too little data"), "○"),
    "rule": (mark("Keep your rule"), "◆"),
}


SUSPICIOUS = (mark("Too good to be true"), "▲")


def light(answer: Answer) -> tuple[str, str]:
    """Return the words and the sign that say how strong the answer is."""
    level = answer.verdict.level
    words, sign = SUSPICIOUS if answer.verdict.suspicious else LEVELS.get(level, (level, "●"))
    return say(words), sign


@dataclass(frozen=True)
class Figure:
    """A chart drawn, with what its place on the page needs."""

    title: str
    unit: str
    svg: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class KeyFigure:
    """One large number and what it counts."""

    number: str
    meaning: str


def key_line(key: KeyFigure) -> str:
    """Say a key figure in one line, for places without large numbers."""
    return say("{number} {meaning}", number=key.number, meaning=key.meaning)


def figure(chart: Chart, identifier: str) -> Figure:
    """Draw a chart for a page."""
    return Figure(chart.title, chart.unit, chart.svg(identifier), chart.headers, chart.rows)


def key_figures(answer: Answer) -> tuple[KeyFigure, ...]:
    """Return the two to four numbers worth remembering."""
    kind, wording = answer.task.kind, answer.wording
    if answer.verdict.level in ("nothing", "too-little"):
        return ()
    if answer.gains is not None:
        point = (
            point_at(answer.gains, answer.verdict.share)
            if answer.verdict.share
            else recommended(answer.gains)
        )
        return (
            KeyFigure(
                percent(point.reach),
                say(
                    "of {positives} in the top {share}",
                    positives=wording.positives,
                    share=percent(point.share),
                ),
            ),
            KeyFigure(
                say("{number} ×", number=digits(point.lift, ".1f")),
                say("as many as picking at random"),
            ),
            KeyFigure(
                percent(point.precision),
                say("of those contacted are {positives}", positives=wording.positives),
            ),
        )
    if kind is TaskKind.REGRESSION and answer.amounts is not None:
        facts = answer.amounts
        spared = 1 - facts.typical_error / facts.baseline_error if facts.baseline_error else 0.0
        found = [
            KeyFigure(amount(facts.typical_error), say("off on average")),
            KeyFigure(percent(max(spared, 0.0)), say("less error than guessing the average")),
        ]
        if answer.deciles and answer.deciles[0].cumulative_reach > 0:
            reach = percent(answer.deciles[0].cumulative_reach)
            found.append(KeyFigure(reach, say("of the total is in the top tenth")))
        return tuple(found)
    accuracy = answer.holdout.get("accuracy")
    if accuracy is None:
        return ()
    before = answer.baseline.get("accuracy", 0.0)
    return (
        KeyFigure(percent(accuracy.value), say("called right")),
        KeyFigure(percent(before), say("by always guessing the most frequent")),
        KeyFigure(str(len(answer.task.classes)), say("outcomes told apart")),
    )


def ranking_figures(answer: Answer) -> tuple[Figure, ...]:
    """Return gains and deciles."""
    found = []
    if answer.gains is not None and answer.gains.positives:
        found.append(gains_chart(answer.gains, answer.wording, answer.verdict.share, answer.rule))
    if answer.deciles:
        amounts = answer.task.kind is TaskKind.REGRESSION
        found.append(deciles_chart(answer.deciles, answer.wording, amounts=amounts))
    return _drawn(found)


def profit_figures(profit: ProfitFacts | None) -> tuple[Figure, ...]:
    """Return the profit curve, when costs are known."""
    return _drawn([profit_chart(profit)] if profit is not None else [])


def profit_lines(answer: Answer, profit: ProfitFacts | None) -> tuple[str, ...]:
    """Say what pays best, the sums it was worked out with, and the chance of a loss."""
    if profit is None:
        return ()
    sums = say(
        "An example: {people} {unit}, {cost} per contact, {value} per success. Contacting nobody "
        "earns 0; contacting everyone brings {sum}.",
        people=count(profit.people),
        unit=answer.wording.unit,
        cost=priced(profit.cost_per_contact, profit.currency),
        value=priced(profit.value_per_conversion, profit.currency),
        sum=money(profit.everyone.profit, profit.currency),
    )
    return tuple(line for line in (profit.sentence, sums, profit.loss_sentence) if line)


def driver_figures(answer: Answer) -> tuple[Figure, ...]:
    """Return the strengths of drivers side by side."""
    return _drawn([drivers_chart(answer.drivers)] if answer.drivers else [])


def effect_figures(answer: Answer) -> tuple[Figure, ...]:
    """Return the levels of the strongest drivers."""
    amounts = answer.task.kind is TaskKind.REGRESSION
    shown = [
        driver
        for driver in answer.drivers
        if len(driver.effects) > 1 and driver.direction != "none"
    ]
    charts = [
        effects_chart(driver, answer.wording, amounts=amounts)
        for driver in shown[:MOST_EFFECT_CHARTS]
    ]
    return tuple(figure(chart, f"effect-{place}") for place, chart in enumerate(charts, start=1))


LEVER_LINES = {
    CHANGE: mark("You can change it: {columns}."),
    FIXED: mark("You cannot change it: {columns}."),
    CONSEQUENCE: mark("Probably a consequence: {columns}."),
}


def lever_lines(answer: Answer) -> tuple[str, ...]:
    """Say which drivers can be changed, which cannot, and which are probably consequences."""
    by_lever = {
        lever: [quoted(d.column) for d in answer.drivers if d.lever == lever] for lever in LEVERS
    }
    return tuple(
        say(LEVER_LINES[lever], columns=say_list(columns))
        for lever, columns in by_lever.items()
        if columns
    )


def more_data_figures(answer: Answer) -> tuple[Figure, ...]:
    """Return the learning curve, where there was time for it."""
    return _drawn([more_data_chart(answer.more_data)] if answer.more_data is not None else [])


def trust_figures(answer: Answer) -> tuple[Figure, ...]:
    """Return calibration, or predicted against real amounts."""
    found = []
    if answer.calibration:
        found.append(calibration_chart(answer.calibration))
    if answer.amounts is not None and answer.amounts.pairs:
        found.append(amounts_chart(answer.amounts))
    return _drawn(found)


def _drawn(charts: Iterable[Chart]) -> tuple[Figure, ...]:
    return tuple(figure(chart, chart.name) for chart in charts)


def warnings(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """Return what must be read, the gravest first."""
    order = {"blocker": 0, "warning": 1}
    grave = [note for note in notes if note.level in order]
    return tuple(sorted(grave, key=lambda note: order[note.level]))


def origin(answer: Answer) -> tuple[str, ...]:
    """Say what an answer was learned from and when."""
    return answer.file, say("{rows} rows", rows=count(answer.rows)), made_on(answer.created)


MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def made_on(created: str) -> str:
    """Say a moment in words.

    >>> made_on("2026-11-24T05:03:00+00:00")
    '24 November 2026, 05:03'
    """
    try:
        moment = datetime.datetime.fromisoformat(created)
    except ValueError:
        return created
    return say(
        "{day} {month} {year}, {time}",
        day=str(moment.day),
        month=say(MONTHS[moment.month - 1]),
        year=str(moment.year),
        time=f"{moment:%H:%M}",
    )


def lasted(seconds: float) -> str:
    """Say how long something took.

    >>> lasted(41.2), lasted(610)
    ('41 seconds', '10 minutes')
    """
    if seconds < 90:
        return say_count("{number} second", "{number} seconds", round(seconds))
    return say_count("{number} minute", "{number} minutes", round(seconds / 60))
