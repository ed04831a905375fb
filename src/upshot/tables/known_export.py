"""What a recognised export adds: personal columns, and which columns come after the outcome."""

from __future__ import annotations

from dataclasses import replace

from upshot.errors import Note, Remedy
from upshot.tables.exports import Export, columns_among
from upshot.tables.schema import Column, Kind, Personal, Schema


def apply_export(schema: Schema, export: Export) -> tuple[Schema, tuple[Note, ...]]:
    """Mark the personal columns of an export and note what a person should know about it."""
    personal = set(columns_among(schema.names, export, export.personal))
    columns = tuple(
        _marked(column) if column.name in personal else column for column in schema.columns
    )
    late = set(columns_among(schema.names, export, export.after_outcome))
    notes = [Note("export", f"This is {export.title}: {export.row}. {export.caution}".strip())]
    notes.extend(
        Note(
            "after-outcome",
            f"`{column.name}` is often filled in after the outcome is known.",
            column.name,
            "Leave it out unless it is known when you predict.",
            "warning",
            Remedy("ignore", column.name),
        )
        for column in columns
        if column.name in late and column.kind is not Kind.CONSTANT
    )
    return replace(schema, columns=columns), tuple(notes)


def _marked(column: Column) -> Column:
    if column.personal is not None or column.kind is Kind.CONSTANT:
        return column
    name = column.name.casefold()
    if "address" in name or "street" in name:
        return replace(column, personal=Personal.ADDRESS)
    if "phone" in name or "mobile" in name:
        return replace(column, personal=Personal.PHONE)
    if "email" in name:
        return replace(column, personal=Personal.EMAIL)
    return replace(column, personal=Personal.NAME) if "name" in name else column
