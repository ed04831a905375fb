"""An answer's figures as numbers, for charts that other programs draw and people edit.

Titles and heads are those of the page's charts, so nothing is said in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from upshot.explaining.facts import Answer, ProfitFacts
from upshot.explaining.levers import LEVERS
from upshot.explaining.wording import count, percent
from upshot.learning.task import TaskKind
from upshot.reports.charts import (
    amounts_chart,
    calibration_chart,
    deciles_chart,
    drivers_chart,
    gains_chart,
    more_data_chart,
    profit_chart,
)
from upshot.reports.charts.amounts import amount_groups
from upshot.reports.charts.drivers import MOST_BARS, said_direction
from upshot.tables.export import defuse
from upshot.wording import mark, say

TEXT, COUNT, SHARE, TIMES, NUMBER = "", "#,##0", "0.0%", "0.0", "#,##0.00"
"""Number formats of spreadsheets; text has none."""
SHORT_SHARE = "[>=0.9995]0%;[>=0.995]0.0%;0%"
"""Whole per cent, but no 100 % that is 99.5 %."""

LONGEST_NAME = 60
"""Characters of a name beside a bar: a longer one leaves no room for the bars."""

UNITS = {
    "pairs": mark("Of 100 pairs in the right order, by rows learned from"),
    "right": mark("Right answers of 100, by rows learned from"),
    "explained": mark("Per cent of differences explained, by rows learned from"),
}

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Value = str | float | None


@dataclass(frozen=True)
class Figures:
    """A table of numbers and the chart drawn of it.

    Attributes
    ----------
    name : str
        Where it belongs: ``"Gains"``, ``"Deciles"``, ``"Drivers"``, ``"Reliability"``.
    title, unit : str
        The takeaway in one sentence, and what is measured.
    headers, forms : tuple of str
        Heads of the columns and their number formats.
    rows : tuple of tuple
        The first value names the place on the chart's axis.
    shape : {"line", "columns", "bars"}
        How it is drawn.
    drawn : tuple of int
        The columns drawn, the model's own last or alone.
    every : int
        Where there is little room, one row in so many is enough.
    is_either : bool
        Whether a place holds one of the drawn columns only, so that they take no room beside each
        other.
    """

    name: str
    title: str
    unit: str
    headers: tuple[str, ...]
    forms: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    shape: str
    drawn: tuple[int, ...]
    every: int = 1
    is_either: bool = False

    @property
    def is_share(self) -> bool:
        """Whether what is drawn lies between nothing and all."""
        return self.forms[self.drawn[0]] == SHARE

    def labels(self) -> tuple[str, ...]:
        """Return the names of the places on the axis, as text."""
        return tuple(
            str(percent(row[0])) if isinstance(row[0], float) else said(row[0] or "")
            for row in self.drawn_rows()
        )

    def drawn_rows(self) -> tuple[tuple[Value, ...], ...]:
        """Return the rows a chart in little room shows."""
        rows = self.rows[:: self.every]
        return rows[:MOST_BARS] if self.shape == "bars" else rows


def said(text: str) -> str:
    """Make a text fit for a cell or a slide.

    Marks around column names and characters that no XML can hold go. Text that a spreadsheet would
    run is defused: a slide's chart holds a workbook too.

    >>> said("`visits` matters most"), said("=1+1")
    ('visits matters most', "'=1+1")
    """
    return defuse(_UNPRINTABLE.sub("", str(text).replace("`", "")))


def label_form(figures: Figures) -> str:
    """The number format beside bars and along the axis: as short as what it says allows."""
    form = figures.forms[figures.drawn[0]]
    return SHORT_SHARE if form == SHARE and figures.shape != "line" else form.replace(".0%", "%")


def amount_form(values: Iterable[float]) -> str:
    """The number format of amounts: as many decimals as amounts of their size are told with.

    >>> amount_form([21_385.34, 12.0]), amount_form([3.5]), amount_form([0.02])
    ('#,##0', '#,##0.00', '0.0000')
    """
    largest = max((abs(value) for value in values), default=0.0)
    if largest >= 100:
        return COUNT
    return NUMBER if largest >= 1 else "0.0000"


def short(text: str) -> str:
    """Cut a name that leaves no room for what it names."""
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def figures_of(answer: Answer, profit: ProfitFacts | None = None) -> tuple[Figures, ...]:
    """Return all figures an answer has, in the order of the page."""
    found = [build(answer) for build in BUILDERS.values()]
    if profit is not None:
        found.insert(list(BUILDERS).index("Drivers"), _profit(profit))
    return tuple(one for one in found if one is not None)


def _gains(answer: Answer) -> Figures | None:
    gains = answer.gains
    if gains is None or not gains.positives:
        return None
    chart = gains_chart(gains, answer.wording, answer.verdict.share, answer.rule)
    start: tuple[Value, ...] = (0.0, 0, 0, 0.0, 0.0, 0.0, 0.0, None, None)
    points: list[tuple[Value, ...]] = [
        (
            float(p.share),
            p.contacted,
            p.reached,
            p.share,
            p.reach,
            p.reach_low,
            p.reach_high,
            p.lift,
            p.threshold,
        )
        for p in gains.points
    ]
    contacted, people, reached, _, against = chart.headers
    return Figures(
        name=say("Gains"),
        title=chart.title,
        unit=chart.unit,
        headers=(
            contacted,
            people,
            reached,
            say("Picking at random"),
            say("Share reached"),
            say("From"),
            say("To"),
            against,
            say("Lowest probability"),
        ),
        forms=("0%", COUNT, COUNT, SHARE, SHARE, SHARE, SHARE, TIMES, SHARE),
        rows=(start, *points),
        shape="line",
        drawn=(3, 4),
        every=5,
    )


def _deciles(answer: Answer) -> Figures | None:
    if not answer.deciles:
        return None
    amounts = answer.task.kind is TaskKind.REGRESSION
    chart = deciles_chart(answer.deciles, answer.wording, amounts=amounts)
    form = amount_form(d.outcome for d in answer.deciles) if amounts else SHARE
    return Figures(
        name=say("Deciles"),
        title=chart.title,
        unit=chart.unit,
        headers=chart.headers,
        forms=(TEXT, COUNT, form, form, TIMES, SHARE),
        rows=tuple(
            (str(d.decile), d.rows, d.predicted, d.outcome, d.lift, d.cumulative_reach)
            for d in answer.deciles
        ),
        shape="columns",
        drawn=(2, 3),
    )


def _profit(facts: ProfitFacts) -> Figures:
    chart = profit_chart(facts)
    contacted, people, reached, cost, revenue, _, loss = chart.headers
    money = amount_form((facts.everyone.cost, facts.everyone.revenue))
    start: tuple[Value, ...] = (0.0, 0, 0, 0.0, 0.0, facts.nobody, 0.0, 0.0, 0.0)
    points: list[tuple[Value, ...]] = [
        (
            float(p.share),
            p.contacted,
            p.reached,
            p.cost,
            p.revenue,
            p.profit,
            p.low,
            p.high,
            p.loss_chance,
        )
        for p in facts.points
    ]
    return Figures(
        name=say("Profit"),
        title=chart.title,
        unit=say("Profit after costs, by share of people contacted"),
        headers=(
            contacted,
            people,
            reached,
            cost,
            revenue,
            say("Profit"),
            say("From"),
            say("To"),
            loss,
        ),
        forms=("0%", COUNT, COUNT, *5 * (money,), SHARE),
        rows=(start, *points),
        shape="line",
        drawn=(5,),
        every=5,
    )


def _drivers(answer: Answer) -> Figures | None:
    if not answer.drivers:
        return None
    chart = drivers_chart(answer.drivers)
    column, _, direction = chart.headers
    return Figures(
        name=say("Drivers"),
        title=chart.title,
        unit=say("Share of what the model goes by"),
        headers=(
            column,
            say("Share"),
            say("From"),
            say("To"),
            direction,
            say("What it does"),
            say("Can you change it?"),
        ),
        forms=(TEXT, SHARE, SHARE, SHARE, TEXT, TEXT, TEXT),
        rows=tuple(
            (
                short(d.column),
                d.importance.value,
                d.importance.low,
                d.importance.high,
                said_direction(d),
                d.sentence,
                say(LEVERS[d.lever]) if d.lever in LEVERS else "",
            )
            for d in answer.drivers
        ),
        shape="bars",
        drawn=(1,),
    )


def _reliability(answer: Answer) -> Figures | None:
    if answer.amounts is not None and answer.amounts.pairs:
        chart = amounts_chart(answer.amounts)
        groups = amount_groups(answer.amounts)
        return Figures(
            name=say("Reliability"),
            title=chart.title,
            unit=say("Predicted on average, real on average"),
            headers=chart.headers,
            forms=(TEXT, COUNT, *2 * (amount_form(g.real for g in groups),)),
            rows=tuple((g.label, g.rows, g.predicted, g.real) for g in groups),
            shape="columns",
            drawn=(2, 3),
        )
    if not answer.calibration:
        return None
    chart = calibration_chart(answer.calibration)
    rows, told, happened, _ = chart.headers
    return Figures(
        name=say("Reliability"),
        title=chart.title,
        unit=say("Share it happened to, by the probability given"),
        headers=(told, rows, told, happened, say("From"), say("To")),
        forms=(SHARE, COUNT, SHARE, SHARE, SHARE, SHARE),
        rows=tuple(
            (float(b.predicted), b.rows, b.predicted, b.observed, b.low, b.high)
            for b in answer.calibration
        ),
        shape="columns",
        drawn=(2, 3),
    )


def _more_data(answer: Answer) -> Figures | None:
    facts = answer.more_data
    if facts is None:
        return None
    points = (*facts.measured, *facts.expected)
    measured = len(facts.measured)
    return Figures(
        name=say("More data"),
        title=more_data_chart(facts).title,
        unit=say(UNITS[facts.measure]),
        headers=(
            say("Rows learned from"),
            say("Rows"),
            say("Measured"),
            say("Expected"),
            say("From"),
            say("To"),
        ),
        forms=(TEXT, COUNT, SHARE, SHARE, SHARE, SHARE),
        rows=tuple(
            (
                count(p.rows),
                p.rows,
                p.value if place < measured else None,
                p.value if place >= measured else None,
                p.low,
                p.high,
            )
            for place, p in enumerate(points)
        ),
        shape="columns",
        drawn=(3, 2),
        is_either=True,
    )


BUILDERS: dict[str, Callable[[Answer], Figures | None]] = {
    "Gains": _gains,
    "Deciles": _deciles,
    "Drivers": _drivers,
    "Reliability": _reliability,
    "More data": _more_data,
}
