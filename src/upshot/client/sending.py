"""How a file gets to the site: a small one with its form, a large one in pieces before it.

Pieces go by the tus protocol, version 1.0.0 (tus.io/protocols/resumable-upload). The SHA-256 of the
file is the key under which the site knows it: whoever begins again with the same content goes on
where it stopped.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from upshot.client.errors import ApiError
from upshot.client.facts import Sent
from upshot.client.transport import BLOCK, Reply, Request, Transport, checked
from upshot.errors import InputError
from upshot.wording import say

IN_PIECES_FROM = 16 << 20
"""Bytes from which a cut costs more than the requests of its own that an upload in pieces needs."""

# The sizes of the browser's pieces (`upload.js`): a piece takes one to five seconds.
FIRST_PIECE = 4 << 20
SMALLEST_PIECE = 1 << 20
LARGEST_PIECE = 32 << 20
_QUICK, _SLOW = 1.0, 5.0

FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
MOST_TRIES = 12
"""Tries in a row that bring nothing forward: three minutes of waits that double up to half of one.

A program that runs at night outlives the restart of a site; one that waits for a site which is gone
ends."""

MOST_ROUNDS = 3
"""How often a file is sent anew that was lost or used by another program on its way."""

VERSION = {"Tus-Resumable": "1.0.0"}
PIECE_TYPE = "application/offset+octet-stream"
_GONE = frozenset({404, 410})
# Too many requests, another piece came first, a garbled piece; a full disk is for people to mend.
_AGAIN = frozenset({409, 429, 460})
_DISK_FULL = 507

HearSent = Callable[[Sent], None]


@dataclass(frozen=True)
class LocalFile:
    """A file of this machine as it was when it was first looked at."""

    path: Path
    size: int
    changed: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> LocalFile:
        """Read a file through, a block at a time."""
        before = path.stat()
        digest = hashlib.sha256()
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
        return cls(path, before.st_size, before.st_mtime_ns, digest.hexdigest())

    def part(self, start: int, length: int) -> Iterator[bytes]:
        """Some of its bytes, a block at a time.

        Raises
        ------
        InputError
            When the file is no longer what it was.
        """
        now = self.path.stat()
        if (now.st_size, now.st_mtime_ns) != (self.size, self.changed):
            raise InputError(
                say("“{file}” changed while it was sent.", file=self.path.name),
                say("Send it again when nothing writes to it any more."),
            )
        with self.path.open("rb") as stream:
            stream.seek(start)
            while length and (block := stream.read(min(BLOCK, length))):
                length -= len(block)
                yield block


class Sender:
    """Sends files with a form's fields.

    Parameters
    ----------
    transport : Transport
        What carries the requests.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def post(
        self, path: str, fields: Mapping[str, str], file: LocalFile, hear: HearSent | None = None
    ) -> Reply:
        """Send a form with a file, and give the answer.

        Raises
        ------
        ApiError
            When the site refuses it, or cannot be reached.
        InputError
            When the file changed meanwhile.
        """
        told = hear or _nobody
        fields = {**fields, "sha256": file.sha256}
        if file.size < IN_PIECES_FROM:
            reply = self._transport.send(Request("POST", path, body=fields, file=file.path))
            told(Sent(file.size, file.size))
            return reply
        for left in reversed(range(MOST_ROUNDS)):
            name = _Sending(self._transport, file, told).whole()
            form = Request("POST", path, body={**fields, "upload": name}, form=True)
            try:
                return self._transport.send(form)
            except ApiError as error:
                if not left or not _is_about_the_upload(error):
                    raise
        raise AssertionError("unreachable")


class _Lost(Exception):
    """A request that may go well when it is sent again; the cause says what happened."""

    def __init__(self, cause: ApiError, wait: float = 0.0) -> None:
        super().__init__(str(cause))
        self.cause, self.wait = cause, wait


