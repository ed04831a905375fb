"""A file or a row as a bundle reads it: its columns, its kinds, its pseudonyms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from upshot.bundles.columns import check_columns, important_columns
from upshot.errors import Note
from upshot.tables.pseudonyms import has_key, pseudonym_of, with_pseudonyms
from upshot.wording import say

if TYPE_CHECKING:
    from upshot.bundles.bundle import Bundle
    from upshot.tables.pseudonyms import Pseudonyms
    from upshot.tables.schema import Schema
    from upshot.tables.table import Table

SEALED = "pseudonym"
"""Names the pseudonym in a row that is kept."""


def fitted(bundle: Bundle, table: Table) -> tuple[Table, frozenset[str], tuple[Note, ...]]:
    """Read a table as a bundle's schema says.

    Parameters
    ----------
    bundle : Bundle
        Knows the columns, and the key where it was opened with one.
    table : Table
        Read from any file with the columns of the bundle.

    Returns
    -------
    table : Table
        With the bundle's columns; pseudonyms stand where the model learned from pseudonyms.
    unknown : frozenset of str
        Columns that tell nothing: the file lacks them, or the key to them is not at hand.
    notes : tuple of Note
        What should be known about them.

    Raises
    ------
    BundleProblem
        Too many of the columns that matter are missing.
    """
    from upshot.tables.conform import conform

    conformed, notes = conform(table, bundle.schema)
    absent, remarks = check_columns(bundle, notes)
    closed = tuple(name for name in _closed(bundle) if name not in absent)
    keys = tuple(_key_note(bundle, name) for name in closed)
    table = with_pseudonyms(conformed, bundle.pseudonyms)
    return table, absent.union(closed), (*remarks, *keys)


def sealed_row(
    schema: Schema, row: Mapping[str, Any], pseudonyms: Pseudonyms | None
) -> dict[str, Any]:
    """Return a row that may be kept: ``{"pseudonym": …}`` stands for a value that names somebody.

    Parameters
    ----------
    schema : Schema
        Says which columns are pseudonymised.
    row : mapping of str to JSON value
        Values by column; what is sealed already stays as it is.
    pseudonyms : Pseudonyms or None
        The key.
    """
    columns = {column.name: column for column in schema.columns if column.pseudonyms}
    return {
        name: value
        if value is None or name not in columns or isinstance(value, Mapping)
        else {SEALED: pseudonym_of(str(value), columns[name], pseudonyms)}
        for name, value in row.items()
    }


def fitted_row(bundle: Bundle, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as the model reads it, sealed or not."""
    sealed = sealed_row(bundle.schema, row, bundle.pseudonyms)
    return {
        name: str(value[SEALED]) if isinstance(value, Mapping) else value
        for name, value in sealed.items()
    }


def _closed(bundle: Bundle) -> Iterator[str]:
    for column in bundle.schema.columns:
        if column.pseudonyms and not has_key(column, bundle.pseudonyms):
            yield column.name


def _key_note(bundle: Bundle, name: str) -> Note:
    if name in important_columns(bundle):
        consequence = say("It matters much, so predictions are clearly less reliable.")
    else:
        consequence = say("It matters little, so predictions are about as good without it.")
    return Note(
        "pseudonym-key",
        say(
            "The model knows the values of `{column}` by pseudonyms only, and their key is not "
            "here. We treat every value as new. {consequence}",
            column=name,
            consequence=consequence,
        ),
        name,
        say(
            "Predict where the bundle was made, or give the key with it: `--pseudonym-key-file` "
            "on the command line, `pseudonyms` in Python."
        ),
        "warning",
    )
