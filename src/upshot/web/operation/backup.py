"""A backup that fits together, taken while the site works.

The database is copied first, in one transaction. Then the files it names are held by hard links,
which takes moments, and copied from there. Stored files never change, so every row of the copy has
its file. When one was deleted in between, the database is simply copied again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from upshot.errors import InputError
from upshot.files import appearing
from upshot.web.config import env
from upshot.web.config.data_dir import DataDir
from upshot.web.operation import manifest
from upshot.web.operation.copies import Database, SqliteFile, database_of
from upshot.web.operation.manifest import BLOCK, MANIFEST, SECRET, Entry

ATTEMPTS = 20
"""How often the database is copied again because files were deleted meanwhile."""

SECONDS_BETWEEN = 0.1
"""Between two copies: time for a deletion under way to be committed."""

# Opens the place of one file in the backup for writing.
Create = Callable[[str], BinaryIO]


@dataclass(frozen=True)
class Backup:
    """What was written.

    Attributes
    ----------
    files : int
        Stored files in the backup.
    size : int
        Bytes of everything in it, before packing.
    lost : tuple of str
        Names of files that the database knows but the disk has lost or damaged; not in the backup.
    """

    files: int
    size: int
    lost: tuple[str, ...]


def backup(data: Path, out: Path) -> Backup:
    """Write a backup of the installation in `data` to `out`.

    Parameters
    ----------
    data : Path
        The data directory; the site may be running.
    out : Path
        A name that ends in ``.zip``, or a new folder. It appears whole or not at all.

    Raises
    ------
    InputError
        When there is no installation, `out` exists, or the disk is full.
    """
    home = DataDir(data.expanduser().resolve())
    _refuse_bucket()
    database = database_of(home)
    if isinstance(database, SqliteFile) and not database.path.is_file():
        raise InputError(f"There is no website in '{data}'.", "Name its data folder with --data.")
    if out.exists():
        raise InputError(f"'{out}' is already there.", "Choose a new name for the backup.")
    try:
        with _stage(home) as stage:
            named = _hold(database, home, stage)
            return _write(stage, (database.name, SECRET, *named), out)
    except sqlite3.Error as error:
        raise InputError(
            f"The database cannot be copied: {error}.",
            "Check that the disk has room, and run `upshot doctor`.",
        ) from error
    except OSError as error:
        raise InputError(
            f"The backup cannot be written: {error.strerror or error}.",
            "Check that the folder exists, that you may write there, and that the disk has room.",
        ) from error


def _refuse_bucket() -> None:
    """A backup without the files would look whole, so there is none."""
    if env.text("STORE", ""):
        raise InputError(
            "The files of this website are in a bucket, which `upshot backup` does not copy.",
            "Back up the database and the secret key first, then the bucket, with its own tools.",
        )


@contextmanager
def _stage(home: DataDir) -> Iterator[Path]:
    """A folder on the files' own volume, so that they can be held by links."""
    folder = home.incoming / f"backup-{uuid.uuid4().hex}"
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hold(database: Database, home: DataDir, stage: Path) -> list[str]:
    """Copy the database and hold the files it names; returns their names."""
    (stage / SECRET).write_text(home.secret_key(), encoding="ascii")
    before: set[str] = set()
    for _attempt in range(ATTEMPTS):
        names = database.copy(stage / database.name)
        missing = {name for name in names if not _link(home.root / name, stage / name)}
        # A file whose row is gone as well was deleted meanwhile; one whose row stays is lost. The
        # row of a file that is being deleted is there until that is committed.
        if not missing or (missing == before and missing <= database.files()):
            return names
        before = missing
        time.sleep(SECONDS_BETWEEN)
    raise InputError(
        "Files are being deleted faster than they can be copied.", "Try again in a few minutes."
    )


def _link(source: Path, target: Path) -> bool:
    """Hold a file; False when it is not there."""
    if target.exists():
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    except OSError:  # a volume without hard links
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            return False
    return True


def _write(stage: Path, names: Sequence[str], out: Path) -> Backup:
    if out.suffix.lower() == ".zip":
        with appearing(out) as temporary:
            temporary.chmod(0o600)
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                return _fill(stage, names, lambda name: packed.open(name, "w", force_zip64=True))
    draft = out.absolute().with_name(f".{out.name}-{uuid.uuid4().hex[:8]}")
    draft.mkdir(mode=0o700)
    try:
        written = _fill(stage, names, lambda name: create_below(draft, name))
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return written


def _fill(stage: Path, names: Sequence[str], create: Create) -> Backup:
    entries, lost = [], []
    for name in names:
        entry = _copy(stage / name, name, create) if _is_sound(stage / name, name) else None
        if entry is None:
            lost.append(name)
        else:
            entries.append(entry)
    with create(MANIFEST) as target:
        target.write(manifest.written(entries, datetime.now(UTC).isoformat(timespec="seconds")))
    size = sum(entry.size for entry in entries)
    return Backup(files=len(entries) - 2, size=size, lost=tuple(lost))


def _is_sound(path: Path, name: str) -> bool:
    """Whether a stored file is there and still what its name says."""
    if not name.startswith("files/"):
        return True
    if not path.is_file():
        return False
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest() == path.name


def _copy(path: Path, name: str, create: Create) -> Entry:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, create(name) as target:
        while block := source.read(BLOCK):
            target.write(block)
            digest.update(block)
            size += len(block)
    return Entry(name=name, sha256=digest.hexdigest(), size=size)


@contextmanager
def create_below(folder: Path, name: str) -> Iterator[BinaryIO]:
    """Open a new file below `folder` that only its owner may read; on disk when the block ends."""
    place = folder / name
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(
        place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(handle, "wb") as target:
        yield target
        target.flush()
        os.fsync(target.fileno())
