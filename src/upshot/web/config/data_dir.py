"""The data directory: everything an installation owns lives under it."""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

SECRET_BYTES = 64


@dataclass(frozen=True)
class DataDir:
    """Where an installation keeps its database, its files and its secret."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "upshot.sqlite3"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def incoming(self) -> Path:
        """Uploads on their way in; on the same disk as `files`, so that storing is a rename."""
        return self.root / "incoming"

    @property
    def copies(self) -> Path:
        """Copies in use of files that an object store keeps; nothing is lost with them."""
        return self.root / "copies"

    @property
    def setup_token(self) -> Path:
        return self.root / "setup-token"

    def prepare(self) -> DataDir:
        """Create the folders, readable by their owner only."""
        for folder in (self.root, self.files, self.incoming):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def secret_key(self) -> str:
        """The installation's own secret, made on first use."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return read_or_create_secret(self.root / "secret-key", SECRET_BYTES)


def read_or_create_secret(path: Path, size: int) -> str:
    """Read a secret from `path`, or make one there that only its owner may read.

    Two processes may start together: the secret is written to a temporary file and linked into
    place, so one of them wins and both read the same whole secret.
    """
    if not path.exists():
        draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(size))
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
