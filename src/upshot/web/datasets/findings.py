"""What the reader noticed, with the one step that mends it and the step back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from upshot.errors import Note, Remedy
from upshot.jsonable import from_jsonable
from upshot.tables.remedies import is_applied
from upshot.tables.schema import Schema
from upshot.web.datasets.models import Dataset


@dataclass(frozen=True)
class RemedyWords:
    """How a remedy is offered, and what is said once it was taken, and once taken back."""

    button: str
    done: str
    undone: str


REMEDY_WORDS: dict[str, RemedyWords] = {
    "treat-missing": RemedyWords(
        "Treat as missing",
        "“{values}” in “{column}” counts as missing",
        "“{values}” in “{column}” is a value again",
    ),
    "ignore": RemedyWords(
        "Ignore this column", "“{column}” is ignored", "“{column}” is used again"
    ),
}


@dataclass(frozen=True)
class Finding:
    """One remark; ``position`` is its place among the notes of the data set."""

    position: int
    message: str
    remedy: str
    level: str
    column: str
    button: str = ""
    done: str = ""
    is_done: bool = False


def findings_of(dataset: Dataset) -> tuple[Finding, ...]:
    """The remarks on a data set, as its current version leaves them."""
    schema = from_jsonable(dataset.current.schema, Schema)
    return tuple(_finding(place, note, schema) for place, note in enumerate(dataset.notes))


def offer_at(dataset: Dataset, position: int) -> Remedy | None:
    """The remedy that one remark offers, if there is such a remark and it offers one we know."""
    if position >= len(dataset.notes):
        return None
    offer = from_jsonable(dataset.notes[position], Note).offer
    return offer if offer is not None and offer.action in REMEDY_WORDS else None


def words_for(remedy: Remedy, *, undo: bool = False) -> str:
    """What a person said by taking a remedy, or by taking it back."""
    words = REMEDY_WORDS[remedy.action]
    said = words.undone if undo else words.done
    return said.format(values="”, “".join(remedy.values), column=remedy.column)


def _finding(position: int, stored: Mapping[str, Any], schema: Schema) -> Finding:
    note = from_jsonable(stored, Note)
    plain = Finding(position, note.message, note.remedy, note.level, note.column or "")
    offer = note.offer
    if offer is None or offer.action not in REMEDY_WORDS or offer.column not in schema:
        return plain
    return Finding(
        position,
        note.message,
        note.remedy,
        note.level,
        note.column or "",
        REMEDY_WORDS[offer.action].button,
        f"{words_for(offer)}.",
        is_applied(schema, offer),
    )
