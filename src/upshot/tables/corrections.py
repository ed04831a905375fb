"""What a person corrected, made again on another reading of the same file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from upshot.errors import InputError
from upshot.tables.asking import ASKABLE, answered
from upshot.tables.conform import match_columns
from upshot.tables.schema import Change, Column, Schema

# How each correction is made from the column as it was in the end.
_AGAIN: dict[str, Callable[[Schema, str, Column], Schema]] = {
    "kind": lambda schema, name, was: schema.with_kind(name, was.kind),
    "ignored": lambda schema, name, was: schema.with_ignored(name, ignored=was.ignored),
    "missing": lambda schema, name, was: schema.with_missing(name, was.marked_missing),
    "merged": lambda schema, name, was: schema.with_merged(name, was.merged),
    "joined": lambda schema, name, was: schema.with_joined(name, was.joined),
    "plausible": lambda schema, name, was: schema.with_plausible(name, was.plausible),
    "capped": lambda schema, name, was: schema.with_capped(name, was.capped),
}


def carried_over(schema: Schema, earlier: Schema) -> Schema:
    """Make a person's corrections to one reading of a file on another reading of it.

    Columns are matched by name. A correction of a column that is no more is dropped, and so is one
    that the new reading makes pointless; what was corrected can be taken back as before.

    Parameters
    ----------
    schema : Schema
        As the file was read now, uncorrected.
    earlier : Schema
        With the corrections that are to survive.
    """
    names = match_columns(list(schema.names), earlier.names)
    for change in earlier.changes:
        now = names.get(change.column)
        if now is not None:
            schema = _again(schema, now, change, earlier.column(change.column))
    for rule in earlier.row_rules:
        if all(name in names for name in rule.columns):
            told = replace(rule, columns=tuple(names[name] for name in rule.columns))
            schema = schema.with_row_rule(told)
    return schema


def _again(schema: Schema, name: str, change: Change, was: Column) -> Schema:
    if change.what in _AGAIN:
        return _AGAIN[change.what](schema, name, was)
    if change.what not in ASKABLE:
        return schema
    try:
        return answered(schema, name, change.what, change.after)
    except InputError:
        return schema  # the column is read so that nothing is open
