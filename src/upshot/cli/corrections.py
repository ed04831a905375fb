"""The options by which a person corrects what was understood of columns; shared by commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from upshot.tables.table import Table

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        metavar="COL=KIND",
        help="What a column holds, where Upshot read it wrong: number, category, text, datetime, "
        "boolean or identifier. Repeat for more.",
    ),
    click.option(
        "--missing",
        multiple=True,
        metavar="COL=VALUE",
        help="A value of a column that means not known, such as unknown or -1. Repeat for more.",
    ),
)


@dataclass(frozen=True)
class Corrections:
    """What a person said of columns: pairs of a column and its kind, or a value that is none."""

    kinds: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]

    def apply(self, table: Table) -> Table:
        """Return the table read as corrected.

        Raises
        ------
        InputError
            When there is no such column.
        """
        from upshot.tables.schema import Kind
        from upshot.tables.settling import settled

        schema = table.schema
        for column, kind in self.kinds:
            schema = schema.with_kind(column, Kind(kind))
        for column in dict(self.missing):
            values = [value for name, value in self.missing if name == column]
            schema = schema.with_missing(column, values)
        return table if schema == table.schema else settled(table.with_schema(schema))


def correction_options(command: Command) -> Command:
    """Add the options to a command; `take_corrections` makes one value of them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_corrections(given: dict[str, Any]) -> Corrections:
    """Take the options out of what a command was given."""
    from upshot.tables.schema import Kind

    kinds = tuple(_pair(one, "--kind", "Amount=number") for one in given.pop("kinds"))
    missing = tuple(_pair(one, "--missing", "City=unknown") for one in given.pop("missing"))
    known = [kind.value for kind in Kind if kind is not Kind.CONSTANT]
    for _, kind in kinds:
        if kind not in known:
            raise click.BadParameter(
                f"There is no kind '{kind}'. Choose one of {', '.join(known)}.",
                param_hint="'--kind'",
            )
    return Corrections(kinds, missing)


def _pair(written: str, option: str, example: str) -> tuple[str, str]:
    # A column's name may hold the sign, a kind or a value hardly ever does.
    column, sign, value = written.rpartition("=")
    if not sign or not column or not value.strip():
        raise click.BadParameter(
            f"Write the column, = and the value, such as {example}.", param_hint=f"'{option}'"
        )
    return column, value.strip()
