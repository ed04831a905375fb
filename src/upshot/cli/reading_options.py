"""The options by which a person says how a file is to be read; shared by commands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from upshot.tables.options import ReadOptions

Command = TypeVar("Command", bound=Callable[..., Any])

_SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "space": " ", "none": ""}
_NAMES = (
    "sheet", "delimiter", "encoding", "quote", "header_row", "skip", "table", "decimal",
)  # fmt: skip
_OPTIONS = (
    click.option("--sheet", metavar="NAME", help="Sheet of a workbook, or file of a zip, to read."),
    click.option(
        "--delimiter",
        metavar="SIGN",
        help="What stands between cells: a sign, tab, space, or none for one column.",
    ),
    click.option("--encoding", metavar="NAME", help="How letters are stored, such as cp1252."),
    click.option("--quote", metavar="SIGN", help="What stands around cells: a sign, or none."),
    click.option(
        "--header-row",
        metavar="LINE",
        help="The line with the column names, such as 3; 3-4 for two lines of names; or none.",
    ),
    click.option(
        "--skip", type=click.IntRange(min=0), metavar="N", help="Leave out the first N lines."
    ),
    click.option(
        "--table",
        type=click.IntRange(min=1),
        metavar="N",
        help="Which of several tables below each other, counted from 1.",
    ),
    click.option(
        "--decimal", type=click.Choice([",", "."]), help="The decimal sign, where both could be."
    ),
)


def reading_options(command: Command) -> Command:
    """Add the options to a command; `take_options` makes one value of them."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_options(given: dict[str, Any]) -> ReadOptions:
    """Take the options out of what a command was given."""
    from upshot.tables.options import ReadOptions

    told = {name: given.pop(name) for name in _NAMES}
    header, header_rows = _header(told.pop("header_row"))
    for sign in ("delimiter", "quote"):
        told[sign] = _SIGNS.get(told[sign], told[sign])
    return ReadOptions(header=header, header_rows=header_rows, **told)


def _header(written: str | None) -> tuple[int | None, int | None]:
    """The line of the header and how many rows it takes: ``none``, ``3`` or ``3-5``."""
    if written is None:
        return None, None
    if written.lower() == "none":
        return None, 0
    match = re.fullmatch(r"(\d{1,7})(?:-(\d{1,7}))?", written)
    first = int(match[1]) if match else 0
    last = int(match[2]) if match and match[2] else first
    if first < 1 or last - first not in {0, 1, 2}:
        raise click.BadParameter(
            "Give a line such as 3, up to three lines such as 3-4, or none.",
            param_hint="'--header-row'",
        )
    return first, last - first + 1
