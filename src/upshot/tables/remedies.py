"""One-step remedies: what a note offers, carried out on the Schema and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from upshot.errors import InternalError, Remedy
from upshot.tables.schema import Schema


@dataclass(frozen=True)
class RemedyAction:
    """How a remedy is carried out, how it is taken back, and whether it is in force."""

    apply: Callable[[Schema, Remedy], Schema]
    take_back: Callable[[Schema, Remedy], Schema]
    is_applied: Callable[[Schema, Remedy], bool]


def apply_remedy(schema: Schema, remedy: Remedy) -> Schema:
    """Return the schema with a remedy carried out; the same one where it is already in force."""
    return _action(remedy).apply(schema, remedy)


def take_back(schema: Schema, remedy: Remedy) -> Schema:
    """Return the schema without a remedy; other corrections stay, whenever they were made."""
    without = _action(remedy).take_back(schema, remedy)
    undone = schema.undo(remedy.column)
    # Where it was the column's last correction, nothing of it needs to be remembered.
    return undone if undone.columns == without.columns != schema.columns else without


def is_applied(schema: Schema, remedy: Remedy) -> bool:
    """Whether a remedy is in force."""
    return remedy.column in schema and _action(remedy).is_applied(schema, remedy)


def _action(remedy: Remedy) -> RemedyAction:
    if remedy.action not in REMEDIES:
        raise InternalError(f"No remedy is called '{remedy.action}'.")
    return REMEDIES[remedy.action]


def _mark(schema: Schema, remedy: Remedy) -> Schema:
    marked = schema.column(remedy.column).marked_missing
    return schema.with_missing(remedy.column, (*marked, *remedy.values))


def _unmark(schema: Schema, remedy: Remedy) -> Schema:
    marked = schema.column(remedy.column).marked_missing
    kept = tuple(token for token in marked if token not in remedy.values)
    return schema.with_missing(remedy.column, kept)


def _is_marked(schema: Schema, remedy: Remedy) -> bool:
    return set(remedy.values) <= set(schema.column(remedy.column).marked_missing)


REMEDIES: dict[str, RemedyAction] = {
    "treat-missing": RemedyAction(_mark, _unmark, _is_marked),
    "ignore": RemedyAction(
        lambda schema, remedy: schema.with_ignored(remedy.column),
        lambda schema, remedy: schema.with_ignored(remedy.column, ignored=False),
        lambda schema, remedy: schema.column(remedy.column).ignored,
    ),
}
