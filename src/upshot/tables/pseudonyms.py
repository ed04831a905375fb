"""Pseudonyms: identifiers replaced by keyed hashes, so that a model knows habits and no names.

A pseudonym is the HMAC-SHA256 (RFC 2104) of a value under a secret key. The same value gives the
same pseudonym wherever the key is the same, and without the key nobody can try out values until
one fits, as they could with a plain hash. See ``docs/decisions/0012-pseudonyms.md``.
"""

from __future__ import annotations

import base64
import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upshot.errors import InputError
from upshot.tables.schema import Column, Schema
from upshot.tables.variants import form
from upshot.wording import say

if TYPE_CHECKING:
    import pyarrow as pa

    from upshot.tables.table import Table

LEAST_KEY_BYTES = 16
"""NIST SP 800-107 r1, 5.3.2: an HMAC key has at least as many bits as strength is wanted, 128."""
_MOST_KEY_BYTES = 4_096
# 80 bits are 16 signs of base32; among a million customers two share one with odds of 1 to 10^12.
_BYTES = 10
_UNKNOWN = "made with another key"
_VALUE, _KEY = b"upshot value\0", b"upshot key\0"
_WHOLE = re.compile(r"([-+]?\d+)\.0+")
_MARKER = re.compile(r"'(?=[-+=@(]?\d)")


@dataclass(frozen=True)
class Pseudonyms:
    """Makes pseudonyms with one key, which is never shown or saved.

    Parameters
    ----------
    key : bytes
        At least 16 random bytes.

    Raises
    ------
    InputError
        The key is too short.

    Examples
    --------
    >>> made = Pseudonyms(b"a key of some random bytes")
    >>> made.of("4711") == made.of(" 4711.0 "), len(made.of("4711"))
    (True, 16)
    """

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) < LEAST_KEY_BYTES:
            raise InputError(
                say("The key for pseudonyms is too short."),
                say("Use at least {count} random characters.", count=LEAST_KEY_BYTES),
            )

    @property
    def fingerprint(self) -> str:
        """Tells keys apart; the key cannot be read out of it."""
        return self._digest(_KEY, "")

    def of(self, text: str) -> str:
        """Return the pseudonym of a value, however a file writes it."""
        return self._digest(_VALUE, normal(text))

    def _digest(self, purpose: bytes, text: str) -> str:
        said = purpose + text.encode("utf-8", "surrogatepass")
        digest = hmac.digest(self.key, said, "sha256")[:_BYTES]
        return base64.b32encode(digest).decode().lower()


def normal(text: str) -> str:
    """The one spelling of an identifier; case is kept, as some systems tell identifiers by it.

    >>> normal("  K 17"), normal("'0012"), normal("51.0")
    ('K 17', '0012', '51')
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = _MARKER.sub("", plain, count=1) if plain.startswith("'") else plain
    whole = _WHOLE.fullmatch(plain)
    return whole.group(1) if whole else plain


def read_key_file(path: str | Path) -> Pseudonyms:
    """Read a key from a file; blank signs around it do not count.

    Raises
    ------
    InputError
        There is no such file, or what it holds is no key.
    """
    try:
        with Path(path).open("rb") as file:
            key = file.read(_MOST_KEY_BYTES + 1)
    except OSError as error:
        raise InputError(
            say("The key file '{name}' cannot be read.", name=Path(path).name),
            say("Write a line of at least 32 random characters into a file, and keep it safe."),
        ) from error
    if len(key) > _MOST_KEY_BYTES:
        raise InputError(
            say("The file '{name}' is too large for a key.", name=Path(path).name),
            say("Name the file that holds the key for pseudonyms, and nothing else."),
        )
    return Pseudonyms(key.strip())


def with_marks(schema: Schema, names: Iterable[str], pseudonyms: Pseudonyms) -> Schema:
    """Mark columns as pseudonymised, and forget which of their values a person spoke of.

    Spellings that a person merged stay merged: they are kept as pseudonyms of their common form.
    """
    marked = frozenset(names)
    columns = tuple(
        _marked(column, pseudonyms) if column.name in marked else column
        for column in schema.columns
    )
    changes = tuple(change for change in schema.changes if change.column not in marked)
    return replace(schema, columns=columns, changes=changes)


def _marked(column: Column, pseudonyms: Pseudonyms) -> Column:
    merged = tuple(pseudonyms.of(form(spelling)) for spelling in column.merged)
    return replace(column, pseudonyms=pseudonyms.fingerprint, merged=merged, joined=())


def with_pseudonyms(table: Table, pseudonyms: Pseudonyms | None) -> Table:
    """Replace the cells of the marked columns; a missing cell stays missing.

    Without the key that a column was marked with, all its values become one that no model has
    seen: to a model every one of them is a new customer.
    """
    marked = [column for column in table.schema.columns if column.pseudonyms]
    if not marked:
        return table
    import pyarrow as pa

    arrays = {name: table.raw.column(name) for name in table.schema.names}
    for column in marked:
        arrays[column.name] = _replaced(arrays[column.name], column, pseudonyms)
    return table.with_cells(pa.table(arrays))


def has_key(column: Column, pseudonyms: Pseudonyms | None) -> bool:
    """Whether these are the pseudonyms a column was marked with."""
    return pseudonyms is not None and pseudonyms.fingerprint == column.pseudonyms


def _replaced(array: Any, column: Column, pseudonyms: Pseudonyms | None) -> pa.Array:
    import pyarrow as pa

    from upshot.tables.cells import cells_of
    from upshot.tables.missing import held

    # What was merged is known by pseudonyms only, which `held` could not find among plain values.
    cells = held(cells_of(column.name, array), replace(column, merged=()))
    texts = [pseudonym_of(str(text), column, pseudonyms) for text in cells.texts.to_pylist()]
    places = pa.array(cells.codes, mask=cells.codes < 0)
    return pa.array(texts, pa.string()).take(places)


def pseudonym_of(text: str, column: Column, pseudonyms: Pseudonyms | None) -> str:
    """Return the pseudonym of one value of a marked column, as `with_pseudonyms` gives it."""
    if pseudonyms is None or not has_key(column, pseudonyms):
        return _UNKNOWN
    if column.merged:
        common = pseudonyms.of(form(text))
        if common in column.merged:
            return common
    return pseudonyms.of(text)
