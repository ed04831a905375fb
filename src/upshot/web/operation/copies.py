"""Copying a database in one step and bringing the copy back, for each kind of database."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from upshot.errors import InputError
from upshot.web.config import env
from upshot.web.config.data_dir import DataDir
from upshot.web.config.database import from_setting, is_server
from upshot.web.operation.manifest import DATABASE, DUMP, stored_name

BUSY_SECONDS = 60.0

_FILES = "SELECT workspace_id, sha256 FROM files_storedfile ORDER BY id"


# Runs one SELECT and gives its rows.
Query = Callable[[str], Iterable[tuple[Any, ...]]]


class Database(Protocol):
    """What a backup needs of a database.

    Attributes
    ----------
    name : str
        Name of the copy in a backup.
    """

    name: str

    def copy(self, to: Path) -> list[str]:
        """Copy everything but log-ins in one step; the names of the files the copy refers to."""

    def files(self) -> set[str]:
        """Names of the files it refers to now."""

    def bring_back(self, copy: Path) -> set[str]:
        """Make the copy the database; the names of the files it refers to."""

    def reading(self) -> AbstractContextManager[Query]:
        """Open it to read only; raises `InputError` when that fails."""


class SqliteFile:
    """A database in a file; its copy is a file too, and is used where it lies."""

    name = DATABASE

    def __init__(self, path: Path) -> None:
        self.path = path

    def copy(self, to: Path) -> list[str]:
        """As in `Database`."""
        to.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as connection:
            connection.execute("VACUUM INTO ?", (str(to),))
        to.chmod(0o600)
        with closing(sqlite3.connect(to)) as connection:
            # Whoever finds a backup must not be logged in by it.
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("DELETE FROM django_session")
            connection.commit()
        return named_files(to)

    def files(self) -> set[str]:
        """As in `Database`."""
        return set(named_files(self.path))

    def bring_back(self, copy: Path) -> set[str]:
        """As in `Database`: the copy needs only to be sound."""
        try:
            with closing(sqlite3.connect(copy)) as connection:
                sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            names = set(named_files(copy))
        except sqlite3.Error:
            sound = False
        if not sound:
            raise InputError("The database in this backup is damaged.", "Use another backup.")
        return names

    @contextmanager
    def reading(self) -> Iterator[Query]:
        """As in `Database`."""
        try:
            address = f"{self.path.as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True)) as connection:
                yield connection.execute
        except sqlite3.Error as error:
            raise InputError("It cannot be read.", "Restore a backup into a new folder.") from error


class Server:
    """A PostgreSQL database; its own tools copy it, from one snapshot."""

    name = DUMP

    def __init__(self, described: Mapping[str, Any]) -> None:
        self._described = described

    def copy(self, to: Path) -> list[str]:
        """As in `Database`."""
        to.unlink(missing_ok=True)
        with self._connected() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
            names = [stored_name(*row) for row in connection.execute(_FILES)]
            to.touch(0o600)
            self._run("pg_dump", f"--snapshot={snapshot}", *_DUMP_OPTIONS, f"--file={to}")
        return names

    def files(self) -> set[str]:
        """As in `Database`."""
        with self._connected() as connection:
            return {stored_name(*row) for row in connection.execute(_FILES)}

    def bring_back(self, copy: Path) -> set[str]:
        """As in `Database`: all of the copy or nothing of it comes into an empty database."""
        with self._connected() as connection:
            if connection.execute(_TABLES).fetchone()[0]:
                raise InputError(
                    "The database that UPSHOT_DATABASE names is not empty.",
                    "Make a new one, for example with createdb, and name that.",
                )
        name = f"--dbname={self._described['NAME']}"
        self._run("pg_restore", "--single-transaction", "--no-owner", name, str(copy))
        return self.files()

    @contextmanager
    def reading(self) -> Iterator[Query]:
        """As in `Database`."""
        with self._connected() as connection:
            connection.execute("SET default_transaction_read_only = on")
            yield connection.execute

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        import psycopg

        try:
            with psycopg.connect(**_parameters(self._described), autocommit=True) as connection:
                yield connection
        except psycopg.Error as error:
            raise InputError(
                "The database server does not answer as it should.",
                "Check UPSHOT_DATABASE, and that the server runs. `upshot doctor` looks too.",
            ) from error

    def _run(self, tool: str, *arguments: str) -> None:
        if shutil.which(tool) is None:
            raise InputError(
                f"{tool} is missing on this machine.",
                "Install PostgreSQL's client tools; on Debian or Ubuntu: postgresql-client.",
            )
        done = subprocess.run(  # noqa: S603
            [tool, *arguments],
            env={**os.environ, **_environment(self._described)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise InputError(
                f"{tool} failed: {_reason(done.stderr)}.",
                "Check that it is not older than the server, and that the disk has room.",
            )


def _reason(said: str) -> str:
    """The first line that names an error; later ones may quote rows of a table."""
    errors = (line for line in said.splitlines() if "error:" in line)
    return next(errors, "no reason given").partition("error:")[2].strip()[:200]


_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
_DUMP_OPTIONS = (
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    # Whoever finds a backup must not be logged in by it.
    "--exclude-table-data=django_session",
)
_OPTIONS_OF_LIBPQ = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}


def _parameters(described: Mapping[str, Any]) -> dict[str, str]:
    named = {
        "dbname": described["NAME"],
        "user": described["USER"],
        "password": described["PASSWORD"],
        "host": described["HOST"],
        "port": described["PORT"],
    }
    return {name: str(value) for name, value in (named | described["OPTIONS"]).items() if value}


def _environment(described: Mapping[str, Any]) -> dict[str, str]:
    """The connection for PostgreSQL's tools; a password is never on a command line."""
    named = {
        "PGDATABASE": described["NAME"],
        "PGUSER": described["USER"],
        "PGPASSWORD": described["PASSWORD"],
        "PGHOST": described["HOST"],
        "PGPORT": described["PORT"],
    }
    named |= {
        variable: described["OPTIONS"].get(option, "")
        for option, variable in _OPTIONS_OF_LIBPQ.items()
    }
    return {name: str(value) for name, value in named.items() if value}


def database_of(home: DataDir) -> Database:
    """The database of an installation: as UPSHOT_DATABASE says, else the file in its folder."""
    location = env.text("DATABASE", str(home.database))
    described = from_setting(location)
    return Server(described) if is_server(described) else SqliteFile(Path(location))


def named_files(database: Path) -> list[str]:
    """Names of the stored files that a SQLite database refers to."""
    with closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as connection:
        return [stored_name(*row) for row in connection.execute(_FILES)]
