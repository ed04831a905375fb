"""Files appear whole or not at all, under names of our own.

A file is written to a temporary name in the data directory while its SHA-256 is taken, forced to
disk, and then renamed to its place in the same transaction that records it. Removing runs in a
transaction as well, so that a file is never taken away from somebody who has just stored the same
content.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from upshot.web.files.models import StoredFile
from upshot.web.files.object_store import copied, forget, make_room
from upshot.web.files.places import elsewhere, key_of, place

LEFTOVER_SECONDS = 24 * 3600
"""A temporary file this old belongs to nobody: no upload or job lives a day."""

_BLOCK = 1 << 20


def temporary_folder() -> Path:
    """The folder of files being written, on the same volume as the stored ones."""
    folder: Path = settings.DATA.incoming
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class Incoming:
    """A file being received: append, finish, then `keep` it or `discard` it."""

    def __init__(self) -> None:
        self.path = temporary_folder() / uuid.uuid4().hex
        self.size = 0
        self._hash = hashlib.sha256()
        self._file: BinaryIO = self.path.open("xb")

    def write(self, chunk: bytes) -> None:
        """Append a chunk."""
        self._file.write(chunk)
        self._hash.update(chunk)
        self.size += len(chunk)

    def finish(self) -> None:
        """Force the file to disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    @property
    def sha256(self) -> str:
        """Name of the content so far."""
        return self._hash.hexdigest()

    def discard(self) -> None:
        """Remove the temporary file; harmless after `keep`."""
        # What waits to be written may have no room; it is not wanted any more.
        with contextlib.suppress(OSError):
            self._file.close()
        self.path.unlink(missing_ok=True)


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for a job's own files, gone afterwards whatever happens."""
    folder = temporary_folder() / uuid.uuid4().hex
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep(workspace: Model, path: Path, sha256: str, size: int) -> StoredFile:
    """Move a finished temporary file to its place, whichever that is, and record it.

    Call it inside the transaction that also makes the row that refers to it.
    """
    stored, _ = StoredFile.objects.get_or_create(
        workspace=workspace, sha256=sha256, defaults={"size": size}
    )
    place().put(path, stored.key)
    return stored


def keep_incoming(workspace: Model, incoming: Incoming) -> StoredFile:
    """`keep` for a received file."""
    return keep(workspace, incoming.path, incoming.sha256, incoming.size)


def keep_file(workspace: Model, path: Path) -> StoredFile:
    """`keep` for a file that a library wrote into a `working_folder`."""
    digest = hashlib.sha256()
    with path.open("rb+") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
        os.fsync(file.fileno())
        size = file.tell()
    return keep(workspace, path, digest.hexdigest(), size)


def remove_unreferenced(workspace: Model) -> int:
    """Remove the workspace's files that no row refers to any more; returns how many."""
    with transaction.atomic():
        unused = StoredFile.objects.filter(workspace=workspace)
        for relation in StoredFile._meta.get_fields(include_hidden=True):
            if relation.concrete or not (relation.one_to_many or relation.one_to_one):
                continue
            unused = unused.filter(
                ~_exists(relation.related_model, relation.field.name),
            )
        gone = list(unused)
        StoredFile.objects.filter(pk__in=[stored.pk for stored in gone]).delete()
        for stored in gone:
            place().remove(stored.key)
    return len(gone)


def sweep_leftovers(now: float | None = None) -> int:
    """Remove temporary files that a crash left behind; called at start. Returns how many."""
    oldest = (time.time() if now is None else now) - LEFTOVER_SECONDS
    count = 0
    for path in temporary_folder().iterdir():
        if path.stat().st_mtime > oldest:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        count += 1
    return count


def sweep_copies() -> None:
    """Where files are kept elsewhere: forget copies here of what was deleted, and make room."""
    if elsewhere() is None:
        return
    keys = copied()
    names = {key.rpartition("/")[2] for key in keys}
    stored = StoredFile.objects.filter(sha256__in=names).values_list("workspace_id", "sha256")
    forget(keys - {key_of(*row) for row in stored})
    make_room()


def _exists(model: type[Model], field: str):
    from django.db.models import Exists, OuterRef

    return Exists(model._base_manager.filter(**{field: OuterRef("pk")}))
