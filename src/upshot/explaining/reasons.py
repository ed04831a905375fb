"""Reasons of single rows as short phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.explaining.encoder import MICROSECONDS_A_DAY, ColumnCode
from upshot.explaining.wording import amount, quoted
from upshot.learning.state import Array
from upshot.tables.schema import Kind
from upshot.wording import mark, say

if TYPE_CHECKING:
    import pandas as pd

LONGEST_VALUE = 40
SMALLEST_SHARE = 0.02
"""A column that moves a row by less than this share of all its movement is no reason."""


def phrases(
    features: pd.DataFrame,
    codes: tuple[ColumnCode, ...],
    contributions: Array,
    spoken: tuple[str, ...],
    n: int,
) -> list[list[str]]:
    """Turn contributions into up to `n` phrases per row, the strongest first.

    Parameters
    ----------
    features : pandas.DataFrame
        The rows, with the columns of `codes`.
    codes : tuple of ColumnCode
        The columns, in the order of `contributions`.
    contributions : numpy.ndarray, shape (n_rows, n_columns)
        How far each column moves each row.
    spoken : tuple of str
        Multiclass: the class each row's reasons speak of; else empty.
    n : int
        Most phrases per row.
    """
    strength = np.abs(contributions)
    ranked = np.argsort(-strength, axis=1, kind="stable")[:, :n]
    total = strength.sum(axis=1)
    values = [_Values(features[code.name], code) for code in codes]
    found = []
    for row, columns in enumerate(ranked.tolist()):
        told = []
        for column in columns:
            if strength[row, column] <= SMALLEST_SHARE * total[row]:
                break
            raises = bool(contributions[row, column] > 0)
            told.append(values[column].phrase(row, spoken[row] if spoken else "", raises=raises))
        found.append(told)
    return found


_EFFECTS = {
    True: mark("{column} is {value} (raises)"),
    False: mark("{column} is {value} (lowers)"),
}
_EFFECTS_ON_CLASS = {
    True: mark("{column} is {value} (for {outcome})"),
    False: mark("{column} is {value} (against {outcome})"),
}


_HISTORY = {
    True: mark("the history of this {column} (raises)"),
    False: mark("the history of this {column} (lowers)"),
}
_HISTORY_ON_CLASS = {
    True: mark("the history of this {column} (for {outcome})"),
    False: mark("the history of this {column} (against {outcome})"),
}


class _Values:
    """The cells of one column as phrases, each distinct phrase worded once."""

    def __init__(self, column: pd.Series, learned: ColumnCode) -> None:
        self.codes, distinct = column.astype("object").factorize()
        self.learned = learned
        self.distinct = distinct
        self.known: dict[tuple[int, str, bool], str] = {}

    def phrase(self, row: int, spoken: str, *, raises: bool) -> str:
        """What the cell of a row does, to the class spoken of where there is one."""
        key = (int(self.codes[row]), spoken, raises)
        if key not in self.known:
            self.known[key] = self._worded(*key)
        return self.known[key]

    def _worded(self, code: int, spoken: str, raises: bool) -> str:
        if self.learned.unnamed and code >= 0 and str(self.distinct[code]) in self.learned.means:
            told = _HISTORY_ON_CLASS if spoken else _HISTORY
            return say(told[raises], column=quoted(self.learned.name), outcome=spoken)
        value = self._value(self.distinct[code]) if code >= 0 else say("missing")
        column = quoted(self.learned.name)
        if spoken:
            return say(_EFFECTS_ON_CLASS[raises], column=column, value=value, outcome=spoken)
        return say(_EFFECTS[raises], column=column, value=value)

    def _value(self, value: Any) -> str:
        if self.learned.unnamed:
            return say("rare or new")
        text = value_text(value, self.learned.kind)
        # Such a value moves the row only by not being one of those learned from.
        if self.learned.kind == Kind.CATEGORY and str(value) not in self.learned.means:
            return say("{value}, which is rare or new", value=text)
        return text


def value_text(value: Any, kind: str) -> str:
    """Say one cell in a person's words.

    >>> value_text(8123.7, "number"), value_text(True, "boolean")
    ('8,124', 'yes')
    """
    if kind == Kind.NUMBER:
        return amount(float(value))
    if kind == Kind.BOOLEAN:
        return say("yes") if value else say("no")
    if kind == Kind.DATETIME:
        return _day(value, f"{value:%d}")
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def day_text(days: float) -> str:
    """Say a day counted since 1970.

    >>> day_text(19_723)
    '1 Jan 2024'
    """
    moment = np.datetime64(int(days * MICROSECONDS_A_DAY), "us").item()
    return _day(moment, str(moment.day))


MONTHS = (
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
)


def _day(moment: Any, day: str) -> str:
    month = say(MONTHS[moment.month - 1])
    return say("{day} {month} {year}", day=day, month=month, year=f"{moment:%Y}")
