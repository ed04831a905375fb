"""Columns that hold one value, or none at all."""

from __future__ import annotations

from upshot.errors import Note
from upshot.tables.cells import Cells
from upshot.tables.kinds.base import Declined, Found, Hints
from upshot.tables.schema import Kind
from upshot.wording import say


def recognise_constant(cells: Cells, hints: Hints) -> Found | Declined:
    """One value in every row, or no value in any.

    A single value beside many blanks still tells rows apart, so it is left to the other kinds.
    """
    if not cells.distinct:
        note = Note(
            "all-missing", say("`{column}` is empty in every row.", column=cells.name), cells.name
        )
        return Found(Kind.CONSTANT, notes=(note,))
    if cells.distinct == 1 and cells.filled >= 0.99 * cells.rows and cells.rows > 1:
        value = cells.texts[0].as_py()[:40]
        note = Note(
            "constant",
            say("`{column}` is '{value}' in every row.", column=cells.name, value=value),
            cells.name,
        )
        return Found(Kind.CONSTANT, notes=(note,))
    return Declined("it holds several values")
