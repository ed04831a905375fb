"""Uploads stream straight into the store: never whole in memory, never twice on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

from upshot.files import is_disk_full
from upshot.web.files.store import Incoming


class ReceivedFile(UploadedFile):
    """An uploaded file that waits in the temporary folder; gone with the request unless kept."""

    def __init__(self, incoming: Incoming, name: str, content_type: str | None) -> None:
        super().__init__(incoming.path.open("rb"), name, content_type, incoming.size)
        self.incoming = incoming

    @property
    def uncounted(self) -> int:
        """Bytes that its workspace does not hold yet."""
        return int(self.size or 0)

    def close(self) -> None:
        """Close it, and remove it unless it was kept."""
        super().close()
        self.incoming.discard()


class UnkeptFile(UploadedFile):
    """A file that could not be kept, most often because the disk was full; only its name is left.

    Attributes
    ----------
    problem : str
        What to say, with the remedy.
    """

    def __init__(
        self, name: str, content_type: str | None, size: int, *, problem: str = ""
    ) -> None:
        super().__init__(None, name, content_type, size)
        self.problem = problem or _(
            "The disk is full, so this file could not be kept. Delete data sets that you no longer "
            "need, or ask whoever runs this Upshot to make room."
        )


class StoreUploadHandler(FileUploadHandler):
    """Receives every file of a request."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._open: Incoming | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._open = None
        with self._minding_the_disk():
            self._open = Incoming()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it."""
        if self._open is not None:
            with self._minding_the_disk():
                self._open.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """It has arrived whole."""
        if self._open is not None:
            with self._minding_the_disk():
                self._open.finish()
        incoming, self._open = self._open, None
        if incoming is None:
            return UnkeptFile(self.file_name, self.content_type, file_size)
        return ReceivedFile(incoming, self.file_name, self.content_type)

    def upload_interrupted(self) -> None:
        """The connection was cut."""
        if self._open is not None:
            self._open.discard()

    @contextmanager
    def _minding_the_disk(self) -> Iterator[None]:
        """The rest of a file that has no room is heard out and forgotten."""
        try:
            yield
        except OSError as error:
            if not is_disk_full(error):
                raise
            if self._open is not None:
                self._open.discard()
            self._open = None
