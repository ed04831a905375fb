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
from upshot.tables.options import ReadOptions
from upshot.wording import say


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
    """Which personal data a column holds.

    A handle is a name in a social network; a number is one of a card, an account or a document; a
    note is free text that names people or how to reach them.
    """

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    ADDRESS = "address"
    IP = "ip"
    HANDLE = "handle"
    NUMBER = "number"
    NOTE = "note"


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
    clock : str
        Empty for plain numbers. ``"minutes"`` and ``"hours"`` are durations, in seconds: which of
        the two says what the first part of ``03:25`` is. ``"time"`` is a time of day.
    ambiguous : bool
        Whether nothing decided between two ways to read the values; a person is asked.
    unit : str
        The word behind every number (``"kg"``), in lower case and the singular, or empty.
    """

    decimal: str = "."
    thousands: str = ""
    currency: str = ""
    percent: bool = False
    clock: str = ""
    ambiguous: bool = False
    unit: str = ""


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
class Range:
    """Lowest and highest value, both inside; None leaves a side open."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class RowRule:
    """Rows that a person left out of learning; when predicting, every row is kept.

    Attributes
    ----------
    what : str
        A key of `upshot.tables.row_rules.ROW_RULES`, such as ``"repeats"``.
    columns : tuple of str
        The columns it looks at, where it needs them.
    """

    what: str
    columns: tuple[str, ...] = ()


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
    levels : tuple of str
        The levels of a category from low to high, where they have an order; levels that stand
        outside of it (``"unknown"``) are not among them.
    spelling : str
        A key of `upshot.tables.respelling.SPELLINGS` when the values of a category are brought to
        one spelling, or empty.
    missing_tokens : tuple of str
        Spellings (lower case, trimmed) read as missing in this column, as the reader found them.
    marked_missing : tuple of str
        Further spellings that a person said mean missing; numbers among them stand for their value,
        however it is written.
    ignored : bool
        Kept in the table and in exports, never shown to a model.
    merged : tuple of str
        Values as a person wants them written: a cell that differs from one of them only in case,
        spaces or accents is read as that one.
    joined : tuple of pairs of str
        Values that a person said mean another one, each with the one it is read as
        (``("NYC", "New York")``); case, spaces and accents do not matter.
    plausible, capped : Range or None
        Numbers outside count as missing; numbers outside are drawn in to the nearer end.
    confidence : float
        From 0 to 1, how sure the inference is; 1 when a person decided.
    pseudonyms : str
        Fingerprint of the key whose pseudonyms stand for the values, or empty for plain values.
    """

    name: str
    kind: Kind
    role: str = ""
    personal: Personal | None = None
    number: NumberFormat | None = None
    date: DateFormat | None = None
    boolean: BooleanFormat | None = None
    levels: tuple[str, ...] = ()
    spelling: str = ""
    missing_tokens: tuple[str, ...] = ()
    marked_missing: tuple[str, ...] = ()
    ignored: bool = False
    merged: tuple[str, ...] = ()
    plausible: Range | None = None
    capped: Range | None = None
    confidence: float = 1.0
    pseudonyms: str = ""
    joined: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Change:
    """A person's correction: which column, what (``"kind"``, ``"ignored"``, …), from and to.

    ``was`` is the whole column before it, so that it can be taken back; ``were_rules`` are all row
    rules before it, where rows were left out. The latter names no column.
    """

    column: str
    what: str
    before: str
    after: str
    was: Column | None = None
    were_rules: tuple[RowRule, ...] | None = None


@dataclass(frozen=True)
class Schema:
    """All columns in file order, the rows left out, and the corrections that led here.

    ``reading`` is what a person decided about how the file is read, so that later files of the
    same shape are read the same way.
    """

    columns: tuple[Column, ...]
    version: int = 1
    changes: tuple[Change, ...] = ()
    row_rules: tuple[RowRule, ...] = ()
    reading: ReadOptions | None = None

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
        if kind is not before.kind:
            # What was found about the values belongs to the kind that they no longer have.
            plain = {Kind.CATEGORY, Kind.TEXT}
            kept = before.role if {kind, before.kind} <= plain else ""
            joined = before.joined if {kind, before.kind} <= plain else ()
            after = replace(after, role=kept, levels=(), spelling="", joined=joined)
        return self._changed(before, after, Change(name, "kind", before.kind, kind, before))

    def with_answer(self, after: Column, what: str, said: tuple[str, str]) -> Schema:
        """Return a new version in which a person has said how a column is read.

        Parameters
        ----------
        after : Column
            The column as it is then.
        what : str
            What was asked (``"date-order"``, …).
        said : tuple of str
            The answer that was in force, and the new one.
        """
        before = self.column(after.name)
        after = replace(after, confidence=1.0)
        return self._changed(before, after, Change(after.name, what, *said, before))

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

    def with_merged(self, name: str, spellings: Iterable[str]) -> Schema:
        """Return a new version in which cells that differ in form only are read as one value."""
        before = self.column(name)
        wanted = tuple(dict.fromkeys(spellings))
        after = replace(before, merged=wanted)
        was, now = ", ".join(before.merged), ", ".join(wanted)
        return self._changed(before, after, Change(name, "merged", was, now, before))

    def with_joined(self, name: str, pairs: Iterable[tuple[str, str]]) -> Schema:
        """Return a new version in which some values of a column are read as others.

        Parameters
        ----------
        name : str
            The column.
        pairs : iterable of pairs of str
            All values a person joined, each with the one it is read as; empty takes them back.
        """
        before = self.column(name)
        wanted = tuple(dict.fromkeys((other, value) for other, value in pairs if other != value))
        after = replace(before, joined=wanted)
        was, now = (", ".join(f"{a} = {b}" for a, b in one.joined) for one in (before, after))
        return self._changed(before, after, Change(name, "joined", was, now, before))

    def with_plausible(self, name: str, plausible: Range | None) -> Schema:
        """Return a new version in which numbers outside a range count as missing."""
        before = self.column(name)
        after = replace(before, plausible=plausible)
        was, now = str(before.plausible or ""), str(plausible or "")
        return self._changed(before, after, Change(name, "plausible", was, now, before))

    def with_capped(self, name: str, capped: Range | None) -> Schema:
        """Return a new version in which numbers outside a range are drawn in to its ends."""
        before = self.column(name)
        after = replace(before, capped=capped)
        was, now = str(before.capped or ""), str(capped or "")
        return self._changed(before, after, Change(name, "capped", was, now, before))

    def with_row_rule(self, rule: RowRule, *, in_force: bool = True) -> Schema:
        """Return a new version in which some rows are left out of learning, or let in again."""
        if in_force == (rule in self.row_rules):
            return self
        for name in rule.columns:
            self.column(name)
        others = tuple(one for one in self.row_rules if one != rule)
        rules = (*others, rule) if in_force else others
        before, after = ("", rule.what) if in_force else (rule.what, "")
        change = Change("", "rows", before, after, were_rules=self.row_rules)
        return replace(
            Schema(self.columns, self.version + 1, (*self.changes, change), rules),
            reading=self.reading,
        )

    def undo(self, name: str | None = None) -> Schema:
        """Return a new version without the last correction (of one column, if named)."""
        for place in reversed(range(len(self.changes))):
            change = self.changes[place]
            if name not in (None, change.column):
                continue
            kept = (*self.changes[:place], *self.changes[place + 1 :])
            if change.were_rules is not None:
                return replace(
                    Schema(self.columns, self.version + 1, kept, change.were_rules),
                    reading=self.reading,
                )
            if change.was is not None:
                before = change.was
                columns = tuple(before if c.name == before.name else c for c in self.columns)
                return replace(
                    Schema(columns, self.version + 1, kept, self.row_rules), reading=self.reading
                )
        return self

    def select(self, names: Iterable[str]) -> Schema:
        """Return the schema of some columns, in the given order, same version."""
        return replace(self, columns=tuple(self.column(name) for name in names))

    def _changed(self, before: Column, after: Column, change: Change) -> Schema:
        if before == after:
            return self
        columns = tuple(after if column.name == before.name else column for column in self.columns)
        return replace(
            Schema(columns, self.version + 1, (*self.changes, change), self.row_rules),
            reading=self.reading,
        )


def unknown_column(name: str, names: Iterable[str]) -> InputError:
    """Say that a column does not exist and which name was probably meant."""
    import difflib

    known = list(names)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    remedy = (
        say("Did you mean '{name}'?", name=near[0])
        if near
        else say("Its columns are: {names}.", names=", ".join(known[:30]))
    )
    return InputError(say("The table has no column '{name}'.", name=name), remedy)
