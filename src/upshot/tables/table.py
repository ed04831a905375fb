"""The Table: the cells as read, the Schema, and the typed data they give together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from upshot.errors import Note
from upshot.tables.large.stored import StoredCells
from upshot.tables.schema import Schema

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

# What a model learns hardly changes beyond this; the typed cells of so many rows fit in memory.
MOST_LEARNED_ROWS = 500_000


@dataclass(frozen=True)
class Skipped:
    """Lines of the file that are not rows of the table."""

    before: int = 0
    after: int = 0
    totals: int = 0


@dataclass(frozen=True)
class Source:
    """Where a table came from and how it was opened.

    Attributes
    ----------
    file : str
        The name the person knows it by, never a path on our side.
    format : str
        ``"csv"``, ``"xlsx"``, ``"xls"``, ``"ods"``, ``"parquet"``, …
    encoding, delimiter, decimal, sheet : str or None
        What was detected, where the format has it.
    header_row : int or None
        0-based line of the header in the file or sheet; None when the file has no header.
    sheets : tuple of str
        All sheets or archive members that could have been chosen.
    export : str or None
        The recognised export (``"shopify-orders"``, …).
    quote, escape : str or None
        Of a text file; empty when it uses none.
    header_rows : int
        Rows of column names: 0, 1, or 2 or 3 with rows of group titles or units.
    tables : tuple of str
        The columns of each table, where several stand below each other.
    table : int or None
        Which of them was read, counted from 1.
    doubts : tuple of str
        Decisions that could have been others: ``"encoding"``, ``"delimiter"``, ``"header"``.
    """

    file: str
    format: str
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    header_row: int | None = 0
    skipped: Skipped = field(default_factory=Skipped)
    sheets: tuple[str, ...] = ()
    export: str | None = None
    quote: str | None = None
    escape: str | None = None
    header_rows: int = 1
    tables: tuple[str, ...] = ()
    table: int | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Table:
    """A table as understood: cells as read, what they mean, and what was noticed.

    Attributes
    ----------
    raw : pyarrow.Table or StoredCells
        The cells as read: text for CSV, native types where the format has them (Excel, Parquet)
        and in large files, whose cells stay on disk.
    schema : Schema
        What each column is. ``raw`` and ``schema`` name the same columns in the same order.
    notes : tuple of Note
        What the reader noticed, in plain words.
    source : Source
        Where it came from.
    """

    raw: pa.Table | StoredCells
    schema: Schema
    notes: tuple[Note, ...]
    source: Source

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.raw.num_rows)

    @cached_property
    def data(self) -> pd.DataFrame:
        """The typed cells, one column per schema column, by kind:

        number ``float64`` · boolean ``boolean`` (nullable) · datetime ``datetime64[us]`` without
        zone · category ``category`` of text · text, identifier, constant ``str``; missing is
        missing. Do not change it in place.
        """
        from upshot.tables.typed import typed_frame

        return typed_frame(self.raw, self.schema)

    @cached_property
    def within_memory(self) -> Table:
        """The table itself; of one that is kept on disk rows spread evenly over all of them."""
        if not isinstance(self.raw, StoredCells):
            return self
        return replace(self, raw=self.raw.spread(MOST_LEARNED_ROWS))

    @cached_property
    def for_learning(self) -> Table:
        """The table without the rows that a person left out; itself where none were.

        Only learning and what leads to it take this one: predictions keep every row.
        """
        if isinstance(self.raw, StoredCells):
            return self.within_memory.for_learning
        if not self.schema.row_rules:
            return self
        import pyarrow as pa

        from upshot.tables.row_rules import rows_out

        kept = replace(self, raw=self.raw.filter(pa.array(~rows_out(self))))
        # Left out already: asking again gives the same table.
        kept.__dict__["for_learning"] = kept
        return kept

    def to_pandas(self) -> pd.DataFrame:
        """Return a copy of the typed data."""
        return self.data.copy()

    def with_cells(self, raw: pa.Table) -> Table:
        """Return the same rows with other cells; rows left out of learning stay left out."""
        changed = replace(self, raw=raw)
        if self.__dict__.get("for_learning") is self:
            changed.__dict__["for_learning"] = changed
        return changed

    def with_schema(self, schema: Schema) -> Table:
        """Return the same cells read by another version of the schema."""
        return replace(self, schema=schema)
