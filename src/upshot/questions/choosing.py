"""From a person's wish to a choice that fits the table, or a problem with its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, Unpack

from upshot.errors import InputError, QuestionProblem
from upshot.questions.base import Choice, QuestionType
from upshot.questions.clocks import clock_times
from upshot.questions.limits import MOST_CLASSES, number
from upshot.questions.outcomes import OutcomeColumn, guess_positive, read_outcome
from upshot.questions.registry import QUESTIONS
from upshot.tables.kinds.described import KINDS
from upshot.tables.schema import Kind
from upshot.tables.table import Table
from upshot.wording import comma_list, quoted, say, say_count


class Wishes(TypedDict, total=False):
    """What a person may add to a question; see `Choice`. `question` forces its type."""

    ignore: Iterable[str]
    date: str | None
    group: str | None
    keep_personal: bool
    question: str | None


def choose(table: Table, target: str, positive: object = None, **wishes: Unpack[Wishes]) -> Choice:
    """Find the question a table and an outcome ask.

    Parameters
    ----------
    table : Table
        The table.
    target : str
        The column that holds the outcome.
    positive : str, number or None
        The outcome looked for; compared as people read values. With a column of several labels
        it asks "who will be this one, and not any other".
    **wishes : ignore, date, group, keep_personal, question
        As in `Choice`; `question` forces a type instead of finding it.

    Raises
    ------
    QuestionProblem
        The question does not fit the table; the remedy says what to change.
    """
    target = _existing(table, target)
    outcome = read_outcome(table, target)
    question = _question_for(outcome, positive, wishes.get("question"))
    ignore = tuple(dict.fromkeys(_existing(table, name) for name in wishes.get("ignore") or ()))
    date, group = wishes.get("date"), wishes.get("group")
    choice = Choice(
        question=question.slug,
        target=target,
        positive=_positive(outcome, positive) if question.slug == "who_will" else None,
        ignore=tuple(name for name in ignore if name != target),
        date=_clock(table, date) if date else None,
        group=_existing(table, group) if group else None,
        keep_personal=bool(wishes.get("keep_personal", False)),
        question_told=wishes.get("question") is not None,
    )
    if target in (choice.date, choice.group):
        raise QuestionProblem(
            say(
                "`{target}` is the outcome and cannot be the date or the customer as well.",
                target=target,
            ),
            say("Choose another column for one of them."),
        )
    return choice


def _existing(table: Table, name: str) -> str:
    """The column's name as the table spells it; case and outer blanks do not matter."""
    if name in table.schema:
        return name
    same = [
        known for known in table.schema.names if known.strip().casefold() == name.strip().casefold()
    ]
    if len(same) == 1:
        return same[0]
    try:
        table.schema.column(name)
    except InputError as error:
        raise QuestionProblem(error.problem, error.remedy) from None
    return name


def _question_for(outcome: OutcomeColumn, positive: object, forced: str | None) -> QuestionType:
    _refuse_hopeless(outcome)
    if forced is not None:
        if forced not in QUESTIONS:
            raise QuestionProblem(
                say("There is no question '{forced}'.", forced=forced),
                say("Choose one of: {names}.", names=", ".join(QUESTIONS)),
            )
        return _forced(outcome, positive, QUESTIONS[forced])
    if positive is not None and 2 < outcome.distinct <= MOST_CLASSES and outcome.find(positive):
        return QUESTIONS["who_will"]
    fitting = [question for question in QUESTIONS.values() if question.fits(outcome)]
    if not fitting:
        raise _no_question(outcome)
    if positive is not None and fitting[0].slug != "who_will":
        raise QuestionProblem(
            say(
                "`{column}` has no value '{positive}' to look for: it holds "
                "{values} different values.",
                column=outcome.name,
                positive=str(positive),
                values=number(outcome.distinct),
            ),
            say("Leave the positive outcome out, or choose a column with two outcomes."),
        )
    return fitting[0]


