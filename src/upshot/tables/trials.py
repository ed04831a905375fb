"""Rows that somebody typed in to try something out: ``test@…``, "do not use", "asdf"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import cells_of
from upshot.tables.schema import Column, Kind, Personal

if TYPE_CHECKING:
    from upshot.tables.table import Table

# The domains are reserved for examples (RFC 2606, RFC 6761); the words are what forms get tried
# out with. "Test" alone is too common a word ("A/B test", "test drive"): only as a whole cell.
_EMAIL = (
    r"(?i)^(?:test(?:ing|er)?[\d._+-]*|asdf|qwerty|dummy|fake|noreply-test)@"
    r"|@(?:test\.[a-z]+|example\.(?:com|org|net)|asdf\.[a-z]+)$|@[^@]+\.(?:test|invalid|example)$"
)
_CELL = (
    r"(?i)^(?:test(?: ?(?:test|user|lead|account|customer|contact|person|order))?[ \d_-]*"
    r"|(?:test[ _-])+test|asdf+|qwerty|dummy(?: .{0,12})?|john test|test tester)$"
    r"|\bdo not use\b|\bdo_not_use\b|\bplease ignore\b|\bnicht verwenden\b|\bне использовать\b"
)


def can_tell(column: Column) -> bool:
    """Whether test rows show in a column: in e-mail addresses, names, and text."""
    if column.personal in (Personal.EMAIL, Personal.NAME):
        return True
    return column.kind in (Kind.TEXT, Kind.IDENTIFIER) and column.personal is None


def trial_rows(table: Table, names: tuple[str, ...]) -> np.ndarray:
    """Which rows say in one of the named columns that they are tests."""
    found = np.zeros(table.rows, dtype=bool)
    for name in names:
        cells = cells_of(name, table.raw.column(name))
        email = table.schema.column(name).personal is Personal.EMAIL
        marked = cells.matches(_EMAIL if email else _CELL)
        if marked.any():
            found |= np.append(marked, False)[cells.codes]
    return found
