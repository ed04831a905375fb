"""Where a browser sends a file in pieces. What it becomes is the business of the form it is for."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from upshot.errors import InputError
from upshot.web.accounts.access import require
from upshot.web.accounts.models import Role
from upshot.web.files import tus
from upshot.web.files.access import get_upload_for
from upshot.web.files.models import Upload


@require_http_methods(["OPTIONS", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Begin to send a file into the present workspace."""
    require(request.user, request.workspace, Role.EDITOR)
    if request.method == "OPTIONS":
        return tus.options()
    return _in_words(lambda: tus.begin(request, request.workspace, address_of))


@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Go on with it, or forget it."""
    found = get_upload_for(request.user, pk)
    return _in_words(lambda: tus.go_on(request, found))


def address_of(found: Upload) -> str:
    """Where the pieces of an upload go."""
    return reverse("files:upload", args=[found.uuid])


def _in_words(answer: Callable[[], HttpResponse]) -> HttpResponse:
    """A refusal is a sentence that the page shows as it is."""
    try:
        return answer()
    except tus.Refusal as refusal:
        status, words = refusal.status, refusal.words
    except InputError as problem:
        status, words = 413, str(problem)
    response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = tus.VERSION
    return response
