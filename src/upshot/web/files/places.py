"""Where the bytes of stored files are: in the data directory, or in an object store.

Both places take whole files only, under a key that holds the SHA-256 of the content, and give back
a path on this machine. Who needs a file never asks which place it comes from.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files.storage import Storage, storages

from upshot.web.config.object_store import ALIAS
from upshot.web.files.object_store import ObjectStore
from upshot.web.files.taking_away import take_away

KEY = re.compile(r"[0-9]{1,19}/([0-9a-f]{2})/(\1[0-9a-f]{62})")


class Place(Protocol):
    """What the store of files needs of a place.

    A key is ``workspace/ab/abcdef…``, made by `key_of` from our own values only.
    """

    def put(self, path: Path, key: str) -> None:
        """Take a finished file away from `path`; it appears under `key` whole or not at all."""

    def local(self, key: str) -> Path:
        """A path on this machine that holds the content.

        Raises
        ------
        FileNotFoundError
            When there is no such file.
        FileProblem
            When it is not what its name says any more.
        """

    def beside(self, key: str) -> Path:
        """Where facts about a file are kept: a path to put endings on, on this machine."""

    def has(self, key: str) -> bool:
        """Whether it is there."""

    def remove(self, key: str) -> None:
        """Take it away for good; harmless when it is not there."""

    def remove_workspace(self, workspace: int) -> None:
        """Take away everything of a workspace."""

    def listed(self) -> Iterator[str]:
        """Everything in it, in no order."""


class DataFolder:
    """The files' folder in the data directory.

    Parameters
    ----------
    root : Path
        That folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, path: Path, key: str) -> None:
        """As in `Place`: a rename on the same volume, forced to disk."""
        place = self.root / key
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
        _sync_folder(place.parent)

    def local(self, key: str) -> Path:
        """As in `Place`, without a look: opening it says whether it is there."""
        return self.root / key

    def beside(self, key: str) -> Path:
        """As in `Place`."""
        return self.root / key

    def has(self, key: str) -> bool:
        """As in `Place`."""
        return (self.root / key).is_file()

    def remove(self, key: str) -> None:
        """As in `Place`."""
        take_away(self.root / key)

    def remove_workspace(self, workspace: int) -> None:
        """As in `Place`."""
        shutil.rmtree(self.root / str(workspace), ignore_errors=True)

    def listed(self) -> Iterator[str]:
        """As in `Place`."""
        for path in self.root.glob("*/*/*"):
            key = path.relative_to(self.root).as_posix()
            if KEY.fullmatch(key):
                yield key


def key_of(workspace: int, sha256: str) -> str:
    """The name of a file in its place."""
    return f"{workspace}/{sha256[:2]}/{sha256}"


def place() -> Place:
    """Where this installation keeps its files."""
    storage = elsewhere()
    return DataFolder(settings.DATA.files) if storage is None else ObjectStore(storage)


def elsewhere() -> Storage | None:
    """The object store that the settings name, if they do."""
    return storages[ALIAS] if ALIAS in settings.STORAGES else None


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there; the rename itself is durable enough
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
