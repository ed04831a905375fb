"""The tus protocol, version 1.0.0 (tus.io/protocols/resumable-upload): its core and extensions
creation, creation-with-upload, checksum, expiration and termination.

The same steps answer a person's browser and a program; who may take them is asked outside.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.http import http_date
from django.utils.translation import gettext as _

from upshot.files import is_disk_full
from upshot.web.files import pieces
from upshot.web.files.models import Upload
from upshot.web.files.store import LEFTOVER_SECONDS

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
CHECKSUMS = {"sha1": "sha1", "sha256": "sha256"}
PIECE_TYPE = "application/offset+octet-stream"
MISMATCH = 460
"""tus' own status for a piece that does not have its checksum."""

LONGEST_METADATA = 4096
LARGEST_CHECKED = 32 * 1024**2
_BLOCK = 1 << 16
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


class Refusal(Exception):
    """A request that tus does not allow.

    Attributes
    ----------
    status : int
        The HTTP status.
    words : str
        What is wrong, and the remedy.
    """

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


def begin(
    request: HttpRequest, workspace: Model, address_of: Callable[[Upload], str]
) -> HttpResponse:
    """POST: make an upload, or find the unfinished one of the same file.

    Raises
    ------
    Refusal
        When the headers do not say what is needed.
    InputError
        When the file cannot be taken.
    """
    _ask_for_version(request)
    upload = pieces.begin(workspace, _person(request), _wish(request))
    if request.content_type == PIECE_TYPE and not upload.offset:
        _append(request, upload)
    response = _state(upload, status=201)
    response["Location"] = address_of(upload)
    return response


def go_on(request: HttpRequest, upload: Upload) -> HttpResponse:
    """HEAD: how far it is. PATCH: the next piece. DELETE: forget it.

    Raises
    ------
    Refusal
        When the piece does not fit.
    """
    _ask_for_version(request)
    if not upload.became and not upload.path.is_file():
        upload.delete()
        raise Refusal(410, _("This upload is gone. Send the file from its beginning."))
    if request.method == "DELETE":
        pieces.give_up(upload)
        return _answer(HttpResponse(status=204))
    if request.method == "PATCH":
        _take(request, upload)
        return _state(upload, status=204)
    response = _state(upload, status=200)
    response["Upload-Length"] = str(upload.size)
    return response


def options() -> HttpResponse:
    """OPTIONS: what this server can do."""
    response = _answer(HttpResponse(status=204))
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = EXTENSIONS
    response["Tus-Checksum-Algorithm"] = ",".join(CHECKSUMS)
    response["Tus-Max-Size"] = str(settings.MAX_UPLOAD_BYTES)
    return response


def _take(request: HttpRequest, upload: Upload) -> None:
    if request.content_type != PIECE_TYPE:
        raise Refusal(415, _("A piece is sent as “%(kind)s”.") % {"kind": PIECE_TYPE})
    offset = _number(request, "Upload-Offset")
    if offset != upload.offset or upload.became:
        words = _("The next piece begins at byte %(offset)d.") % {"offset": upload.offset}
        raise Refusal(409, words)
    length = int(request.headers.get("Content-Length") or 0)
    if length > upload.size - upload.offset:
        raise Refusal(413, _("The piece goes past the end of the file."))
    _append(request, upload)


def _append(request: HttpRequest, upload: Upload) -> None:
    blocks = _blocks(request)
    if "Upload-Checksum" in request.headers:
        # A piece that must match is looked at whole, in memory, before any of it counts.
        if int(request.headers.get("Content-Length") or 0) > LARGEST_CHECKED:
            raise Refusal(413, _("A piece with a checksum may have 32 MB at most."))
        blocks = iter([_checked(b"".join(blocks), request.headers["Upload-Checksum"])])
    start = upload.offset
    try:
        end = pieces.append(upload, blocks)
    except UnreadablePostError:
        return  # cut off: what came is counted, nobody hears the answer
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise Refusal(
            507,
            _(
                "The disk is full. Delete data sets that you no longer need, or ask whoever runs "
                "this Upshot to make room."
            ),
        ) from None
    if end == start and upload.offset < upload.size and request.headers.get("Content-Length"):
        raise Refusal(409, _("Another piece came first. Ask how far the file is."))


def _blocks(request: HttpRequest) -> Iterator[bytes]:
    while block := request.read(_BLOCK):
        yield block


def _checked(piece: bytes, header: str) -> bytes:
    name, _space, encoded = header.partition(" ")
    if name not in CHECKSUMS:
        raise Refusal(400, _("Checksums are sha1 or sha256."))
    try:
        wanted = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise Refusal(400, _("The checksum is not written in base64.")) from None
    if hashlib.new(CHECKSUMS[name], piece, usedforsecurity=False).digest() != wanted:
        raise Refusal(MISMATCH, _("The piece arrived with another checksum. Send it again."))
    return piece


def _wish(request: HttpRequest) -> pieces.Wish:
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    sha256 = said.get("sha256", "")
    if sha256 and not _SHA256.fullmatch(sha256):
        raise Refusal(400, _("A SHA-256 has 64 hexadecimal digits."))
    return pieces.Wish(
        name=said.get("filename") or said.get("name") or "file",
        size=_number(request, "Upload-Length"),
        mark=said.get("mark", ""),
        sha256=sha256.lower(),
    )


def _metadata(header: str) -> dict[str, str]:
    """``key base64,key base64`` as text."""
    if len(header) > LONGEST_METADATA:
        raise Refusal(400, _("The header “Upload-Metadata” is too long."))
    said = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _space, encoded = pair.partition(" ")
        try:
            said[key] = base64.b64decode(encoded, validate=True).decode().replace("\0", "")
        except ValueError:
            raise Refusal(400, _("The header “Upload-Metadata” cannot be read.")) from None
    return said


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    # Sixteen digits are a petabyte; a longer number fits no column.
    if not (text.isascii() and text.isdecimal() and len(text) <= 16):
        words = _("The header “%(header)s” must be a whole number.") % {"header": header}
        raise Refusal(400, words)
    return int(text)


def _ask_for_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Refusal(412, _("This server speaks tus %(version)s.") % {"version": VERSION})


def _person(request: HttpRequest) -> Any:
    """Who is asking: by session, or by token."""
    caller = getattr(request, "auth", None)
    return caller.user if caller is not None else request.user


def _state(upload: Upload, status: int) -> HttpResponse:
    response = _answer(HttpResponse(status=status))
    response["Upload-Offset"] = str(upload.offset)
    if not upload.became:
        ends = upload.touched_at + timedelta(seconds=LEFTOVER_SECONDS)
        response["Upload-Expires"] = http_date(ends.timestamp())
    return response


def _answer(response: HttpResponse) -> HttpResponse:
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    return response
