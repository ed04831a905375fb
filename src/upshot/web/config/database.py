"""The database: one SQLite file, opened so that several processes can write without errors."""

from __future__ import annotations

import sqlite3
from typing import Any

# Versions before this one can, rarely, corrupt a database when the write-ahead log is reset while
# another process writes (sqlite.org/wal.html, section "The WAL-Reset Bug").
FIXED_SQLITE = (3, 51, 3)

BUSY_SECONDS = 30
_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA foreign_keys=ON;"
)


def from_setting(location: str) -> dict[str, Any]:
    """Django's description of the database kept in the file `location`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": location,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_SECONDS,
            "init_command": _PRAGMAS,
        },
    }


def version_warning() -> str | None:
    """One line about a known bug of this machine's SQLite, or None."""
    if sqlite3.sqlite_version_info >= FIXED_SQLITE:
        return None
    return (
        f"Note: SQLite {sqlite3.sqlite_version} has a rare bug that can damage a busy database "
        "(fixed in 3.51.3). Keep backups, or use a Python that ships a newer SQLite."
    )
