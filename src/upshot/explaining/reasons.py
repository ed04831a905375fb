"""Reasons of single rows as short phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.explaining.encoder import MICROSECONDS_A_DAY, ColumnCode
from upshot.explaining.wording import amount, quoted
from upshot.learning.state import Array
from upshot.tables.schema import Kind

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
            raises = contributions[row, column] > 0
            effect = _effect(raises, spoken[row] if spoken else "")
            told.append(f"{quoted(codes[column].name)} {values[column][row]} ({effect})")
        found.append(told)
    return found


def _effect(raises: bool, spoken: str) -> str:
    if spoken:
        return f"{'for' if raises else 'against'} {spoken}"
    return "raises" if raises else "lowers"


class _Values:
    """The cells of one column as phrases, each distinct cell worded once."""

    def __init__(self, column: pd.Series, learned: ColumnCode) -> None:
        self.codes, distinct = column.astype("object").factorize()
        self.learned = learned
        self.distinct = distinct
        self.known: dict[int, str] = {-1: "is missing"}

    def __getitem__(self, row: int) -> str:
        code = int(self.codes[row])
        if code not in self.known:
            self.known[code] = self._worded(self.distinct[code])
        return self.known[code]

    def _worded(self, value: Any) -> str:
        text = f"is {value_text(value, self.learned.kind)}"
        # Such a value moves the row only by not being one of those learned from.
        strange = self.learned.kind == Kind.CATEGORY and str(value) not in self.learned.means
        return f"{text}, which is rare or new" if strange else text


def value_text(value: Any, kind: str) -> str:
    """Say one cell in a person's words.

    >>> value_text(8123.7, "number"), value_text(True, "boolean")
    ('8,124', 'yes')
    """
    if kind == Kind.NUMBER:
        return amount(float(value))
    if kind == Kind.BOOLEAN:
        return "yes" if value else "no"
    if kind == Kind.DATETIME:
        return f"{value:%d %b %Y}"
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def day_text(days: float) -> str:
    """Say a day counted since 1970.

    >>> day_text(19_723)
    '1 Jan 2024'
    """
    moment = np.datetime64(int(days * MICROSECONDS_A_DAY), "us").item()
    return f"{moment.day} {moment:%b %Y}"
