"""Which one …?"""

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
    FEWEST_OUTCOMES,
    MOST_CLASSES,
    more_outcomes,
    too_few_outcomes,
    too_few_rows,
)
from upshot.questions.names import names_count, names_label
from upshot.questions.outcomes import OutcomeColumn
from upshot.tables.schema import Kind
from upshot.wording import say, say_count

# Whole numbers with up to this many different values may be codes of classes.
MOST_NUMBER_CLASSES = 15


class WhichOne(QuestionType):
    """Several outcomes: which channel, plan, product …"""

    slug = "which_one"
    title = say("Which one …?")
    explanation = say("Says which channel, plan or product each person most likely chooses.")
    task = TaskKind.MULTICLASS

    def fits(self, outcome: OutcomeColumn) -> bool:
        """Three to fifty labels, or whole numbers that look like labels."""
        if not 3 <= outcome.distinct <= MOST_CLASSES:
            return False
        return outcome.column.kind is not Kind.NUMBER or _numbers_are_labels(outcome)

    def make_task(self, outcome: OutcomeColumn, choice: Choice) -> Task:
        """Classes, most frequent first; classes too rare to learn are kept."""
        return Task(TaskKind.MULTICLASS, outcome.name, outcome.values)

    def targets(self, outcome: OutcomeColumn, task: Task) -> Array:
        """Codes into the classes."""
        return outcome.codes[outcome.known].astype("int64")

    def check(self, outcome: OutcomeColumn, choice: Choice) -> Iterator[Note]:
        """Enough rows, and at least two classes that are frequent enough."""
        yield from too_few_rows(outcome.rows, outcome.name)
        frequent = [count for count in outcome.counts if count >= FEWEST_OUTCOMES]
        if len(frequent) < 2:
            second = sorted(outcome.counts)[-2]
            yield from too_few_outcomes(second, outcome.values[1], outcome.name)
            return
        rare = [
            v for v, n in zip(outcome.values, outcome.counts, strict=True) if n < FEWEST_OUTCOMES
        ]
        if rare:
            named = ", ".join(rare[:5]) + (" …" if len(rare) > 5 else "")
            yield Note(
                "rare-classes",
                say_count(
                    "{number} value of `{column}` stands in fewer than {fewest} rows ({values}). "
                    "It can hardly be learned.",
                    "{number} values of `{column}` stand in fewer than {fewest} rows ({values}). "
                    "They can hardly be learned.",
                    len(rare),
                    column=outcome.name,
                    fewest=FEWEST_OUTCOMES,
                    values=named,
                ),
                outcome.name,
                say("Join rare values into one, or add rows."),
                "warning",
            )
        scarce = min(frequent)
        if scarce < COMFORTABLE_OUTCOMES:
            yield Note(
                "few-outcomes",
                say_count(
                    "The rarest learnable value of `{column}` stands in {number} row: results for "
                    "it will be rough.",
                    "The rarest learnable value of `{column}` stands in {number} rows: results for "
                    "it will be rough.",
                    scarce,
                    column=outcome.name,
                ),
                outcome.name,
                more_outcomes(scarce),
                "warning",
            )

    def wording(self, outcome: OutcomeColumn, choice: Choice, unit: str) -> Wording:
        """Ask for the column by its name."""
        return Wording(
            say("Which `{column}` will it be?", column=outcome.name),
            f"`{outcome.name}`",
            unit,
            say("{unit} placed right", unit=unit),
        )


def _numbers_are_labels(outcome: OutcomeColumn) -> bool:
    """Whether whole numbers are codes of classes rather than counts.

    Codes run without gaps, and are not a count: a count's frequencies fall steadily from its
    smallest value.
    """
    if outcome.numbers is None or outcome.distinct > MOST_NUMBER_CLASSES:
        return False
    levels = np.unique(outcome.numbers[outcome.known])
    if not np.all(levels == np.round(levels)):
        return False
    if names_label(outcome.name):
        return True
    if names_count(outcome.name) or np.any(np.diff(levels) != 1) or levels[0] not in (0, 1):
        return False
    counts = np.array([np.sum(outcome.numbers == level) for level in levels])
    return not bool(np.all(np.diff(counts) < 0))
