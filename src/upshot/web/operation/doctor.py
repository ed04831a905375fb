"""What is in order on this machine and in a data directory, and what to do about the rest."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import psutil

from upshot import __version__
from upshot.errors import InputError
from upshot.web.audit.chain import verify
from upshot.web.config.data_dir import DataDir
from upshot.web.config.database import FIXED_SQLITE
from upshot.web.operation.copies import Query, SqliteFile, database_of

LIBRARIES = ("django", "pandas", "pyarrow", "duckdb", "scikit-learn", "catboost", "lightgbm")

LOW_DISK_BYTES = 10 * 1024**3
"""One upload of the default limit (8 GB) and the table made from it."""

NO_DISK_BYTES = 512 * 1024**2
"""Where `/readyz` gives up as well."""

LOW_MEMORY_BYTES = 2 * 1024**3
"""Learning from some 100,000 rows takes about this much beside the website."""


@dataclass(frozen=True)
class Finding:
    """One line of the examination.

    Attributes
    ----------
    name : str
        Short and stable; programs match on it.
    level : {"ok", "warning", "problem"}
        A warning can wait; with a problem the website does not work or is not safe.
    message : str
        What was found.
    remedy : str
        What to do, or empty.
    """

    name: str
    level: Literal["ok", "warning", "problem"]
    message: str
    remedy: str = ""


def examine(data: Path) -> list[Finding]:
    """Examine this machine and the data directory `data`; changes nothing there."""
    home = DataDir(data.expanduser().resolve())
    findings = [_versions(), *_libraries(), _network(), _sqlite(), _memory(), _disk(home.root)]
    if not home.root.is_dir():
        findings.append(
            Finding(
                "data folder",
                "warning",
                f"There is no folder '{data}' yet.",
                "Name the right one with --data, or start the website: it makes the folder.",
            )
        )
        return findings
    return [
        *findings,
        _folder(home.root),
        _secret(home.root / "secret-key"),
        *_database(home),
    ]


def _versions() -> Finding:
    system = f"{platform.system()} {platform.machine()}"
    return Finding(
        "version", "ok", f"Upshot {__version__}, Python {platform.python_version()}, {system}."
    )


def _libraries() -> Iterator[Finding]:
    for name in LIBRARIES:
        try:
            yield Finding(name, "ok", f"Version {metadata.version(name)}.")
        except metadata.PackageNotFoundError:
            yield Finding(name, "problem", "It is not installed.", "Install Upshot again.")


def _network() -> Finding:
    try:
        return Finding("pytorch", "ok", f"Version {metadata.version('torch')}.")
    except metadata.PackageNotFoundError:
        return Finding(
            "pytorch", "ok", "It is not installed. It is optional: the neural network is left out."
        )


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info >= FIXED_SQLITE:
        return Finding("sqlite", "ok", f"Version {sqlite3.sqlite_version}.")
    return Finding(
        "sqlite",
        "warning",
        f"Version {sqlite3.sqlite_version} has a rare bug that can damage a busy database.",
        "Make backups regularly, or use a Python with SQLite 3.51.3 or newer.",
    )


def _memory() -> Finding:
    free = psutil.virtual_memory().available
    if free >= LOW_MEMORY_BYTES:
        return Finding("memory", "ok", f"{_gigabytes(free)} free.")
    return Finding(
        "memory",
        "warning",
        f"Only {_gigabytes(free)} free.",
        "Close other programs before learning.",
    )


def _disk(root: Path) -> Finding:
    place = next(path for path in (root, *root.parents) if path.exists())
    free = shutil.disk_usage(place).free
    shown = f"{_gigabytes(free)} free."
    if free >= LOW_DISK_BYTES:
        return Finding("disk", "ok", shown)
    level: Literal["warning", "problem"] = "warning" if free >= NO_DISK_BYTES else "problem"
    return Finding("disk", level, f"Only {shown}", "Make room on the disk of the data folder.")


def _folder(root: Path) -> Finding:
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        return Finding(
            "data folder",
            "problem",
            f"You may not write in '{root}'.",
            "Run this as the user who runs the website, or make that user its owner.",
        )
    if _others_may(root):
        return Finding(
            "data folder",
            "warning",
            f"Other users of this machine can look into '{root}'.",
            f"Close it: chmod 700 '{root}'",
        )
    return Finding("data folder", "ok", f"'{root}' is yours alone.")


def _secret(path: Path) -> Finding:
    if not path.is_file():
        return Finding(
            "secret key",
            "warning",
            "There is none yet.",
            "Start the website: it makes one. People then have to log in again.",
        )
    if not os.access(path, os.R_OK):
        return Finding(
            "secret key", "problem", "You may not read it.", "Run this as the website's user."
        )
    if _others_may(path):
        return Finding(
            "secret key",
            "problem",
            "Other users of this machine can read it.",
            f"Close it: chmod 600 '{path}'. Then delete it: the next start makes a new one.",
        )
    return Finding("secret key", "ok", "Only you can read it.")


def _others_may(path: Path) -> bool:
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _database(home: DataDir) -> Iterator[Finding]:
    """Whether the database fits this version, and whether its log is as it was written."""
    try:
        database = database_of(home)
    except ValueError as error:  # a setting says what is wrong with it
        yield Finding("settings", "problem", str(error), "Change the setting it names.")
        return
    if isinstance(database, SqliteFile) and not database.path.is_file():
        yield Finding(
            "database", "warning", "There is none yet.", "Start the website: it makes one."
        )
        return
    try:
        with database.reading() as query:
            applied = {(app, name) for app, name in query(_MIGRATIONS)}
            compared = _compared(applied, _known())
            yield compared
            if compared.level == "ok":
                yield _audit_log(query)
    except InputError as error:
        yield Finding("database", "problem", error.problem, error.remedy)
    except (ValueError, OSError) as error:
        yield Finding("settings", "problem", str(error), "Change the setting it names.")


_MIGRATIONS = "SELECT app, name FROM django_migrations"


def _audit_log(query: Query) -> Finding:
    verdict = verify(query)
    if verdict.broken_at is None:
        return Finding(
            "audit log",
            "ok",
            f"{verdict.entries} entries in an unbroken chain, which ends in "
            f"{verdict.head[:16] or 'nothing'}.",
        )
    return Finding(
        "audit log",
        "problem",
        f"Entry {verdict.broken_at} was changed or removed behind Upshot's back.",
        "Compare it with your backups. Find out who can reach the data folder.",
    )


def _compared(applied: set[tuple[str, str]], known: set[tuple[str, str]]) -> Finding:
    if applied - known:
        return Finding(
            "database",
            "problem",
            "It was used with a newer version of Upshot.",
            "Install that version, or restore a backup made before.",
        )
    if known - applied:
        return Finding(
            "database",
            "problem",
            f"It is {len(known - applied)} steps behind this version of Upshot.",
            "Make a backup, then start the website: it brings the database up to date.",
        )
    return Finding("database", "ok", "It can be read and is up to date.")


def _known() -> set[tuple[str, str]]:
    """Migrations of this version.

    Django's settings are loaded for that. They prepare a data directory, so they get one of their
    own: an examination changes nothing.
    """
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upshot.web.config.settings")
        with tempfile.TemporaryDirectory() as folder:
            os.environ["UPSHOT_DATA"] = folder
            django.setup()
    from django.db.migrations.loader import MigrationLoader

    return set(MigrationLoader(None).disk_migrations)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB"
