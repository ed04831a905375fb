"""Who will …?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.errors import Note
from upshot.explaining.facts import Wording
from upshot.learning.state import Array
from upshot.learning.task import Task, TaskKind
from upshot.questions.asked import CLEAR, DEEDS
from upshot.questions.base import Choice, QuestionType
from upshot.questions.limits import (
    COMFORTABLE_OUTCOMES,
    more_outcomes,
    too_few_outcomes,
    too_few_rows,
)
from upshot.questions.meanings import meaning_of
from upshot.questions.outcomes import OutcomeColumn, guess_positive, says_no
from upshot.wording import Figure, mark, say, say_count

_MOSTLY_SMALL = mark(
    "{share} of rows have `{column}` = {value}. Probabilities will mostly be small; what counts is "
    "the ranking."
)
_MOSTLY_LARGE = mark(
    "{share} of rows have `{column}` = {value}. Probabilities will mostly be large; what counts is "
    "the ranking."
)


class WhoWill(QuestionType):
    """Two outcomes: who will buy, leave, answer …"""

    slug = "who_will"
    title = say("Who will …?")
    explanation = say(
        "Ranks people by how likely they are to buy, leave, answer or whatever you look for."
    )
    task = TaskKind.BINARY

    def fits(self, outcome: OutcomeColumn) -> bool:
        """Two different values."""
        return outcome.distinct == 2

    def make_task(self, outcome: OutcomeColumn, choice: Choice) -> Task:
        """Negative first, positive second; several other values become "not …"."""
        positive = choice.positive or guess_positive(outcome)
        others = [value for value in outcome.values if value != positive]
        negative = others[0] if len(others) == 1 else f"not {positive}"
        return Task(TaskKind.BINARY, outcome.name, (negative, positive))

    def targets(self, outcome: OutcomeColumn, task: Task) -> Array:
        """1 where the row has the positive outcome."""
        wanted = outcome.values.index(task.classes[1])
        return np.asarray(outcome.codes[outcome.known] == wanted, dtype="int64")

    def check(self, outcome: OutcomeColumn, choice: Choice) -> Iterator[Note]:
        """Enough rows, enough of either outcome, and not too lopsided."""
        task = self.make_task(outcome, choice)
        positives = int(np.sum(self.targets(outcome, task)))
        yield from too_few_rows(outcome.rows, outcome.name)
        yield from too_few_outcomes(positives, task.classes[1], outcome.name)
        yield from too_few_outcomes(outcome.rows - positives, _other(outcome, task), outcome.name)
        rarer = min(positives, outcome.rows - positives)
        if 10 <= rarer < COMFORTABLE_OUTCOMES:
            yield Note(
                "few-outcomes",
                say_count(
                    "Only {number} row of the rarer outcome: results will be rough, and their "
                    "ranges wide.",
                    "Only {number} rows of the rarer outcome: results will be rough, and their "
                    "ranges wide.",
                    rarer,
                ),
                outcome.name,
                more_outcomes(rarer),
                "warning",
            )
        share = positives / max(1, outcome.rows)
        if rarer >= 10 and (share < 0.05 or share > 0.95):
            yield Note(
                "imbalance",
                say(
                    _MOSTLY_SMALL if share < 0.5 else _MOSTLY_LARGE,
                    share=Figure(f"{100 * share:.1f} %"),
                    column=outcome.name,
                    value=task.classes[1],
                ),
                outcome.name,
                say(
                    "Choose whom to contact by decile or by profit, not by a probability over 50 %."
                ),
                "info",
            )

    def wording(self, outcome: OutcomeColumn, choice: Choice, unit: str) -> Wording:
        """Ask by the meaning of the outcome's name, or by its value where the name says none."""
        positive = self.make_task(outcome, choice).classes[1]
        meaning, clarity = meaning_of(outcome.name)
        said = say("`{column}` is {value}", column=outcome.name, value=positive)
        if (
            meaning is None
            or not meaning.verb
            or clarity < CLEAR
            or not _plain_yes(outcome, positive)
        ):
            named = {"column": outcome.name, "value": positive}
            if unit == "rows":
                title = say("Which rows will have `{column}` = {value}?", **named)
            else:
                title = say("Who will have `{column}` = {value}?", **named)
            positives = say("{unit} with `{column}` = {value}", unit=unit, **named)
            return Wording(title, said, unit, positives)
        asked = DEEDS[meaning.verb]
        if says_no(positive):
            return Wording(say(asked.will_not), said, unit, say(asked.negatives, unit=unit))
        return Wording(say(asked.will), said, unit, say(asked.positives))


def _other(outcome: OutcomeColumn, task: Task) -> str:
    """The outcome that is not looked for, as a person reads it."""
    negative, positive = task.classes
    return negative if negative in outcome.values else say("not {value}", value=positive)


def _plain_yes(outcome: OutcomeColumn, positive: str) -> bool:
    """Whether the values say yes and no, so that the name alone says what happens."""
    return says_no(positive) or any(says_no(value) for value in outcome.values)
