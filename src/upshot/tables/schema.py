"""The Schema: what each column of a table is, frozen and JSON-able.

A Schema never changes. A person's correction makes a new one, one version higher, that remembers
the correction. Training and predicting share it: kinds are inferred once, when a file is first
read, and never again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from upshot.errors import InputError


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    CATEGORY = "category"
    TEXT = "text"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    IDENTIFIER = "identifier"
    CONSTANT = "constant"


class Personal(StrEnum):
    """Which personal data a column holds."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"
    IP = "ip"


@dataclass(frozen=True)
class NumberFormat:
    """How numbers are written in a column.

    Attributes
    ----------
    decimal, thousands : str
        The marks; `thousands` is empty when the column uses none.
    currency : str
        Sign or code found beside the numbers, or empty.
    percent : bool
        Whether values carry a percent sign; they are stored as written (12 % is 12.0).
    """

    decimal: str = "."
    thousands: str = ""
    currency: str = ""
    percent: bool = False


@dataclass(frozen=True)
class DateFormat:
    """How dates are written: ``strptime`` patterns in order of preference.

    ``ambiguous`` is True when no value decided between day-first and month-first.
    """

    patterns: tuple[str, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True)
class BooleanFormat:
    """Which spellings (lower case, trimmed) mean yes and which mean no."""

    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        Unique in the table; blank and repeated headers were given names by the reader.
    kind : Kind
        What it holds.
    role : str
        A finer word (``"money"``, ``"percent"``, ``"count"``, ``"postal code"``, ``"url"``, …) or
        empty.
    personal : Personal or None
        Personal data is kept out of models unless a person decides otherwise.
    number, date, boolean : format or None
        How values are written, for the kinds that need it.
    missing_tokens : tuple of str
        Spellings (lower case, trimmed) read as missing in this column, as the reader found them.
    marked_missing : tuple of str
        Further spellings that a person said mean missing; numbers among them stand for their value,
        however it is written.
    ignored : bool
        Kept in the table and in exports, never shown to a model.
    confidence : float
        From 0 to 1, how sure the inference is; 1 when a person decided.
    """

    name: str
    kind: Kind
    role: str = ""
    personal: Personal | None = None
    number: NumberFormat | None = None
    date: DateFormat | None = None
    boolean: BooleanFormat | None = None
    missing_tokens: tuple[str, ...] = ()
    marked_missing: tuple[str, ...] = ()
    ignored: bool = False
    confidence: float = 1.0


@dataclass(frozen=True)
class Change:
    """A person's correction: which column, what (``"kind"``, ``"ignored"``, …), from and to.

    ``was`` is the whole column before it, so that it can be taken back.
    """

    column: str
    what: str
    before: str
    after: str
    was: Column | None = None


@dataclass(frozen=True)
class Schema:
    """All columns in file order, with the corrections that led here."""

    columns: tuple[Column, ...]
    version: int = 1
    changes: tuple[Change, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    def __contains__(self, name: object) -> bool:
        return any(column.name == name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column called `name`; raises `InputError` naming the nearest ones."""
        for column in self.columns:
            if column.name == name:
                return column
        raise unknown_column(name, self.names)

    def with_kind(self, name: str, kind: Kind) -> Schema:
        """Return a new version in which a person has set the kind of a column."""
        before = self.column(name)
        after = replace(before, kind=kind, confidence=1.0)
        return self._changed(before, after, Change(name, "kind", before.kind, kind, before))

    def with_ignored(self, name: str, *, ignored: bool = True) -> Schema:
        """Return a new version in which a column is kept out of models, or let in again."""
        before = self.column(name)
        after = replace(before, ignored=ignored)
        change = Change(name, "ignored", str(before.ignored), str(ignored), before)
        return self._changed(before, after, change)

    def with_missing(self, name: str, tokens: Iterable[str | float]) -> Schema:
        """Return a new version in which some spellings of a column mean missing.

        Parameters
        ----------
        name : str
            The column.
        tokens : iterable of str or float
            All spellings a person adds to those the reader found (``("unknown", -1)``); case and
            spaces around do not matter, and a number stands for its value. Empty takes them back.
        """
        before = self.column(name)
        given = (tokens,) if isinstance(tokens, str) else tokens
        words = (str(token).strip().lower() for token in given)
        marked = tuple(dict.fromkeys(word for word in words if word))
        after = replace(before, marked_missing=marked)
        was, now = ", ".join(before.marked_missing), ", ".join(marked)
        return self._changed(before, after, Change(name, "missing", was, now, before))

    def undo(self, name: str | None = None) -> Schema:
        """Return a new version without the last correction (of one column, if named)."""
        for place in reversed(range(len(self.changes))):
            change = self.changes[place]
            if change.was is not None and name in (None, change.column):
                before = change.was
                columns = tuple(before if c.name == before.name else c for c in self.columns)
                kept = (*self.changes[:place], *self.changes[place + 1 :])
                return Schema(columns, self.version + 1, kept)
        return self

    def select(self, names: Iterable[str]) -> Schema:
        """Return the schema of some columns, in the given order, same version."""
        return replace(self, columns=tuple(self.column(name) for name in names))

    def _changed(self, before: Column, after: Column, change: Change) -> Schema:
        if before == after:
            return self
        columns = tuple(after if column.name == before.name else column for column in self.columns)
        return Schema(columns, self.version + 1, (*self.changes, change))


def unknown_column(name: str, names: Iterable[str]) -> InputError:
    """Say that a column does not exist and which name was probably meant."""
    import difflib

    known = list(names)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    remedy = f"Did you mean '{near[0]}'?" if near else f"Its columns are: {', '.join(known[:30])}."
    return InputError(f"The table has no column '{name}'.", remedy)
