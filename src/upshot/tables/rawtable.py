"""What a reader hands on: cells as read, where they came from, what was noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from upshot.errors import Note
from upshot.tables.table import Source
from upshot.wording import say_count

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, eq=False)
class RawTable:
    """Cells as read, before anything is inferred."""

    raw: pa.Table
    source: Source
    notes: tuple[Note, ...] = ()


def lines_above(count: int) -> Note:
    """Say how many lines above the table were left out."""
    said = say_count(
        "{number} line above the table left out.",
        "{number} lines above the table left out.",
        count,
    )
    return Note("lines-above", said)


def lines_below(count: int) -> Note:
    """Say how many lines below the table were left out."""
    said = say_count(
        "{number} line below the table left out.",
        "{number} lines below the table left out.",
        count,
    )
    return Note("lines-below", said)


def text_table(names: Sequence[str], columns: Sequence[Sequence[str | None]]) -> pa.Table:
    """Build a table of text columns."""
    import pyarrow as pa

    arrays = [pa.array(column, type=pa.string()) for column in columns]
    return pa.Table.from_arrays(arrays, names=list(names))
