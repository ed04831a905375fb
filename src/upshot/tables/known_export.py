"""What a recognised export adds: personal columns, and which columns come after the outcome."""

from __future__ import annotations

from dataclasses import replace

from upshot.errors import Note, Remedy
from upshot.tables.exports import Export, columns_among
from upshot.tables.kinds.base import words_of
from upshot.tables.schema import Column, Kind, Personal, Schema
from upshot.wording import say


def apply_export(schema: Schema, export: Export) -> tuple[Schema, tuple[Note, ...]]:
    """Mark the personal columns of an export and note what a person should know about it."""
    personal = set(columns_among(schema.names, export, export.personal))
    columns = tuple(
        _marked(column) if column.name in personal else column for column in schema.columns
    )
    late = set(columns_among(schema.names, export, export.after_outcome))
    notes = [Note("export", _introduced(export))]
    notes.extend(
        Note(
            "after-outcome",
            say("`{column}` is often filled in after the outcome is known.", column=column.name),
            column.name,
            say("Leave it out unless it is known when you predict."),
            "warning",
            Remedy("ignore", column.name),
        )
        for column in columns
        if column.name in late and column.kind is not Kind.CONSTANT
    )
    return replace(schema, columns=columns), tuple(notes)


def _introduced(export: Export) -> str:
    said = say("This is {title}: {row}.", title=export.title, row=export.row)
    if not export.caution:
        return said
    return say("{one} {other}", one=said, other=export.caution)


def _marked(column: Column) -> Column:
    if column.personal is not None or column.kind is Kind.CONSTANT:
        return column
    name = words_of(column.name)
    for personal, words in _SAID.items():
        if any(word in name for word in words):
            return replace(column, personal=personal)
    return column


# The export says that a column is personal; these words say in which way, the first that fits.
_SAID: dict[Personal, tuple[str, ...]] = {
    Personal.IP: (" ip ", "optin ip"),
    Personal.EMAIL: ("email", "e mail"),
    Personal.PHONE: ("phone", "mobile"),
    Personal.ADDRESS: ("address", "street", "latitude", "longitude", " zip "),
    Personal.NUMBER: ("last4", "last 4", "card", "iban", "tax id"),
    Personal.NOTE: ("note", "message", "instruction"),
    Personal.NAME: ("name", "contact", "customer", "owner"),
}
