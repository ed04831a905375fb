"""The outcome column as people see it: its values, how often each stands, and comparing them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.state import Array
from upshot.questions.names import fold, word_set
from upshot.tables.schema import Column, Kind
from upshot.tables.table import Table

if TYPE_CHECKING:
    import pandas as pd

# Above this many different values nobody reads them one by one; they are not spelled out.
MOST_VALUES = 1000

_YES = word_set(
    "1 yes y true t ja j oui o sim si sí da да tak igen evet converted conversion churned "
    "churn bought buyer purchased purchase subscribed responded response left exited cancelled "
    "canceled clicked opened won success positive returned default defaulted gekündigt "
    "gekauft konvertiert acheté résilié comprou cancelado customer kunde accepted "
    "joined upgraded renewed paid"
)
_NO = word_set(
    "0 -1 no n false f nein non não nao ne нет nie nem hayır none negative lost failure stayed "
    "active existing open"
)
_NEGATIONS = ("not ", "no ", "non ", "non-", "not-", "not_", "no_", "un", "nicht ", "nao ")


@dataclass(frozen=True, eq=False)
class OutcomeColumn:
    """The values of one column, most frequent first.

    Attributes
    ----------
    column : Column
        Its place in the schema.
    values : tuple of str
        The distinct values as written, spelled the way most rows spell them; empty when there are
        more than `MOST_VALUES`.
    counts : tuple of int
        Rows per value.
    codes : numpy.ndarray of int64, shape (n_rows,)
        Position in `values` of each row, -1 where missing.
    numbers : numpy.ndarray of float64 or None
        The amounts, for number columns.
    distinct, missing : int
        Different values, and rows without one.
    """

    column: Column
    values: tuple[str, ...]
    counts: tuple[int, ...]
    codes: Array
    numbers: Array | None
    distinct: int
    missing: int

    @property
    def name(self) -> str:
        """The column's name."""
        return self.column.name

    @property
    def known(self) -> Array:
        """True for the rows whose outcome is known."""
        return self.codes >= 0

    @property
    def rows(self) -> int:
        """Number of rows with a known outcome."""
        return len(self.codes) - self.missing

    def find(self, wanted: object) -> str | None:
        """The value a person means: ``1``, ``"1.0"`` and ``"1"`` are one, case does not matter."""
        key, numeric = fold(spell(wanted)), _as_number(spell(wanted))
        for value in self.values:
            if fold(value) == key:
                return value
        for value in self.values:
            if numeric is not None and _as_number(value) == numeric:
                return value
        return self._by_truth(key)

    def _by_truth(self, key: str) -> str | None:
        """Match ``yes`` with ``1`` and the like, where the column says yes and no."""
        if len(self.values) != 2 or (key not in _YES and key not in _NO):
            return None
        truths = [fold(value) in _YES for value in self.values]
        if sum(truths) != 1 or not all(fold(v) in _YES | _NO for v in self.values):
            return None
        return self.values[truths.index(key in _YES)]


def read_outcome(table: Table, name: str) -> OutcomeColumn:
    """Read the values of a column; raises `InputError` when the table has no such column."""
    import pandas as pd

    column = table.schema.column(name)
    series = table.data[name]
    numbers = None
    if column.kind is Kind.NUMBER:
        numbers = series.to_numpy(dtype="float64", na_value=np.nan)
        series = pd.Series(np.where(np.isfinite(numbers), numbers, np.nan))
    codes, uniques = pd.factorize(series)
    distinct = len(uniques)
    if distinct > MOST_VALUES:
        missing = int((codes < 0).sum())
        return OutcomeColumn(column, (), (), codes.astype("int64"), numbers, distinct, missing)
    spelled = _spellings(table, column, codes, uniques)
    values, counts, codes = _merged(spelled, codes)
    missing = int((codes < 0).sum())
    return OutcomeColumn(column, values, counts, codes, numbers, len(values), missing)


def spell(value: object) -> str:
    """A value the way a person reads it in a spreadsheet: ``1.0`` is ``"1"``."""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating):
        number = float(value)
        if math.isfinite(number) and number == int(number) and abs(number) < 1e15:
            return str(int(number))
        return repr(number)
    return str(value).strip()


def _spellings(table: Table, column: Column, codes: Array, uniques: pd.Index) -> list[str]:
    if column.kind is not Kind.BOOLEAN:
        return [spell(value) for value in uniques]
    raw = table.raw.column(column.name).to_pandas()
    spelled = []
    for position, value in enumerate(uniques):
        cells = raw[codes == position].map(spell).value_counts()
        spelled.append(_plain(str(cells.index[0])) if len(cells) else spell(value))
    return spelled


def _plain(text: str) -> str:
    """``"1.0"`` as ``"1"``; any other text as it is."""
    numeric = _as_number(text)
    return text if numeric is None else spell(numeric)


def _merged(spelled: list[str], codes: Array) -> tuple[tuple[str, ...], tuple[int, ...], Array]:
    """Join spellings that people read as one, most frequent first."""
    counts = np.bincount(codes[codes >= 0], minlength=len(spelled))
    by_key: dict[str, list[int]] = {}
    for position in np.argsort(-counts, kind="stable"):
        by_key.setdefault(fold(spelled[position]), []).append(int(position))
    groups = sorted(
        (group for key, group in by_key.items() if key), key=lambda group: -counts[group].sum()
    )
    lookup = np.full(len(spelled) + 1, -1, dtype="int64")
    for code, group in enumerate(groups):
        lookup[group] = code
    values = tuple(spelled[group[0]] for group in groups)
    return values, tuple(int(counts[group].sum()) for group in groups), lookup[codes]


def _as_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def guess_positive(outcome: OutcomeColumn) -> str:
    """The outcome a marketer most likely looks for, of two: a yes, or else the rarer one."""
    first, second = outcome.values[:2]
    for one, other in ((first, second), (second, first)):
        if says_yes(one) and not says_yes(other):
            return one
        if says_no(one) and not says_no(other):
            return other
    return second


def says_yes(value: str) -> bool:
    """Whether a value reads as the outcome having happened."""
    return fold(value) in _YES


def says_no(value: str) -> bool:
    """Whether a value reads as the outcome not having happened."""
    key = fold(value)
    return key in _NO or any(
        key.startswith(mark) and key.removeprefix(mark) in _YES for mark in _NEGATIONS
    )
