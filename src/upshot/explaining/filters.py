"""Filters over the columns of a table: what a person's own rule and a segment are made of."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from upshot.errors import QuestionProblem
from upshot.explaining.wording import quoted
from upshot.learning.state import Array
from upshot.tables.schema import Column, Kind, Schema
from upshot.wording import mark, say

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

MOST_CONDITIONS = 3
NUMERIC_SHARE = 0.9
"""A column of text is compared by size when at least this share of its cells are numbers."""

_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0"})


class Comparison(StrEnum):
    """How a cell is compared with a value."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    IS = "="
    IS_NOT = "!="
    CONTAINS = "contains"
    MISSING = "missing"
    FILLED = "filled"


WITHOUT_VALUE = frozenset({Comparison.MISSING, Comparison.FILLED})
BY_SIZE = frozenset({Comparison.ABOVE, Comparison.AT_LEAST, Comparison.BELOW, Comparison.AT_MOST})

WORDS: Mapping[str, str] = {
    Comparison.ABOVE: mark("{column} is over {value}"),
    Comparison.AT_LEAST: mark("{column} is {value} or more"),
    Comparison.BELOW: mark("{column} is under {value}"),
    Comparison.AT_MOST: mark("{column} is {value} or less"),
    Comparison.IS: mark("{column} is {value}"),
    Comparison.IS_NOT: mark("{column} is not {value}"),
    Comparison.CONTAINS: mark("{column} contains {value}"),
    Comparison.MISSING: mark("{column} is missing"),
    Comparison.FILLED: mark("{column} is filled in"),
}


