"""Who will …?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.errors import Note
from upshot.explaining.facts import Wording
from upshot.learning.state import Array
from upshot.learning.task import Task, TaskKind
from upshot.questions.base import Choice, QuestionType
from upshot.questions.limits import (
    COMFORTABLE_OUTCOMES,
    more_outcomes,
    plural,
    too_few_outcomes,
    too_few_rows,
)
from upshot.questions.meanings import meaning_of
from upshot.questions.outcomes import OutcomeColumn, guess_positive, says_no


class WhoWill(QuestionType):
    """Two outcomes: who will buy, leave, answer …"""

    slug = "who_will"
    title = "Who will …?"
    explanation = (
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
        yield from too_few_outcomes(outcome.rows - positives, task.classes[0], outcome.name)
        rarer = min(positives, outcome.rows - positives)
        if 10 <= rarer < COMFORTABLE_OUTCOMES:
            yield Note(
                "few-outcomes",
                f"Only {plural(rarer, 'row')} of the rarer outcome: results will be rough, and "
                "their ranges wide.",
                outcome.name,
                more_outcomes(rarer),
                "warning",
            )
        share = positives / max(1, outcome.rows)
        if rarer >= 10 and (share < 0.05 or share > 0.95):
            yield Note(
                "imbalance",
                f"{share:.1%} of rows have `{outcome.name}` = {task.classes[1]}. Probabilities "
                f"will mostly be {'small' if share < 0.5 else 'large'}; what counts is the "
                "ranking.",
                outcome.name,
                "Choose whom to contact by decile or by profit, not by a probability over 50 %.",
                "info",
            )

    def wording(self, outcome: OutcomeColumn, choice: Choice, unit: str) -> Wording:
        """Ask by the meaning of the outcome's name, or by its value where the name says none."""
        positive = self.make_task(outcome, choice).classes[1]
        meaning, clarity = meaning_of(outcome.name)
        said = f"`{outcome.name}` is {positive}"
        if (
            meaning is None
            or not meaning.verb
            or clarity < 0.4
            or not _plain_yes(outcome, positive)
        ):
            who = "Who" if unit != "rows" else "Which rows"
            return Wording(
                f"{who} will have `{outcome.name}` = {positive}?",
                said,
                unit,
                f"{unit} with `{outcome.name}` = {positive}",
            )
        if says_no(positive):
            return Wording(
                f"Who will not {meaning.verb}?", said, unit, f"{unit} who will not {meaning.verb}"
            )
        return Wording(f"Who will {meaning.verb}?", said, unit, meaning.positives)


def _plain_yes(outcome: OutcomeColumn, positive: str) -> bool:
    """Whether the values say yes and no, so that the name alone says what happens."""
    return says_no(positive) or any(says_no(value) for value in outcome.values)
