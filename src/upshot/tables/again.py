"""Read a later file of the same shape as a person said the first one should be read."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from typing import Protocol

from upshot.errors import FileProblem, Note
from upshot.tables.conform import match_columns
from upshot.tables.options import ReadOptions
from upshot.tables.reading import read
from upshot.tables.schema import Schema
from upshot.tables.table import Table
from upshot.wording import say


class Reader(Protocol):
    """Reads a file as `read` does."""

    def __call__(
        self,
        path: str | PathLike[str],
        *,
        name: str | None,
        sheet: str | None,
        options: ReadOptions | None,
    ) -> Table:
        """Read a file into a typed table."""


def read_like(
    path: str | PathLike[str],
    schema: Schema,
    *,
    name: str | None = None,
    sheet: str | None = None,
    reader: Reader = read,
) -> Table:
    """Read a file by the choices that a schema remembers, where they suit it.

    A file that is written in another way is read as Upshot understands it: choices that were made
    for an earlier file are never a reason to refuse a later one.

    Parameters
    ----------
    path : str or path-like
        The file.
    schema : Schema
        Of the table that was read first.
    name, sheet : str, optional
        As for `read`; a sheet that is named wins over the remembered one.
    reader : callable
        `read`, or what reads in its place, such as `upshot.tables.safely.read_in_child`.

    Raises
    ------
    FileProblem
        When the file cannot be read as a table at all.
    """
    remembered = schema.reading
    if remembered is None or remembered.is_open:
        return reader(path, name=name, sheet=sheet, options=None)
    if sheet is not None:
        remembered = replace(remembered, sheet=sheet)
    try:
        told = reader(path, name=name, sheet=None, options=remembered)
    except FileProblem:
        told = None
    if told is not None and _matched(told, schema) == len(schema.columns):
        return told
    detected = reader(path, name=name, sheet=sheet, options=None)
    if told is not None and _matched(told, schema) >= _matched(detected, schema):
        return told
    note = Note(
        "read-differently",
        say(
            "This file is not written like the file that was read first, so your choices about "
            "reading do not suit it. We read it as we understand it."
        ),
        remedy=say("Check that the columns are right."),
        level="warning",
    )
    return replace(detected, notes=(note, *detected.notes))


def _matched(table: Table, schema: Schema) -> int:
    return len(match_columns(table.raw.column_names, schema.names))
