"""The database: one SQLite file that several processes can write, or a PostgreSQL server."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from upshot.web.config import env

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

SERVER = "postgresql"
_SCHEMES = (SERVER, "postgres")
_EXAMPLE = "postgresql://name:password@host:5432/upshot"
_CONNECT_SECONDS = 10


def from_setting(location: str) -> dict[str, Any]:
    """Django's description of a database.

    Parameters
    ----------
    location : str
        A SQLite file, or the address of a PostgreSQL database,
        ``postgresql://name:password@host:5432/upshot?sslmode=require``.

    Raises
    ------
    BadSetting
        When an address is neither.
    """
    if "://" in location:
        return _server(location)
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


def _server(location: str) -> dict[str, Any]:
    try:
        parts = urlsplit(location)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _SCHEMES or not parts.path.strip("/"):
        # The address itself may hold a password: it is not repeated.
        raise env.BadSetting(f"UPSHOT_DATABASE must be a file or an address such as {_EXAMPLE}.")
    if find_spec("psycopg") is None:
        raise env.BadSetting(
            "UPSHOT_DATABASE names a PostgreSQL server, and its driver is not installed. "
            "Install it: pip install 'upshot[postgresql]'."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": _CONNECT_SECONDS, **dict(parse_qsl(parts.query))},
    }


def to_setting(described: Mapping[str, Any]) -> str:
    """The value of UPSHOT_DATABASE for a described database: what a child process needs."""
    name = str(described["NAME"])
    if not is_server(described):
        return name
    who = quote(described["USER"], safe="")
    if described["PASSWORD"]:
        who += ":" + quote(described["PASSWORD"], safe="")
    host = quote(described["HOST"], safe="")
    port = f":{described['PORT']}" if described["PORT"] else ""
    options = urlencode({k: v for k, v in described["OPTIONS"].items() if k != "connect_timeout"})
    return f"{SERVER}://{who}@{host}{port}/{quote(name, safe='')}" + (options and f"?{options}")


def is_server(described: Mapping[str, Any]) -> bool:
    """Whether a described database is a PostgreSQL server."""
    return str(described["ENGINE"]).endswith(SERVER)


def version_warning() -> str | None:
    """One line about a known bug of this machine's SQLite, or None."""
    if sqlite3.sqlite_version_info >= FIXED_SQLITE:
        return None
    return (
        f"Note: SQLite {sqlite3.sqlite_version} has a rare bug that can damage a busy database "
        "(fixed in 3.51.3). Keep backups, or use a Python that ships a newer SQLite."
    )
