"""What every finding says, and what the finders look at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from upshot.errors import Note, Remedy
from upshot.tables.cells import Cells, cells_of
from upshot.tables.missing import held
from upshot.tables.row_rules import rows_out
from upshot.tables.schema import Column, Kind
from upshot.tables.table import Table
from upshot.wording import Figure, say, say_list

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray

# More rows than this are looked at in part: every finder then takes well under a second.
MOST_ROWS = 200_000
# Names listed one by one in a sentence; the others are counted.
_MOST_NAMES = 6
# Notes that mean rows were left out in between: a row of the table is another one of the file.
_SHIFTING = frozenset(
    {"blank-rows", "repeated-header", "totals", "comment-lines", "units-row", "joined"}
)
# Larger numbers are read by their first digits; beyond the latter nobody reads digits at all.
_MILLION, _VAST = 1e6, 1e15
_NUMBERED = frozenset({"csv", "tsv", "txt", "xlsx", "xls", "xlsb", "ods"})


class Importance(StrEnum):
    """How a finding asks to be treated."""

    MISTAKE = "mistake"
    """Probably wrong in the data: worth mending before learning."""
    DECISION = "decision"
    """May be right or wrong: only a person knows."""
    REMARK = "remark"
    """Good to know; nothing needs to be done."""


@dataclass(frozen=True)
class Offer:
    """One click: the remedies that are carried out together, and taken back together."""

    steps: tuple[Remedy, ...]


@dataclass(frozen=True)
class Finding:
    """One thing that was found in the data before any learning.

    Attributes
    ----------
    code : str
        Stable slug; the finder's key in `upshot.tables.findings.FINDERS` begins it.
    importance : Importance
        How it asks to be treated.
    what : str
        What was found and where, in plain sentences.
    why : str
        The consequence for what is learned.
    remedy : str
        What can be done.
    columns : tuple of str
        Where: the columns it is about; empty for whole rows.
    row : int or None
        An example: the number of a row.
    counted_in : {"file", "table"}
        Whether `row` counts as a spreadsheet does, header included, or counts the rows of the
        table: rows that were left out in between make the former unknown.
    rows : int
        How many rows it is about, among those looked at; 0 where it is about whole columns.
    offers : tuple of Offer
        What one click can do, the best first.
    looked_at : int or None
        How many rows were looked at, where it was not all of them.
    """

    code: str
    importance: Importance
    what: str
    why: str
    remedy: str
    columns: tuple[str, ...] = ()
    row: int | None = None
    rows: int = 0
    offers: tuple[Offer, ...] = ()
    looked_at: int | None = None
    counted_in: str = "file"

    @property
    def key(self) -> str:
        """What tells it from every other finding of a table, whatever its figures are."""
        named = "\x1f".join((self.code, *self.columns))
        return hashlib.sha256(named.encode()).hexdigest()[:16]

    @property
    def note(self) -> Note:
        """The finding as a note that may travel with a run."""
        level = "info" if self.importance is Importance.REMARK else "warning"
        message = say("{what} {why}", what=self.what, why=self.why)
        column = self.columns[0] if len(self.columns) == 1 else None
        return Note(self.code, message, column, self.remedy, level)


@dataclass(frozen=True, eq=False)
class Look:
    """A table as the finders see it: all of it, or rows spread evenly over it.

    Attributes
    ----------
    whole : Table
        The table.
    today : date
        The day on which it is looked at.
    """

    whole: Table
    today: date

    @cached_property
    def kept(self) -> Array:
        """Positions in the table of the rows that a person did not leave out."""
        if not self.whole.schema.row_rules:
            return np.arange(self.whole.rows)
        return np.flatnonzero(~rows_out(self.whole))

    @cached_property
    def places(self) -> Array:
        """Positions in the table of the rows that are looked at."""
        if len(self.kept) <= MOST_ROWS:
            return self.kept
        return self.kept[np.linspace(0, len(self.kept) - 1, MOST_ROWS).astype(np.int64)]

    @cached_property
    def table(self) -> Table:
        """The rows that are looked at."""
        if len(self.places) == self.whole.rows:
            return self.whole
        return replace(self.whole, raw=self.whole.raw.take(self.places))

    @cached_property
    def data(self) -> pd.DataFrame:
        """Their typed cells."""
        return self.table.data

    @property
    def rows(self) -> int:
        """How many rows are looked at."""
        return len(self.places)

    @property
    def looked_at(self) -> int | None:
        """The same, or None when it is all of them."""
        return None if len(self.kept) <= MOST_ROWS else MOST_ROWS

    def columns(self, *kinds: Kind) -> tuple[Column, ...]:
        """The columns of some kinds that a model may see; all such columns when none is named."""
        return tuple(
            column
            for column in self.whole.schema.columns
            if not column.ignored and (not kinds or column.kind in kinds)
        )

    def numbers(self, column: Column) -> Array:
        """A number column's values."""
        return self.data[column.name].to_numpy(dtype="float64", na_value=np.nan)

    def dates(self, column: Column) -> Array:
        """A date column's values."""
        return self.data[column.name].to_numpy(dtype="datetime64[us]")

    def cells(self, column: Column) -> Cells:
        """A column's cells as texts, as a person's corrections leave them."""
        return held(cells_of(column.name, self.table.raw.column(column.name)), column)

    def all_cells(self, column: Column) -> Cells:
        """The same of every row not left out: for findings that must not miss a rare value."""
        return held(cells_of(column.name, self.whole.for_learning.raw.column(column.name)), column)

    def written(self, column: Column, row: int) -> str:
        """One cell of the rows looked at, as it is written in the file."""
        return short(str(self.table.raw.column(column.name)[row].as_py()).strip())

    @property
    def counts_as_file(self) -> bool:
        """Whether the number that a spreadsheet gives a row of the table is known."""
        source = self.whole.source
        shifted = any(note.code in _SHIFTING for note in self.whole.notes)
        return source.header_row is not None and not shifted and source.format in _NUMBERED

    def row_number(self, row: int) -> int:
        """The number of a row looked at; see `Finding.counted_in`."""
        return int(self.places[row]) + self._above

    def kept_number(self, row: int) -> int:
        """The number of a row among all that were not left out."""
        return int(self.kept[row]) + self._above

    @property
    def _above(self) -> int:
        return (self.whole.source.header_row or 0) + 2 if self.counts_as_file else 1


