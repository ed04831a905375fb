"""How much …?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.errors import Note
from upshot.explaining.facts import Wording
from upshot.learning.state import Array
from upshot.learning.task import Task, TaskKind
from upshot.questions.asked import AMOUNTS
from upshot.questions.base import Choice, QuestionType
from upshot.questions.limits import COMFORTABLE_ROWS, too_few_rows
from upshot.questions.meanings import meaning_of
from upshot.questions.outcomes import OutcomeColumn
from upshot.tables.schema import Kind
from upshot.wording import Figure, say, say_count


class HowMuch(QuestionType):
    """An amount: how much a customer spends, how many units sell …"""

    slug = "how_much"
    title = say("How much …?")
    explanation = say("Estimates an amount for each row, with the range it will probably fall in.")
    task = TaskKind.REGRESSION

    def fits(self, outcome: OutcomeColumn) -> bool:
        """A column of numbers with more than two different ones."""
        return outcome.column.kind is Kind.NUMBER and outcome.distinct > 2

    def make_task(self, outcome: OutcomeColumn, choice: Choice) -> Task:
        """Amounts that never fall below 0 are predicted so too."""
        amounts = _amounts(outcome)
        return Task(
            TaskKind.REGRESSION, outcome.name, nonnegative=bool(len(amounts) and amounts.min() >= 0)
        )

    def targets(self, outcome: OutcomeColumn, task: Task) -> Array:
        """The amounts."""
        return _amounts(outcome)

    def check(self, outcome: OutcomeColumn, choice: Choice) -> Iterator[Note]:
        """Enough rows, and amounts that are not ruled by a few giants or by zero."""
        yield from too_few_rows(outcome.rows, outcome.name)
        amounts = _amounts(outcome)
        if 20 <= len(amounts) < COMFORTABLE_ROWS:
            yield Note(
                "few-rows",
                say_count(
                    "Only {number} row to learn from: estimates will be rough.",
                    "Only {number} rows to learn from: estimates will be rough.",
                    len(amounts),
                ),
                outcome.name,
                say(
                    "About {rows} more would make them firmer.",
                    rows=COMFORTABLE_ROWS - len(amounts),
                ),
                "warning",
            )
        if len(amounts) < 20:
            return
        zeros = float(np.mean(amounts == 0))
        if zeros > 0.8:
            yield Note(
                "mostly-zero",
                say(
                    "`{column}` is 0 in {share} of rows, so estimates will mostly be small.",
                    column=outcome.name,
                    share=Figure(f"{100 * zeros:.0f} %"),
                ),
                outcome.name,
                say("Consider asking who will have any amount at all first."),
                "warning",
            )
        # Relative to the largest, so that sums of huge amounts stay finite.
        sizes = np.sort(np.abs(amounts)) / max(float(np.abs(amounts).max()), 1e-300)
        top, total = float(sizes[-max(1, len(sizes) // 100) :].sum()), float(sizes.sum())
        if total > 0 and top > 0.5 * total:
            yield Note(
                "few-giants",
                say(
                    "The largest 1 % of rows hold {share} of all `{column}`: a few "
                    "rows rule the error.",
                    share=Figure(f"{100 * (top / total):.0f} %"),
                    column=outcome.name,
                ),
                outcome.name,
                say("Check whether the largest amounts are right."),
                "warning",
            )

    def wording(self, outcome: OutcomeColumn, choice: Choice, unit: str) -> Wording:
        """Ask by the meaning of the amount's name, or by the name itself."""
        meaning, clarity = meaning_of(outcome.name)
        people = unit in {"people", "customers", "subscribers", "leads", "members", "contacts"}
        if meaning is not None and meaning.amount and clarity >= 0.4 and people:
            title = say(AMOUNTS[meaning.amount])
        else:
            title = say("How high will `{column}` be?", column=outcome.name)
        positives = say("{unit} with the highest amounts", unit=unit)
        return Wording(title, f"`{outcome.name}`", unit, positives)


def _amounts(outcome: OutcomeColumn) -> Array:
    assert outcome.numbers is not None, "only columns of numbers fit this question"
    return outcome.numbers[outcome.known].astype("float64")
