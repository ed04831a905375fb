"""Files appear whole or not at all: temporary beside the target → fsync → rename → fsync folder."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upshot.errors import FileProblem
from upshot.wording import say


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Give a temporary path to write to; it becomes `target` when the block ends well.

    Raises
    ------
    FileProblem
        When the folder is missing or not writable, or the disk is full.
    """
    temporary = _temporary_beside(target)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_atomically(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all."""
    with appearing(target) as temporary:
        temporary.write_bytes(content)


def is_disk_full(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that the disk has no room left."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if isinstance(error, sqlite3.Error) and _sqlite_name(error) == "SQLITE_FULL":
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _sqlite_name(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def _temporary_beside(target: Path) -> Path:
    try:
        # The suffix stays, because some writers choose the format by it.
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=".upshot-", suffix=target.suffix or ".tmp"
        )
        os.close(handle)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
    except OSError as error:
        raise _cannot_write(target, error) from error
    return Path(name)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot_write(target: Path, error: OSError) -> FileProblem:
    return FileProblem(
        say(
            "'{target}' cannot be written: {reason}.",
            target=str(target),
            reason=error.strerror or str(error),
        ),
        say("Check that the folder exists, that you may write there, and that the disk has room."),
    )
