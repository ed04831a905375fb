"""The chain of digests: what an entry's digest covers, and whether the chain is whole.

Plain SQL on a connection of its own, so that `upshot doctor` examines a database it did not open
through Django, on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIELDS = ("number", "at", "actor", "workspace", "action", "kind", "object_id", "address", "detail")


@dataclass(frozen=True)
class Verdict:
    """What became of the chain.

    Attributes
    ----------
    entries : int
        How many entries were read.
    head : str
        Digest of the last one; whoever notes it down can later prove that nothing was cut off.
    broken_at : int or None
        Number of the first entry that does not fit.
    """

    entries: int
    head: str
    broken_at: int | None = None


def digest_of(values: dict[str, Any], previous: str) -> str:
    """SHA-256 over every field of an entry and the digest before it."""
    plain = {name: _plain(name, values[name]) for name in FIELDS}
    told = json.dumps([previous, plain], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def verify(query: Callable[[str], Iterable[tuple[Any, ...]]]) -> Verdict:
    """Follow the chain from its beginning to its head.

    Parameters
    ----------
    query : callable
        Runs one SELECT and gives its rows.
    """
    ends = list(query("SELECT length, head, kept_after, kept_digest FROM audit_chain"))
    if not ends:
        # No row for the ends: then there may be no entries either.
        orphan = next(iter(query("SELECT MIN(number) FROM audit_entry")))[0]
        return Verdict(0, "", orphan)
    length, head, number, previous = ends[0]
    columns = ", ".join((*FIELDS, "previous", "digest"))
    count = 0
    for row in query(f"SELECT {columns} FROM audit_entry ORDER BY number"):  # noqa: S608
        values = dict(zip((*FIELDS, "previous", "digest"), row, strict=True))
        number += 1
        fits = values["number"] == number and values["previous"] == previous
        if not fits or values["digest"] != digest_of(values, previous):
            return Verdict(count, previous, number)
        previous, count = values["digest"], count + 1
    cut = number != length or previous != head
    return Verdict(count, previous, number + 1 if cut else None)


def _plain(name: str, value: Any) -> Any:
    """A field as it is hashed: each database gives moments and ids back in a shape of its own."""
    if value is None:
        return None
    if name == "at":
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="microseconds")
    if name == "workspace":
        return uuid.UUID(str(value)).hex
    return value
