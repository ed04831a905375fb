"""Bring a backup back: everything is checked beside the new data directory, then it appears."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from upshot.errors import InputError
from upshot.web.audit.chain import Verdict, verify
from upshot.web.config import env
from upshot.web.config.data_dir import DataDir
from upshot.web.operation import manifest
from upshot.web.operation.backup import create_below
from upshot.web.operation.copies import Database, Server, database_of
from upshot.web.operation.manifest import BLOCK, DATABASE, DUMP, MANIFEST, MANIFEST_BYTES, Entry

# Opens one file of the backup for reading; KeyError or FileNotFoundError when it is not there.
Read = Callable[[str], BinaryIO]


@dataclass(frozen=True)
class Restored:
    """What came back.

    Attributes
    ----------
    files : int
        Stored files brought back.
    lost : int
        Files that the database names and that were lost before the backup was made.
    log_end : str
        Digest of the last entry of the audit log, to compare with what was noted down.
    log_broken_at : int or None
        The first entry of the audit log that was changed or removed before the backup was made.
    """

    files: int
    lost: int
    log_end: str = ""
    log_broken_at: int | None = None


def restore(source: Path, data: Path) -> Restored:
    """Restore the backup `source` into the data directory `data`.

    Nothing is left in `data` when anything is wrong.

    Raises
    ------
    InputError
        When `data` is not empty, or the backup is incomplete, damaged or not ours.
    """
    target = data.expanduser().resolve()
    _refuse_filled(target, data)
    try:
        with _opened(source) as read, _draft(target) as draft:
            entries = manifest.parsed(_manifest(read))
            database = _database_for(entries, draft)
            _refuse_without_room(entries, draft)
            for entry in entries:
                _take(entry, read, draft)
            DataDir(draft).prepare()
            _refuse_filled(target, data, besides=draft.name)
            lost = database.bring_back(draft / database.name) - {entry.name for entry in entries}
            log = _log_of(database)
            if isinstance(database, Server):
                (draft / database.name).unlink()
            _appear(draft, target)
    except OSError as error:
        raise InputError(
            f"The backup cannot be restored: {error.strerror or error}.",
            "Check that the folder can be written to, and that the disk has room.",
        ) from error
    return Restored(len(entries) - 2, len(lost), log.head, log.broken_at)


def _log_of(database: Database) -> Verdict:
    """Follow the audit log: a backup may hold what was changed before, or be made by somebody."""
    with database.reading() as query:
        return verify(query)


def _database_for(entries: list[Entry], draft: Path) -> Database:
    """Where the backup's database goes: the same kind of place that it came from."""
    elsewhere = env.text("DATABASE", "")
    on_server = any(entry.name == DUMP for entry in entries)
    database = database_of(DataDir(draft))
    if on_server and not isinstance(database, Server):
        raise InputError(
            "This backup was made of a database on a PostgreSQL server.",
            "Name an empty database of such a server in UPSHOT_DATABASE.",
        )
    if elsewhere and not on_server:
        raise InputError(
            "UPSHOT_DATABASE names a database elsewhere.",
            "Unset it, restore, and then move the database there.",
        )
    return database


def _refuse_filled(target: Path, shown: Path, besides: str = "") -> None:
    # An empty volume holds a folder of the file system's own.
    ignored = {"lost+found", besides}
    if target.exists() and (
        not target.is_dir() or any(path.name not in ignored for path in target.iterdir())
    ):
        raise InputError(f"'{shown}' is not an empty folder.", "Choose a new one with --data.")


@contextmanager
def _opened(source: Path) -> Iterator[Read]:
    if source.is_dir():
        yield lambda name: _open_below(source.resolve(), name)
    elif not source.is_file():
        raise InputError(f"There is no backup '{source}'.", "Check the name.")
    else:
        try:
            packed = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise InputError(
                f"'{source}' is not a whole zip.", "It may be cut off. Copy it again."
            ) from None
        with packed:
            usual = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
            if any(info.compress_type not in usual for info in packed.infolist()):
                raise manifest.not_ours()
            yield packed.open


def _open_below(folder: Path, name: str) -> BinaryIO:
    place = folder / name
    if place.resolve() != place:
        raise InputError(
            f"'{name}' in this backup is a link to another place.",
            "Use a backup that holds the file itself.",
        )
    return place.open("rb")


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A folder on the target's volume; inside the target when that is a volume of its own."""
    parent = target if os.path.ismount(target) else target.parent
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / f".{target.name or 'upshot'}-{uuid.uuid4().hex[:8]}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _manifest(read: Read) -> bytes:
    try:
        with read(MANIFEST) as stream:
            content = stream.read(MANIFEST_BYTES + 1)
    except (KeyError, FileNotFoundError, zipfile.BadZipFile, zlib.error, RuntimeError):
        content = b""
    return content if len(content) <= MANIFEST_BYTES else b""


def _refuse_without_room(entries: list[Entry], draft: Path) -> None:
    needed, free = sum(entry.size for entry in entries), shutil.disk_usage(draft).free
    if needed > free:
        raise InputError(
            f"The backup needs {needed / 1e9:,.1f} GB, and the disk has {free / 1e9:,.1f} GB left.",
            "Make room, or choose a folder on another disk.",
        )


def _take(entry: Entry, read: Read, draft: Path) -> None:
    """Copy one file and check it; never more of it than the manifest says."""
    digest, left = hashlib.sha256(), entry.size
    try:
        with read(entry.name) as source, create_below(draft, entry.name) as target:
            while block := source.read(min(BLOCK, left + 1)):
                left -= len(block)
                if left < 0:
                    break
                digest.update(block)
                target.write(block)
    except (KeyError, FileNotFoundError):
        raise InputError(
            f"The backup is incomplete: '{entry.name}' is missing.", "Use another backup."
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        raise _damaged(entry) from None
    if left != 0 or digest.hexdigest() != entry.sha256:
        raise _damaged(entry)


def _damaged(entry: Entry) -> InputError:
    return InputError(
        f"The backup is damaged: '{entry.name}' is not what was saved.", "Use another backup."
    )


def _appear(draft: Path, target: Path) -> None:
    if draft.parent == target:
        # A volume cannot be replaced, so its content comes piece by piece, the database last.
        for path in sorted(draft.iterdir(), key=lambda path: path.name == DATABASE):
            path.rename(target / path.name)
        return
    if target.exists():
        target.rmdir()
    draft.rename(target)