Finder = Callable[[Look], Iterator[Finding]]


def example_row(finding: Finding) -> str:
    """Where an example stands, and how much was looked at; empty where neither is to be said."""
    parts = []
    if finding.row is not None and finding.counted_in == "file":
        parts.append(say("See row {row} of the file.", row=Figure(str(finding.row))))
    elif finding.row is not None:
        parts.append(say("See row {row} of the table.", row=Figure(str(finding.row))))
    if finding.looked_at is not None:
        parts.append(
            say("We looked at {number} rows spread over the file.", number=finding.looked_at)
        )
    if len(parts) == 2:
        return say("{one} {other}", one=parts[0], other=parts[1])
    return parts[0] if parts else ""


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def first(mask: Array) -> int:
    """The first marked row."""
    return int(np.argmax(mask))


def short(text: str) -> str:
    """A cell as it is shown in a sentence."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def share(part: int, whole: int) -> str:
    """A share in per cent, never rounded to none or to all."""
    percent = 100 * part / max(1, whole)
    if 0 < percent < 0.1:
        return say("less than {share}", share=Figure("0.1 %"))
    if 99.9 < percent < 100:
        return say("more than {share}", share=Figure("99.9 %"))
    return Figure(f"{percent:.1f} %" if percent < 10 or percent > 90 else f"{percent:.0f} %")


def number(value: float) -> Figure:
    """A number as a person reads it: whole as it is, else to six digits."""
    if abs(value) >= _VAST:
        return Figure(f"{value:.3g}")
    whole = value == int(value) or abs(value) >= _MILLION
    return Figure(f"{value:,.0f}" if whole else f"{value:,.6g}")


def named(names: tuple[str, ...] | list[str]) -> str:
    """Column names in a sentence; many are counted."""
    marked = [f"`{name}`" for name in names]
    if len(marked) <= _MOST_NAMES:
        return say_list(marked)
    more = say("{number} more", number=len(marked) - _MOST_NAMES)
    return say_list([*marked[:_MOST_NAMES], more])


def one(*steps: Remedy) -> Offer:
    """An offer of some steps."""
    return Offer(steps)


def ignoring(names: tuple[str, ...] | list[str]) -> Offer:
    """The offer to ignore columns."""
    return Offer(tuple(Remedy("ignore", name) for name in names))
