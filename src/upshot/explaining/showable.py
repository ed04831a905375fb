"""Which columns' values may be told one by one: never those of a single person or thing."""

from __future__ import annotations

from upshot.tables.schema import Column, Kind, Schema

ID_ROLES = frozenset({"entity", "row number"})
"""Roles of columns whose values name one customer, one household or one row."""


def is_showable(column: Column) -> bool:
    """Whether single values of a column may be shown.

    "Where `customer` is 51" helps nobody and points at a person, whatever the model learned of it.
    """
    if column.personal is not None or column.pseudonyms or column.role in ID_ROLES:
        return False
    return column.kind not in (Kind.IDENTIFIER, Kind.CONSTANT)


def showable_columns(schema: Schema) -> tuple[str, ...]:
    """The columns whose values may be shown."""
    return tuple(column.name for column in schema.columns if is_showable(column))
