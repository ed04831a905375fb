"""Uploads stream straight into the store: never whole in memory, never twice on disk."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from upshot.web.files.store import Incoming


class ReceivedFile(UploadedFile):
    """An uploaded file that waits in the temporary folder; gone with the request unless kept."""

    def __init__(self, incoming: Incoming, name: str, content_type: str | None) -> None:
        super().__init__(incoming.path.open("rb"), name, content_type, incoming.size)
        self.incoming = incoming

    def close(self) -> None:
        """Close it, and remove it unless it was kept."""
        super().close()
        self.incoming.discard()


class StoreUploadHandler(FileUploadHandler):
    """Receives every file of a request."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._open: Incoming | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._open = Incoming()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it."""
        assert self._open is not None
        self._open.write(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile:
        """It has arrived whole."""
        incoming, self._open = self._open, None
        assert incoming is not None
        incoming.finish()
        return ReceivedFile(incoming, self.file_name, self.content_type)

    def upload_interrupted(self) -> None:
        """The connection was cut."""
        if self._open is not None:
            self._open.discard()