@dataclass(frozen=True)
class Condition:
    """One comparison of a column with a value; several values mean any of them."""

    column: str
    comparison: Comparison
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filter:
    """Up to three conditions, all of which must hold."""

    conditions: tuple[Condition, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it looks at, each once."""
        return tuple(dict.fromkeys(condition.column for condition in self.conditions))


def in_words(chosen: Filter) -> str:
    """Say a filter as part of a sentence.

    >>> in_words(Filter((Condition("Lead Score", Comparison.ABOVE, ("50",)),)))
    '`Lead Score` is over 50'
    """
    parts = [_condition_words(condition) for condition in chosen.conditions]
    said = parts[0] if parts else ""
    for part in parts[1:]:
        said = say("{first} and {second}", first=said, second=part)
    return said


def _condition_words(condition: Condition) -> str:
    value = condition.values[0] if condition.values else ""
    for other in condition.values[1:]:
        value = say("{first} or {second}", first=value, second=other)
    return say(WORDS[condition.comparison], column=quoted(condition.column), value=value)


def as_text(chosen: Filter) -> str:
    """Write a filter as it is typed, and as e-mail tools understand it.

    >>> as_text(Filter((Condition("Lead Score", Comparison.ABOVE, ("50",)),)))
    'Lead Score > 50'
    """
    return " AND ".join(_condition_text(condition) for condition in chosen.conditions)


def as_written(chosen: Filter, schema: Schema) -> Filter:
    """The filter with yes and no spelled as the file spells them: a tool knows only that."""
    conditions = (
        replace(condition, values=_spelled(condition, schema.column(condition.column)))
        for condition in chosen.conditions
    )
    return Filter(tuple(conditions))


def _spelled(condition: Condition, column: Column) -> tuple[str, ...]:
    form = column.boolean
    if form is None or not form.true or not form.false:
        return condition.values
    words = {"yes": form.true[0], "no": form.false[0]}
    return tuple(words.get(value, value) for value in condition.values)


def _condition_text(condition: Condition) -> str:
    if condition.comparison in WITHOUT_VALUE:
        return f"{condition.column} is {'not ' * (condition.comparison == 'filled')}missing"
    texts = [
        f"{condition.column} {condition.comparison} {_quoted_value(value)}"
        for value in condition.values
    ]
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"


def _quoted_value(value: str) -> str:
    """Words with spaces stand in quotes, so that a tool sees where they end."""
    return f'"{value}"' if " " in value and '"' not in value else value


def holds(chosen: Filter, frame: pd.DataFrame, schema: Schema) -> Array:
    """Return, for each row, whether every condition holds.

    Parameters
    ----------
    chosen : Filter
        The conditions.
    frame : pandas.DataFrame
        Typed cells (`Table.data`) with the columns of the filter.
    schema : Schema
        What those columns are.

    Raises
    ------
    QuestionProblem
        A value does not fit its column.
    InputError
        There is no such column.
    """
    import numpy as np

    kept = np.ones(len(frame), dtype=bool)
    for condition in chosen.conditions:
        column = schema.column(condition.column)
        kept &= _holds(condition, frame[condition.column], column)
    return kept


def _holds(condition: Condition, cells: pd.Series, column: Column) -> Array:
    import numpy as np

    missing = cells.isna().to_numpy()
    if condition.comparison is Comparison.MISSING:
        return missing
    if condition.comparison is Comparison.FILLED:
        return ~missing
    if not condition.values:
        raise QuestionProblem(
            say("The rule needs a value to compare {column} with.", column=quoted(column.name)),
            say("Enter a number, a date or a word."),
        )
    found = np.zeros(len(cells), dtype=bool)
    for value in condition.values:
        found |= _compared(condition.comparison, cells, column, value)
    if condition.comparison is Comparison.IS_NOT:
        return ~found
    return found & ~missing


def _compared(comparison: Comparison, cells: pd.Series, column: Column, value: str) -> Array:
    """Compare cells with one value; for "is not", say where the value is."""
    if comparison is Comparison.CONTAINS:
        text = cells.astype("object").map(str, na_action="ignore").astype("str")
        wanted = value.strip().casefold()
        return text.str.casefold().str.contains(wanted, regex=False).fillna(False).to_numpy(bool)
    if column.kind is Kind.NUMBER:
        return _by_size(comparison, _numbers(cells), number_of(value, column))
    if column.kind is Kind.DATETIME:
        days = cells.astype("datetime64[us]").to_numpy().astype("datetime64[D]")
        return _by_size(comparison, _day_numbers(days), float(_day_of(value, column).astype(int)))
    if column.kind is Kind.BOOLEAN:
        return _by_truth(comparison, cells, column, value)
    return _by_text(comparison, cells, column, value)


def _by_size(comparison: Comparison, cells: Array, value: float) -> Array:
    import numpy as np

    known = np.isfinite(cells)
    safe = np.where(known, cells, 0.0)
    found = {
        Comparison.ABOVE: safe > value,
        Comparison.AT_LEAST: safe >= value,
        Comparison.BELOW: safe < value,
        Comparison.AT_MOST: safe <= value,
    }.get(comparison, np.isclose(safe, value, rtol=1e-9, atol=0.0) | (safe == value))
    return np.asarray(found & known)


def _numbers(cells: pd.Series) -> Array:
    import numpy as np

    return np.asarray(cells.astype("Float64").to_numpy(dtype=float, na_value=np.nan))


def _day_numbers(days: Array) -> Array:
    import numpy as np

    return np.where(np.isnat(days), np.nan, days.astype("int64").astype(float))


def number_of(value: str, column: Column) -> float:
    """Read a number as the column writes it, or as programs do; raises `QuestionProblem`."""
    text = value.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "").rstrip("%")
    form = column.number
    if form is not None:
        text = text.replace(form.currency, "") if form.currency else text
        if form.decimal == "," and "." not in text:
            text = text.replace(",", ".")
    for written in (text, text.replace(",", "")):
        try:
            number = float(written)
        except ValueError:
            continue
        if math.isfinite(number):
            return number
    raise QuestionProblem(
        say(
            "{column} holds numbers, and “{value}” is none.",
            column=quoted(column.name),
            value=value,
        ),
        say("Enter a number such as 50."),
    )


def _day_of(value: str, column: Column) -> np.datetime64:
    import numpy as np

    try:
        return np.datetime64(value.strip()[:10], "D")
    except ValueError:
        raise QuestionProblem(
            say(
                "{column} holds dates, and “{value}” is none.",
                column=quoted(column.name),
                value=value,
            ),
            say("Write the date as 2026-01-31."),
        ) from None


def _by_truth(comparison: Comparison, cells: pd.Series, column: Column, value: str) -> Array:
    import numpy as np

    wanted, form = value.strip().casefold(), column.boolean
    yes = _YES | set(form.true if form else ())
    no = _NO | set(form.false if form else ())
    if comparison in BY_SIZE or wanted not in yes | no:
        raise QuestionProblem(
            say("{column} holds yes and no.", column=quoted(column.name)),
            say("Compare it by “is” with yes or no."),
        )
    return np.asarray(cells.eq(wanted in yes).fillna(False).to_numpy(dtype=bool))


def _by_text(comparison: Comparison, cells: pd.Series, column: Column, value: str) -> Array:
    import numpy as np

    if comparison not in BY_SIZE:
        wanted = " ".join(value.split()).casefold()
        codes, distinct = cells.astype("object").factorize()
        same = [" ".join(str(one).split()).casefold() == wanted for one in distinct]
        return np.asarray(np.array([*same, False], dtype=bool)[codes])
    import pandas as pd

    numbers = pd.to_numeric(cells.astype("object"), errors="coerce").to_numpy(dtype=float)
    filled = int(cells.notna().sum())
    if not filled or np.isfinite(numbers).sum() < NUMERIC_SHARE * filled:
        raise QuestionProblem(
            say("{column} holds words, which have no size.", column=quoted(column.name)),
            say("Compare it by “is” with one of its words."),
        )
    return _by_size(comparison, numbers, number_of(value, column))