def _forced(outcome: OutcomeColumn, positive: object, question: QuestionType) -> QuestionType:
    if _can_be_asked(outcome, positive, question):
        return question
    raise QuestionProblem(
        say(
            "'{title}' does not fit `{column}`: it holds {values} different values of kind {kind}.",
            title=question.title,
            column=outcome.name,
            values=number(outcome.distinct),
            kind=say(KINDS[outcome.column.kind].label),
        ),
        say("Choose another column or another question."),
    )


def _can_be_asked(outcome: OutcomeColumn, positive: object, question: QuestionType) -> bool:
    """Whether a person may ask it, also where it would not be guessed."""
    one_of_many = (
        question.slug == "who_will" and positive is not None and outcome.distinct <= MOST_CLASSES
    )
    many_numbers = question.slug == "which_one" and 3 <= outcome.distinct <= MOST_CLASSES
    return question.fits(outcome) or one_of_many or many_numbers


def also_asks(outcome: OutcomeColumn, choice: Choice) -> tuple[str, ...]:
    """Slugs of the other questions that the outcome could be asked without naming a value."""
    return tuple(
        slug
        for slug, question in QUESTIONS.items()
        if slug != choice.question and _can_be_asked(outcome, None, question)
    )


def _refuse_hopeless(outcome: OutcomeColumn) -> None:
    name, kind = outcome.name, outcome.column.kind
    if outcome.distinct == 0:
        raise QuestionProblem(
            say("`{column}` is empty.", column=name),
            say("Choose a column that says what happened in each row."),
        )
    if outcome.distinct == 1:
        raise QuestionProblem(*_one_value(outcome))
    if kind is Kind.DATETIME:
        raise QuestionProblem(
            say("`{column}` holds dates; a date is not an outcome Upshot predicts.", column=name),
            say("Choose a column that says whether or how much, or use this one as the date."),
        )


def _one_value(outcome: OutcomeColumn) -> tuple[str, str]:
    only = outcome.values[0] if outcome.values else say("the same")
    if outcome.missing:
        problem = say_count(
            "Every filled cell of `{column}` says '{value}', and {number} is empty.",
            "Every filled cell of `{column}` says '{value}', and {number} are empty.",
            outcome.missing,
            column=outcome.name,
            value=only,
        )
        remedy = say(
            "If an empty cell means it did not happen, write for example 'no' there; otherwise "
            "choose another column."
        )
        return problem, remedy
    return (
        say(
            "`{column}` says '{value}' in every row, so there is nothing to tell apart.",
            column=outcome.name,
            value=only,
        ),
        say("Add rows with the other outcome, or choose another column."),
    )


def _no_question(outcome: OutcomeColumn) -> QuestionProblem:
    name, kind = outcome.name, outcome.column.kind
    if kind is Kind.IDENTIFIER:
        return QuestionProblem(
            say(
                "`{column}` looks like an identifier: nearly every row has its own value.",
                column=name,
            ),
            say(
                "Choose a column that says what happened; if these are amounts, set its kind to "
                "number."
            ),
        )
    if kind is Kind.TEXT:
        return QuestionProblem(
            say(
                "`{column}` holds free text ({values} different values), which cannot be "
                "predicted.",
                column=name,
                values=number(outcome.distinct),
            ),
            say("Choose a column with a few values or with numbers."),
        )
    return QuestionProblem(
        say(
            "`{column}` has {values} different values; at most {most} can be told apart.",
            column=name,
            values=number(outcome.distinct),
            most=MOST_CLASSES,
        ),
        say(
            "Group its values into fewer, choose another column, or set its kind to number if "
            "these are amounts."
        ),
    )


def _positive(outcome: OutcomeColumn, wanted: object) -> str:
    if wanted is None:
        return guess_positive(outcome)
    found = outcome.find(wanted)
    if found is None:
        listed = comma_list(quoted(outcome.values[:10]))
        raise QuestionProblem(
            say("`{column}` has no value '{wanted}'.", column=outcome.name, wanted=str(wanted)),
            say("Its values are: {values}.", values=listed),
        )
    return found


def _clock(table: Table, name: str) -> str:
    name = _existing(table, name)
    clock_times(table, name)
    return name
