"""Stored files in an object store, with copies of those in use in a bounded folder here.

Any of Django's storages will do whose objects appear when they are complete, as those of S3 do.
What comes down is checked against its name before anybody sees it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage

from upshot.errors import FileProblem
from upshot.web.files.taking_away import take_away
from upshot.wording import say

_BLOCK = 1 << 20


class ObjectStore:
    """One folder of a bucket; see `upshot.web.files.places.Place`.

    Parameters
    ----------
    storage : Storage
        Where the objects are.
    """

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def put(self, path: Path, key: str) -> None:
        """Send it, a piece at a time; what was sent stays here as the copy in use."""
        with path.open("rb") as stream:
            kept = self.storage.save(key, File(stream, name=key))
        if kept != key:
            # Same name, same content: whoever came first has stored it.
            self.storage.delete(kept)
        copy = _copy_of(key)
        path.replace(copy)
        make_room()

    def local(self, key: str) -> Path:
        """The copy here, fetched first where there is none."""
        copy = _copy_of(key)
        with contextlib.suppress(FileNotFoundError):
            os.utime(copy)
            return copy
        self.fetch(key, copy)
        make_room()
        return copy

    def fetch(self, key: str, to: Path) -> None:
        """Bring an object down to a path, where it appears when it is whole and right."""
        draft = settings.DATA.incoming / uuid.uuid4().hex
        draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest = hashlib.sha256()
        try:
            with self.storage.open(key, "rb") as source, draft.open("xb") as target:
                while block := source.read(_BLOCK):
                    target.write(block)
                    digest.update(block)
            if digest.hexdigest() != key.rpartition("/")[2]:
                raise FileProblem(
                    say("A stored file was damaged where it is kept."),
                    say("Ask whoever runs this Upshot to bring it back from a backup."),
                )
            draft.replace(to)
        finally:
            draft.unlink(missing_ok=True)

    def beside(self, key: str) -> Path:
        """As in `Place`."""
        return _copy_of(key)

    def has(self, key: str) -> bool:
        """As in `Place`."""
        return self.storage.exists(key)

    def remove(self, key: str) -> None:
        """The object, and the copy here; other machines' copies go when those are swept."""
        self.storage.delete(key)
        take_away(_copy_of(key))

    def remove_workspace(self, workspace: int) -> None:
        """As in `Place`."""
        for key in list(self._below(str(workspace))):
            self.remove(key)

    def listed(self) -> Iterator[str]:
        """As in `Place`."""
        for workspace in self.storage.listdir("")[0]:
            yield from self._below(workspace)

    def _below(self, workspace: str) -> Iterator[str]:
        for start in self._names(workspace)[0]:
            for name in self._names(f"{workspace}/{start}")[1]:
                yield f"{workspace}/{start}/{name}"

    def _names(self, folder: str) -> tuple[list[str], list[str]]:
        try:
            return self.storage.listdir(folder)
        except FileNotFoundError:  # a store of files has folders that may be missing
            return [], []


def copies() -> Iterator[Path]:
    """The files in the folder of copies that hold content."""
    for path in _folder().iterdir():
        if path.suffix != ".json":
            yield path


def make_room() -> int:
    """Remove the copies not used for longest until the others fit; returns how many.

    A copy that a job may still be reading stays, however large the folder is.
    """
    seen = []
    for path in copies():
        with contextlib.suppress(FileNotFoundError):
            known = path.stat()
            seen.append((known.st_mtime, known.st_size, path))
    left, count = sum(size for _used, size, _path in seen), 0
    before = time.time() - settings.JOB_SECONDS
    for used, size, path in sorted(seen):
        if left <= settings.CACHE_BYTES or used > before:
            break
        take_away(path)
        left, count = left - size, count + 1
    return count


def copied() -> set[str]:
    """Keys of the files that have a copy here."""
    return {_key_of(path) for path in copies()}


def forget(keys: Iterable[str]) -> None:
    """Remove the copies here of some files."""
    for key in keys:
        take_away(_copy_of(key))


def _folder() -> Path:
    folder: Path = settings.DATA.copies
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _copy_of(key: str) -> Path:
    workspace, _start, sha256 = key.split("/")
    return _folder() / f"{workspace}-{sha256}"


def _key_of(copy: Path) -> str:
    workspace, _dash, sha256 = copy.name.partition("-")
    return f"{workspace}/{sha256[:2]}/{sha256}"
