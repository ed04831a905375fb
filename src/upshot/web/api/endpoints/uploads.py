"""Files sent in pieces, by the tus protocol; what they become is asked for elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from upshot.errors import InputError
from upshot.web.api.gate import SENDS
from upshot.web.api.problems import Problem
from upshot.web.files import tus
from upshot.web.files.access import get_upload_for
from upshot.web.files.models import Upload

router = Router(tags=["Uploads"])

PROBLEM_OF = {
    400: "malformed",
    409: "wrong-offset",
    410: "not-found",
    412: "wrong-version",
    413: "too-large",
    415: "wrong-type",
    tus.MISMATCH: "wrong-checksum",
    507: "disk-full",
}
"""How what tus refuses is called here."""


def _header(name: str, about: str, kind: str = "string") -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": True,
        "description": about,
        "schema": {"type": kind},
    }


_VERSION = {**_header("Tus-Resumable", "The version of tus."), "schema": {"const": tus.VERSION}}
_BEGIN: dict[str, Any] = {
    "parameters": [
        _VERSION,
        _header("Upload-Length", "Bytes of the file.", "integer"),
        {
            **_header("Upload-Metadata", "filename and sha256, each followed by its base64."),
            "required": False,
        },
    ],
    "responses": {201: {"description": "Made, or found: “Location” takes its pieces."}},
}
_PIECE: dict[str, Any] = {
    "parameters": [_VERSION, _header("Upload-Offset", "Where the piece begins.", "integer")],
    "requestBody": {
        "required": True,
        "content": {tus.PIECE_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    },
    "responses": {204: {"description": "“Upload-Offset” says how far the file is."}},
}
_STATE: dict[str, Any] = {
    "parameters": [_VERSION],
    "responses": {200: {"description": "“Upload-Offset” says how far the file is."}},
}
_END: dict[str, Any] = {
    "parameters": [_VERSION],
    "responses": {204: {"description": "It is forgotten."}},
}


@router.post("", auth=SENDS, summary="Begin to send a file in pieces", openapi_extra=_BEGIN)
def begin_upload(request: HttpRequest) -> HttpResponse:
    """A resumable upload (tus 1.0.0); then name it as `upload` where a file is taken.

    Begun again with the same `sha256`, it goes on where it stopped. It is forgotten a day after its
    last piece.
    """
    caller = request.auth  # type: ignore[attr-defined]
    return _in_words(lambda: tus.begin(request, caller.workspace, _address_of))


@router.api_operation(
    ["HEAD"], "/{uuid:pk}", auth=SENDS, summary="How far it is", openapi_extra=_STATE
)
def get_upload(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """`Upload-Offset` is where the next piece begins."""
    return _in_words(lambda: tus.go_on(request, _upload(request, pk)))


@router.patch("/{uuid:pk}", auth=SENDS, summary="Send a piece", openapi_extra=_PIECE)
def send_piece(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A piece counts once it is on disk. Some megabytes are a good size."""
    return _in_words(lambda: tus.go_on(request, _upload(request, pk)))


@router.delete("/{uuid:pk}", auth=SENDS, summary="Give an upload up", openapi_extra=_END)
def delete_upload(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Forget it, with what has arrived."""
    return _in_words(lambda: tus.go_on(request, _upload(request, pk)))


def _address_of(upload: Upload) -> str:
    return reverse("api:v1:send_piece", args=[upload.uuid])


def _upload(request: HttpRequest, pk: uuid.UUID) -> Upload:
    caller = request.auth  # type: ignore[attr-defined]
    found = get_upload_for(caller.user, pk)
    return caller.own(found, found.workspace)


def _in_words(answer: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return answer()
    except tus.Refusal as refusal:
        raise Problem(PROBLEM_OF[refusal.status], refusal.words) from None
    except InputError as problem:
        raise Problem("too-large", str(problem)) from None
