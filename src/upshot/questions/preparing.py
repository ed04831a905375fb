"""From a choice to the data for learning: rows with a known outcome, columns a model may see."""

from __future__ import annotations

from dataclasses import replace

from upshot.errors import QuestionProblem
from upshot.explaining.facts import Wording
from upshot.learning.state import Array
from upshot.learning.task import LearningData
from upshot.questions.base import Choice, LeftOut
from upshot.questions.clocks import clock_times
from upshot.questions.entities import find_entities, with_entities
from upshot.questions.names import words
from upshot.questions.outcomes import read_outcome
from upshot.questions.registry import QUESTIONS
from upshot.tables.respelling import PROVIDER
from upshot.tables.row_rules import rows_out
from upshot.tables.schema import Column, Kind
from upshot.tables.settling import settled
from upshot.tables.table import Table
from upshot.wording import mark, say

# Plurals are translated as they stand after "how many" and after "of".
_PEOPLE, _ROWS, _CUSTOMERS, _LEADS = mark("people"), mark("rows"), mark("customers"), mark("leads")
_UNITS = {
    "lead": _LEADS, "leads": _LEADS, "prospect": mark("prospects"),
    "subscriber": mark("subscribers"), "customer": _CUSTOMERS, "customerid": _CUSTOMERS,
    "cust": _CUSTOMERS, "client": _CUSTOMERS, "kunde": _CUSTOMERS, "kunden": _CUSTOMERS,
    "member": mark("members"), "contact": mark("contacts"), "booking": mark("bookings"),
    "user": _PEOPLE, "email": _PEOPLE,
}  # fmt: skip


def split_columns(table: Table, choice: Choice) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """Names of the columns a model may see, and the others with the reason.

    An identifier that repeats is seen: a model can learn the habits of its values.
    The clock stays a feature as well: its calendar (month, weekday, hour) often matters, and since
    later rows judge models of earlier ones, a date that only counts upwards gains nothing.
    """
    features: list[str] = []
    left_out: list[LeftOut] = []
    entities = {entity.name for entity in find_entities(table, choice)}
    for column in table.schema.columns:
        reason = None if column.name in entities else _why_not(column, choice)
        if reason is None:
            features.append(column.name)
        else:
            left_out.append(LeftOut(column.name, reason))
    return tuple(features), tuple(left_out)


def _why_not(column: Column, choice: Choice) -> str | None:
    if column.name == choice.target:
        return "target"
    if column.ignored or column.name in choice.ignore:
        return "ignored"
    if column.name == choice.group:
        return "group"
    # Of an address whose provider a person lets in, nothing else is ever typed.
    if column.personal is not None and not choice.keep_personal and column.spelling != PROVIDER:
        return "personal"
    return {Kind.CONSTANT: "constant", Kind.IDENTIFIER: "identifier"}.get(column.kind)


def prepare(table: Table, choice: Choice) -> LearningData:
    """Build what learning is given.

    Raises
    ------
    QuestionProblem
        No column is left to learn from.
    """
    import numpy as np
    import pandas as pd

    table = settled(table.for_learning)
    features, _ = split_columns(table, choice)
    if not features:
        raise QuestionProblem(
            say("No column is left to learn from."),
            say(
                "Ignore fewer columns, or add some that describe each row before the outcome was "
                "known."
            ),
        )
    question = QUESTIONS[choice.question]
    outcome = read_outcome(table, choice.target)
    task = question.make_task(outcome, choice)
    known = outcome.known
    groups = None
    if choice.group is not None:
        codes, _ = pd.factorize(table.data[choice.group])
        # Rows without a customer are each their own customer.
        alone = codes < 0
        codes[alone] = codes.max(initial=0) + 1 + np.arange(int(alone.sum()))
        groups = codes[known].astype("int64")
    times = clock_times(table, choice.date)[known] if choice.date is not None else None
    typed, schema = with_entities(
        table.data.loc[known, list(features)].reset_index(drop=True),
        table.schema.select(features),
        find_entities(table, choice),
    )
    return LearningData(
        features=typed,
        target=question.targets(outcome, task),
        schema=schema,
        task=task,
        groups=groups,
        times=times,
    )


def known_rows(table: Table, target: str) -> Array:
    """Positions in the table of the rows that `prepare` gives to learning."""
    import numpy as np

    known = np.flatnonzero(read_outcome(table.for_learning, target).known)
    if table.for_learning is table:
        return known
    return np.asarray(np.flatnonzero(~rows_out(table))[known])


def wording(table: Table, choice: Choice) -> Wording:
    """Say how the question speaks of its outcome and of its rows."""
    outcome = read_outcome(table, choice.target)
    unit = _unit(table) or (_PEOPLE if choice.question == "who_will" else _ROWS)
    said = QUESTIONS[choice.question].wording(outcome, choice, say(unit))
    return replace(said, currency=_currency(table, choice))


def _currency(table: Table, choice: Choice) -> str:
    """The currency of the outcome; for people, the one currency of the file's amounts."""
    signs = {c.name: c.number.currency for c in table.schema.columns if c.number is not None}
    if choice.question == "how_much":
        return signs.get(choice.target, "")
    known = {sign for sign in signs.values() if sign}
    return known.pop() if len(known) == 1 else ""


def _unit(table: Table) -> str | None:
    """The plural of a row, by the names of the file and of its keys; None when they say nothing."""
    stem = table.source.file.rsplit(".", 1)[0]
    keys = [column.name for column in table.schema.columns if column.kind is Kind.IDENTIFIER]
    personal = [column for column in table.schema.columns if column.personal is not None]
    for name in (*keys, stem, *(column.name for column in personal)):
        for word in words(name):
            if word in _UNITS or word.rstrip("s") in _UNITS:
                return _UNITS.get(word) or _UNITS[word.rstrip("s")]
    return None
