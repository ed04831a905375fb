"""What a recogniser is asked and what it may answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from upshot.errors import Note
from upshot.tables.cells import Cells
from upshot.tables.schema import BooleanFormat, DateFormat, Kind, NumberFormat, Personal


@dataclass(frozen=True)
class Hints:
    """What the other columns say: the file's decimal mark and its order of day and month."""

    decimal: str | None = None
    order: str | None = None


@dataclass(frozen=True)
class Found:
    """A recogniser agrees: this is the kind, with everything the Schema keeps about it.

    ``order`` is the order of day and month that the values show, for the file's other columns.
    """

    kind: Kind
    role: str = ""
    personal: Personal | None = None
    number: NumberFormat | None = None
    date: DateFormat | None = None
    boolean: BooleanFormat | None = None
    levels: tuple[str, ...] = ()
    spelling: str = ""
    confidence: float = 1.0
    notes: tuple[Note, ...] = ()
    order: str | None = None


@dataclass(frozen=True)
class Declined:
    """A recogniser does not agree, and why."""

    reason: str


Recogniser = Callable[[Cells, Hints], Found | Declined]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BREAK = re.compile(r"[^\w#%]+|_+")


def words_of(name: str) -> str:
    """A column name as lower-case words between single spaces, with a space at both ends."""
    spaced = _CAMEL.sub(" ", name)
    return f" {_BREAK.sub(' ', spaced).strip().lower()} "


def names_one_of(name: str, words: tuple[str, ...]) -> bool:
    """Whether a column name holds one of the words as a whole word."""
    spaced = words_of(name)
    return any(f" {word} " in spaced for word in words)