class _Sending:
    """One file on its way."""

    def __init__(self, transport: Transport, file: LocalFile, hear: HearSent) -> None:
        self._transport, self._file, self._hear = transport, file, hear
        self._name = ""
        self._offset = self._furthest = 0
        self._piece = FIRST_PIECE
        self._unsure = False
        self._tries = 0

    def whole(self) -> str:
        """Send what is missing; the name of the upload."""
        while True:
            try:
                if not self._name:
                    self._begin()
                elif self._unsure:
                    self._look()
                while self._offset < self._file.size:
                    self._next()
            except _Lost as lost:
                self._wait(lost)
            else:
                return self._name

    def _begin(self) -> None:
        known = {"filename": self._file.path.name[-255:], "sha256": self._file.sha256}
        said = ",".join(f"{name} {_base64(value)}" for name, value in known.items())
        headers = {"Upload-Length": str(self._file.size), "Upload-Metadata": said}
        reply = self._ask(Request("POST", "/uploads", headers=headers))
        self._name = reply.headers.get("location", "").rstrip("/").rpartition("/")[2]
        if not self._name:
            raise _not_upshot(reply)
        self._arrived(reply)

    def _look(self) -> None:
        self._arrived(self._ask(Request("HEAD", f"/uploads/{self._name}")))

    def _next(self) -> None:
        start = self._offset
        length = min(self._piece, self._file.size - start)
        headers = {
            "Content-Type": PIECE_TYPE,
            "Content-Length": str(length),
            "Upload-Offset": str(start),
        }
        began = time.monotonic()
        blocks = partial(self._file.part, start, length)
        address = f"/uploads/{self._name}"
        self._arrived(self._ask(Request("PATCH", address, blocks=blocks, headers=headers)))
        seconds = time.monotonic() - began
        if seconds < _QUICK:
            self._piece = min(LARGEST_PIECE, self._piece * 2)
        elif seconds > _SLOW:
            self._piece = max(SMALLEST_PIECE, self._piece // 2)

    def _ask(self, request: Request) -> Reply:
        sent = Request(
            request.method,
            request.path,
            blocks=request.blocks,
            headers={**VERSION, **request.headers},
        )
        try:
            reply = self._transport.attempt(sent)
        except ApiError as error:
            raise _Lost(error) from None
        if self._name and reply.status in _GONE:
            self._name, self._offset = "", 0
            raise _Lost(_refused(reply))
        if reply.status in _AGAIN or (reply.status >= 500 and reply.status != _DISK_FULL):
            raise _Lost(_refused(reply), reply.wait)
        if "tus-resumable" not in checked(reply).headers:
            raise _not_upshot(reply)
        return reply

    def _arrived(self, reply: Reply) -> None:
        said = reply.headers.get("upload-offset", "")
        if not (said.isascii() and said.isdecimal()) or int(said) > self._file.size:
            raise _not_upshot(reply)
        self._offset, self._unsure = int(said), False
        # A site that forgets what it took must not be sent the same bytes for ever.
        if self._offset > self._furthest:
            self._furthest, self._tries = self._offset, 0
        self._hear(Sent(self._offset, self._file.size))

    def _wait(self, lost: _Lost) -> None:
        self._unsure = True
        self._piece = max(SMALLEST_PIECE, self._piece // 2)
        self._tries += 1
        if self._tries > MOST_TRIES:
            raise lost.cause
        seconds = min(LONGEST_WAIT, max(FIRST_WAIT * 2 ** (self._tries - 1), lost.wait))
        self._hear(Sent(self._offset, self._file.size, seconds))
        time.sleep(seconds)


def _nobody(_sent: Sent) -> None:
    """Nobody listens."""


def _base64(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")


def _is_about_the_upload(error: ApiError) -> bool:
    """Whether a form was refused because the upload it names is gone, garbled or used already.

    Two programs that send the same file share one upload, and the first form uses it up.
    """
    return error.code == "invalid" and {name.rpartition(".")[2] for name, _ in error.errors} <= {
        "file",
        "upload",
        "sha256",
    }


def _refused(reply: Reply) -> ApiError:
    try:
        checked(reply)
    except ApiError as error:
        return error
    return _not_upshot(reply)


def _not_upshot(reply: Reply) -> ApiError:
    title = say("Something other than Upshot answered.")
    return ApiError(reply.status, {"title": title, "detail": say("Check the address.")})
