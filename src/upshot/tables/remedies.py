"""One-step remedies: what a note offers, carried out on the Schema and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from upshot.errors import InternalError, Remedy
from upshot.tables.schema import Range, RowRule, Schema


@dataclass(frozen=True)
class RemedyAction:
    """How a remedy is carried out, how it is taken back, and whether it is in force.

    ``column_only`` says that it changes what one column is; others leave rows out.
    """

    apply: Callable[[Schema, Remedy], Schema]
    take_back: Callable[[Schema, Remedy], Schema]
    is_applied: Callable[[Schema, Remedy], bool]
    column_only: bool = True


def apply_remedy(schema: Schema, remedy: Remedy) -> Schema:
    """Return the schema with a remedy carried out; the same one where it is already in force."""
    return _action(remedy).apply(schema, remedy)


def take_back(schema: Schema, remedy: Remedy) -> Schema:
    """Return the schema without a remedy; other corrections stay, whenever they were made."""
    without = _action(remedy).take_back(schema, remedy)
    undone = schema.undo(remedy.column if _action(remedy).column_only else "")
    # Where it was the last correction of its kind, nothing of it needs to be remembered.
    same = (undone.columns, undone.row_rules) == (without.columns, without.row_rules)
    return undone if same and without is not schema else without


def is_applied(schema: Schema, remedy: Remedy) -> bool:
    """Whether a remedy is in force."""
    known = not remedy.column or remedy.column in schema
    return known and _action(remedy).is_applied(schema, remedy)


def fits(schema: Schema, remedy: Remedy) -> bool:
    """Whether a remedy is one we know, for columns that the schema has."""
    if remedy.action not in REMEDIES:
        return False
    if REMEDIES[remedy.action].column_only:
        return remedy.column in schema
    named = (remedy.column, *remedy.values) if remedy.column else remedy.values
    return all(name in schema for name in named)


def _action(remedy: Remedy) -> RemedyAction:
    if remedy.action not in REMEDIES:
        raise InternalError(f"No remedy is called '{remedy.action}'.")
    return REMEDIES[remedy.action]


def _mark(schema: Schema, remedy: Remedy) -> Schema:
    marked = schema.column(remedy.column).marked_missing
    return schema.with_missing(remedy.column, (*marked, *remedy.values))


def _unmark(schema: Schema, remedy: Remedy) -> Schema:
    marked = schema.column(remedy.column).marked_missing
    kept = tuple(token for token in marked if token not in _tokens(remedy))
    return schema.with_missing(remedy.column, kept)


def _is_marked(schema: Schema, remedy: Remedy) -> bool:
    return set(_tokens(remedy)) <= set(schema.column(remedy.column).marked_missing)


def _tokens(remedy: Remedy) -> tuple[str, ...]:
    """The spellings as `Schema.with_missing` keeps them."""
    return tuple(value.strip().lower() for value in remedy.values)


def _merge(schema: Schema, remedy: Remedy) -> Schema:
    before = schema.column(remedy.column).merged
    return schema.with_merged(remedy.column, (*before, *remedy.values))


def _unmerge(schema: Schema, remedy: Remedy) -> Schema:
    before = schema.column(remedy.column).merged
    kept = tuple(spelling for spelling in before if spelling not in remedy.values)
    return schema.with_merged(remedy.column, kept)


def _is_merged(schema: Schema, remedy: Remedy) -> bool:
    return set(remedy.values) <= set(schema.column(remedy.column).merged)


def _join(schema: Schema, remedy: Remedy) -> Schema:
    wanted, *others = remedy.values
    before = dict(schema.column(remedy.column).joined)
    # A value that others are read as may itself be joined: all of them go along, or turn round.
    final = before.get(wanted, wanted)
    final = wanted if final in others else final
    pairs = {other: final if value in others else value for other, value in before.items()}
    pairs |= dict.fromkeys(others, final)
    pairs.pop(final, None)
    return schema.with_joined(remedy.column, pairs.items())


def _part(schema: Schema, remedy: Remedy) -> Schema:
    before = schema.column(remedy.column).joined
    kept = tuple((other, value) for other, value in before if other not in remedy.values[1:])
    return schema.with_joined(remedy.column, kept)


def _is_joined(schema: Schema, remedy: Remedy) -> bool:
    return set(remedy.values[1:]) <= dict(schema.column(remedy.column).joined).keys()


def _range(remedy: Remedy) -> Range:
    low, high = remedy.values
    return Range(float(low) if low else None, float(high) if high else None)


def _rule(what: str) -> RemedyAction:
    """A remedy that leaves rows out; its column and its values are the columns of the rule."""

    def rule(remedy: Remedy) -> RowRule:
        return RowRule(what, tuple(name for name in (remedy.column, *remedy.values) if name))

    return RemedyAction(
        lambda schema, remedy: schema.with_row_rule(rule(remedy)),
        lambda schema, remedy: schema.with_row_rule(rule(remedy), in_force=False),
        lambda schema, remedy: rule(remedy) in schema.row_rules,
        column_only=False,
    )


# Values: what "treat-missing" marks, the spellings to keep, the value that stays and those that are
# read as it, the two ends of a range (empty for
# none), and for rows the further columns of the rule.
REMEDIES: dict[str, RemedyAction] = {
    "treat-missing": RemedyAction(_mark, _unmark, _is_marked),
    "ignore": RemedyAction(
        lambda schema, remedy: schema.with_ignored(remedy.column),
        lambda schema, remedy: schema.with_ignored(remedy.column, ignored=False),
        lambda schema, remedy: schema.column(remedy.column).ignored,
    ),
    "merge-spellings": RemedyAction(_merge, _unmerge, _is_merged),
    "join-values": RemedyAction(_join, _part, _is_joined),
    "treat-impossible": RemedyAction(
        lambda schema, remedy: schema.with_plausible(remedy.column, _range(remedy)),
        lambda schema, remedy: schema.with_plausible(remedy.column, None),
        lambda schema, remedy: schema.column(remedy.column).plausible == _range(remedy),
    ),
    "cap": RemedyAction(
        lambda schema, remedy: schema.with_capped(remedy.column, _range(remedy)),
        lambda schema, remedy: schema.with_capped(remedy.column, None),
        lambda schema, remedy: schema.column(remedy.column).capped == _range(remedy),
    ),
    "drop-repeats": _rule("repeats"),
    "drop-tests": _rule("tests"),
    "drop-reversed": _rule("reversed"),
    "keep-last": _rule("all-but-last"),
}
