"""What a backup holds: the database, the secret key, the stored files, and a list with hashes.

A backup is a zip or a folder with the same names inside. Names come from a fixed pattern, so that
a backup made by somebody else can never name a place outside the data directory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from upshot import __version__
from upshot.errors import InputError

MANIFEST = "manifest.json"
DATABASE = "upshot.sqlite3"
DUMP = "upshot.pgdump"
SECRET = "secret-key"  # noqa: S105 (the name of a file)
FORMAT = 1

MANIFEST_BYTES = 512 * 1024**2
"""No honest list is longer: an entry takes some 200 bytes, so this is over two million files."""

BLOCK = 1 << 20

_STORED = re.compile(r"files/[0-9]{1,19}/([0-9a-f]{2})/([0-9a-f]{64})")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Entry:
    """One file of a backup.

    Attributes
    ----------
    name : str
        Its place below the data directory, with forward slashes.
    sha256 : str
        Hash of its content.
    size : int
        Its length in bytes.
    """

    name: str
    sha256: str
    size: int


def stored_name(workspace: int, sha256: str) -> str:
    """Name of a stored file in the backup, as in the data directory."""
    return f"files/{workspace}/{sha256[:2]}/{sha256}"


def written(entries: Iterable[Entry], made_at: str) -> bytes:
    """The manifest as it is kept in the backup."""
    facts = {
        "format": FORMAT,
        "upshot": __version__,
        "made_at": made_at,
        "files": [asdict(entry) for entry in entries],
    }
    return json.dumps(facts, indent=1).encode()


def parsed(content: bytes) -> list[Entry]:
    """The entries of a manifest that can be trusted to stay inside a folder.

    Raises
    ------
    InputError
        When it is no manifest, of a newer format, or names something that no backup holds.
    """
    try:
        facts = json.loads(content)
        version = facts["format"]
        listed = facts["files"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise not_ours() from None
    if version != FORMAT:
        raise InputError(
            "This backup was made by another version of Upshot.",
            "Restore it with the version that made it, or a newer one.",
        )
    if not isinstance(listed, list):
        raise not_ours()
    entries = [_entry(raw) for raw in listed]
    names = {entry.name for entry in entries}
    if len(names) != len(entries):
        raise InputError("This backup lists the same file twice.", "Use another backup.")
    if not names & {DATABASE, DUMP}:
        raise InputError("This backup holds no database.", "Use another backup.")
    if SECRET not in names:
        raise InputError(f"This backup holds no '{SECRET}'.", "Use another backup.")
    return entries


def _entry(raw: Any) -> Entry:
    try:
        entry = Entry(name=raw["name"], sha256=raw["sha256"], size=raw["size"])
        known = _SHA256.fullmatch(entry.sha256) and _is_known(entry)
    except (KeyError, TypeError):
        raise not_ours() from None
    if not known or type(entry.size) is not int or entry.size < 0:
        raise InputError(
            f"This backup lists a file that no backup holds: {entry.name[:80]!r}.",
            "It was damaged or changed. Use another backup.",
        )
    return entry


def _is_known(entry: Entry) -> bool:
    if entry.name in (DATABASE, DUMP, SECRET):
        return True
    found = _STORED.fullmatch(entry.name)
    return found is not None and found[2] == entry.sha256 and found[1] == entry.sha256[:2]


def not_ours() -> InputError:
    """What is said of a file or folder that `upshot backup` did not make."""
    return InputError(
        "This is not a backup of Upshot.", "Choose a file or folder that `upshot backup` made."
    )
