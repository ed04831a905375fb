"""What a column leaves open, asked so that one click answers it; the Schema keeps the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from upshot.errors import InputError
from upshot.tables.calendar_codes import EXCEL_DAYS
from upshot.tables.dates import DAY_FIRST, MONTH_FIRST, parse_dates, with_order
from upshot.tables.durations import HOURS, MINUTES, duration_words, parse_clock
from upshot.tables.kinds.boolean import boolean_format
from upshot.tables.kinds.personal import MAILBOX_ROLE
from upshot.tables.numbers import parse_numbers
from upshot.tables.respelling import PROVIDER
from upshot.tables.schema import (
    BooleanFormat,
    Column,
    DateFormat,
    Kind,
    NumberFormat,
    Personal,
    Schema,
)
from upshot.wording import Figure, mark, say

DATE_ORDER = "date-order"
DECIMAL_MARK = "decimal-mark"
DURATION_UNIT = "duration-unit"
EXCEL_DATE = "excel-date"
LEVEL_ORDER = "level-order"
YES_VALUE = "yes-value"
MAILBOX = "mailbox"
_NOTED = {
    "ambiguous-date": DATE_ORDER,
    "number-format": DECIMAL_MARK,
    "date-code": EXCEL_DATE,
}
_OFFERED = frozenset({LEVEL_ORDER, MAILBOX})
_OR = "⇔"


@dataclass(frozen=True)
class Answer:
    """One way to answer: a word for programs, and what the button says."""

    value: str
    words: str


@dataclass(frozen=True)
class Asked:
    """A question about a column.

    Attributes
    ----------
    code : str
        A key of `ASKABLE`.
    words : str
        The question.
    answers : tuple of Answer
        The ways to answer it.
    current : str
        The answer that is in force.
    is_open : bool
        Whether nothing in the file decided and nobody answered: the person should.
    is_answered : bool
        Whether a person answered it; they may change their mind.
    """

    code: str
    words: str
    answers: tuple[Answer, ...]
    current: str
    is_open: bool
    is_answered: bool = False


@dataclass(frozen=True)
class Askable:
    """How a question is found, and how its answer changes the column."""

    ask: Callable[[Column, Sequence[str]], Asked | None]
    settle: Callable[[Column, str], Column]


def questions_on(schema: Schema, name: str, examples: Sequence[str]) -> tuple[Asked, ...]:
    """What a person should be asked about a column, and what they were asked and may change.

    Parameters
    ----------
    schema : Schema
        The table as it is read now.
    name : str
        The column.
    examples : sequence of str
        Some of its cells, as written; a question shows one of them.
    """
    column = schema.column(name)
    before = {change.what for change in schema.changes if change.column == name}
    asked = {code: askable.ask(column, examples) for code, askable in ASKABLE.items()}
    return tuple(
        replace(question, is_answered=code in before)
        for code, question in asked.items()
        if question is not None and (question.is_open or code in before or code in _OFFERED)
    )


def is_answered(schema: Schema, code: str, name: str) -> bool:
    """Whether a person has answered what a reader's note about a column was about.

    Parameters
    ----------
    schema : Schema
        The table as it is read now.
    code : str
        The note's code (``"ambiguous-date"``).
    name : str
        The column.
    """
    asked = _NOTED.get(code)
    return any(change.column == name and change.what == asked for change in schema.changes)


def answered(schema: Schema, name: str, code: str, value: str) -> Schema:
    """Return a new version of the schema in which a person has answered a question.

    Raises
    ------
    InputError
        When there is no such question or no such answer.
    """
    if code not in ASKABLE:
        raise InputError(
            say("Nobody asks '{code}'.", code=code),
            say("Questions are: {codes}.", codes=", ".join(ASKABLE)),
        )
    column = schema.column(name)
    after = ASKABLE[code].settle(column, value)
    return schema.with_answer(after, code, ("", value))


def _ask_date_order(column: Column, examples: Sequence[str]) -> Asked | None:
    written = column.date
    if column.kind is not Kind.DATETIME or written is None or not examples:
        return None
    order = _order_of(written.patterns)
    told = next((text for text in examples if _turns(text)), None)
    if order is None or told is None:
        return None
    first, second = (_spoken_day(told, with_order(written, o)) for o in (DAY_FIRST, MONTH_FIRST))
    if not first or not second or first == second:
        return None
    return Asked(
        DATE_ORDER,
        say("Is {example} in this column {day_first} or {month_first}?", example=told[:30],
            day_first=first, month_first=second),
        (Answer(DAY_FIRST, first), Answer(MONTH_FIRST, second)),
        order,
        written.ambiguous,
    )  # fmt: skip


def _order_of(patterns: Sequence[str]) -> str | None:
    for pattern in patterns:
        if "%d" in pattern and "%m" in pattern and not pattern.lower().startswith("%y"):
            return DAY_FIRST if pattern.index("%d") < pattern.index("%m") else MONTH_FIRST
    return None


def _turns(text: str) -> bool:
    """Whether a date reads differently with day and month in the other order."""
    match = re.match(r"(\d{1,2})\D(\d{1,2})\D\d{2,4}", text)
    if match is None:
        return False
    first, second = int(match.group(1)), int(match.group(2))
    return first != second and min(first, second) >= 1 and max(first, second) <= 12


def _spoken_day(text: str, written: DateFormat) -> str:
    import numpy as np
    import pyarrow as pa

    stamp = parse_dates(pa.array([text]), written)[0]
    if np.isnat(stamp):
        return ""
    day = stamp.astype("datetime64[D]").item()
    return say("{day} {month} {year}", day=str(day.day), month=say(_MONTHS[day.month - 1]),
               year=str(day.year))  # fmt: skip


def _settle_date_order(column: Column, value: str) -> Column:
    if value not in (DAY_FIRST, MONTH_FIRST) or column.date is None:
        raise _no_answer(value)
    return replace(column, date=with_order(column.date, value))


def _ask_decimal_mark(column: Column, examples: Sequence[str]) -> Asked | None:
    written = column.number
    if column.kind is not Kind.NUMBER or written is None or written.clock:
        return None
    if written.decimal not in {".", ","}:
        return None
    told = next((text for text in examples if re.search(r"\d[.,]\d{3}(?!\d)", text)), None)
    if told is None or len(re.findall(r"[.,]", told)) != 1:
        return None
    as_point, as_group = _decimal_readings("." if "." in told else ",")
    first, second = (_spoken_number(told, one) for one in (as_group, as_point))
    if not first or not second or first == second:
        return None
    answers = tuple(sorted([(as_group.decimal, first), (as_point.decimal, second)]))
    return Asked(
        DECIMAL_MARK,
        say("Is {example} in this column {first} or {second}?", example=told[:30], first=first,
            second=second),
        tuple(Answer(value, words) for value, words in answers),
        written.decimal,
        written.ambiguous,
    )  # fmt: skip


def _decimal_readings(sign: str) -> tuple[NumberFormat, NumberFormat]:
    other = {".": ",", ",": "."}[sign]
    return NumberFormat(sign, ""), NumberFormat(other, sign)


def _spoken_number(text: str, written: NumberFormat) -> str:
    import numpy as np
    import pyarrow as pa

    value = parse_numbers(pa.array([text]), written)[0]
    return "" if np.isnan(value) else Figure(f"{value:,.10g}")


def _settle_decimal_mark(column: Column, value: str) -> Column:
    if value not in {".", ","} or column.number is None:
        raise _no_answer(value)
    thousands = {".": ",", ",": "."}[value]
    number = replace(column.number, decimal=value, thousands=thousands, ambiguous=False)
    return replace(column, number=number)


def _ask_duration_unit(column: Column, examples: Sequence[str]) -> Asked | None:
    written = column.number
    if column.kind is not Kind.NUMBER or written is None or written.clock not in {MINUTES, HOURS}:
        return None
    told = next((text for text in examples if re.fullmatch(r"[-+]?\d{1,2}:\d{2}", text)), None)
    if told is None:
        return None
    import pyarrow as pa

    words = {
        unit: duration_words(float(parse_clock(pa.array([told]), unit)[0]))
        for unit in (MINUTES, HOURS)
    }
    return Asked(
        DURATION_UNIT,
        say("Is {example} in this column {minutes} or {hours}?", example=told,
            minutes=words[MINUTES], hours=words[HOURS]),
        tuple(Answer(unit, said) for unit, said in words.items()),
        written.clock,
        written.ambiguous,
    )  # fmt: skip


def _settle_duration_unit(column: Column, value: str) -> Column:
    if value not in {MINUTES, HOURS} or column.number is None:
        raise _no_answer(value)
    return replace(column, number=replace(column.number, clock=value, ambiguous=False))


def _ask_excel_date(column: Column, examples: Sequence[str]) -> Asked | None:
    written = column.date
    if column.kind is not Kind.DATETIME or written is None or not examples:
        return None
    if written.patterns != (EXCEL_DAYS,):
        return None
    day = _spoken_day(examples[0], written)
    return Asked(
        EXCEL_DATE,
        say("Is {example} in this column the date {day}, or just a number?",
            example=examples[0][:20], day=day),
        (Answer("date", day), Answer("number", say("Just a number"))),
        "date",
        column.confidence < 1.0,
    )  # fmt: skip


def _settle_excel_date(column: Column, value: str) -> Column:
    if value not in {"date", "number"}:
        raise _no_answer(value)
    return column if value == "date" else replace(column, kind=Kind.NUMBER, date=None, role="")


def _ask_level_order(column: Column, examples: Sequence[str]) -> Asked | None:
    if column.kind is not Kind.CATEGORY or not column.levels:
        return None
    shown = " < ".join(level[:40] for level in column.levels[:12])
    more = say("{levels} and more", levels=shown) if len(column.levels) > 12 else shown
    return Asked(
        LEVEL_ORDER,
        say("We read an order in these values: {levels}.", levels=more),
        (Answer("keep", say("The order is right")), Answer("none", say("They have no order"))),
        "keep",
        is_open=False,
    )


def _settle_level_order(column: Column, value: str) -> Column:
    if value not in {"keep", "none"}:
        raise _no_answer(value)
    return column if value == "keep" else replace(column, levels=(), role="")


def _ask_yes_value(column: Column, examples: Sequence[str]) -> Asked | None:
    """Asked where a person called two values yes or no, and neither is a word for it."""
    if column.kind is not Kind.BOOLEAN:
        return None
    written = column.boolean
    held = (*written.true, *written.false) if written else (text.lower() for text in examples)
    values = tuple(dict.fromkeys(held))
    if len(values) != 2 or boolean_format(tuple(sorted(values))) is not None:
        return None
    first, second = values
    return Asked(
        YES_VALUE,
        say("Which of the two values means yes?"),
        (Answer(f"{first}{_OR}{second}", first), Answer(f"{second}{_OR}{first}", second)),
        f"{first}{_OR}{second}" if written else "",
        written is None,
    )


def _settle_yes_value(column: Column, value: str) -> Column:
    yes, parted, no = value.partition(_OR)
    if not parted or not yes or not no:
        raise _no_answer(value)
    return replace(column, boolean=BooleanFormat((yes,), (no,)))


def _ask_mailbox(column: Column, examples: Sequence[str]) -> Asked | None:
    """Offered for e-mail addresses: what stands behind the @ may be learned, the address never."""
    if column.personal is not Personal.EMAIL:
        return None
    return Asked(
        MAILBOX,
        say("A model may see whether an address is private or a company's, never the address."),
        (Answer("provider", say("Learn from the provider")), Answer("nothing", say("Keep it out"))),
        "provider" if column.spelling == PROVIDER else "nothing",
        is_open=False,
    )


def _settle_mailbox(column: Column, value: str) -> Column:
    if value not in {"provider", "nothing"} or column.personal is not Personal.EMAIL:
        raise _no_answer(value)
    if value == "provider":
        return replace(column, kind=Kind.CATEGORY, role=MAILBOX_ROLE, spelling=PROVIDER)
    return replace(column, kind=Kind.IDENTIFIER, role="", spelling="")


def _no_answer(value: str) -> InputError:
    return InputError(
        say("'{value}' does not answer this question.", value=value),
        say("Choose one of its answers."),
    )


_MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"),
    mark("July"), mark("August"), mark("September"), mark("October"), mark("November"),
    mark("December"),
)  # fmt: skip

ASKABLE: dict[str, Askable] = {
    DATE_ORDER: Askable(_ask_date_order, _settle_date_order),
    DECIMAL_MARK: Askable(_ask_decimal_mark, _settle_decimal_mark),
    DURATION_UNIT: Askable(_ask_duration_unit, _settle_duration_unit),
    EXCEL_DATE: Askable(_ask_excel_date, _settle_excel_date),
    LEVEL_ORDER: Askable(_ask_level_order, _settle_level_order),
    YES_VALUE: Askable(_ask_yes_value, _settle_yes_value),
    MAILBOX: Askable(_ask_mailbox, _settle_mailbox),
}
