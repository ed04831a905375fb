"""A request with an ``Idempotency-Key`` is done once, however often it is sent.

A program that lost the answer sends the request again and gets the first answer. Keys belong to a
token and are kept for a day.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from ninja import Schema, Status

from upshot.web.api.models import KeptAnswer
from upshot.web.api.problems import FieldError, Problem

HEADER = "Idempotency-Key"
LONGEST_KEY = 200
KEPT_FOR = timedelta(days=1)
ABANDONED_AFTER = timedelta(minutes=15)
"""A first request that ended without an answer (the machine stopped) blocks its key no longer."""

Endpoint = Callable[..., Any]


def once(endpoint: Endpoint) -> Endpoint:
    """Make an endpoint obey ``Idempotency-Key``; it returns a `Status` with a schema or None."""

    @functools.wraps(endpoint)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = request.headers.get(HEADER)
        if key is None:
            return endpoint(request, *args, **kwargs)
        held, is_first = _hold(request, key)
        if not is_first:
            return _again(held)
        try:
            result: Status = endpoint(request, *args, **kwargs)
        except BaseException:
            held.delete()
            raise
        held.status, held.body = result.status_code, _plain(result.value)
        held.save(update_fields=["status", "body"])
        return result

    # django-ninja would look the names of the annotations up here instead of beside the endpoint.
    answer.__signature__ = inspect.signature(endpoint, eval_str=True)  # type: ignore[attr-defined]
    answer.obeys_idempotency_key = True  # type: ignore[attr-defined]
    return answer


def _hold(request: HttpRequest, key: str) -> tuple[KeptAnswer, bool]:
    """The row of a key, and whether this request is its first."""
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        message = f"It must have 1 to {LONGEST_KEY} printable ASCII characters."
        raise Problem("invalid", errors=[FieldError(f"header.{HEADER}", message)])
    token = request.auth.token  # type: ignore[attr-defined]
    now = timezone.now()
    KeptAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    KeptAnswer.objects.filter(
        token=token, key=key, status=None, created_at__lt=now - ABANDONED_AFTER
    ).delete()
    fingerprint = _fingerprint(request)
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(token=token, key=key, fingerprint=fingerprint), True
    except IntegrityError:
        held = KeptAnswer.objects.filter(token=token, key=key).first()
    if held is None or (held.fingerprint == fingerprint and held.status is None):
        raise Problem("still-running", retry_after=1)
    if held.fingerprint != fingerprint:
        raise Problem("key-reused")
    return held, False


def _again(held: KeptAnswer) -> JsonResponse:
    response = JsonResponse(held.body, status=held.status, safe=False)
    response["Idempotent-Replayed"] = "true"
    return response


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, Schema) else value


def _fingerprint(request: HttpRequest) -> str:
    """What a request asks for; an uploaded file counts by its content."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    for name in sorted(request.POST):
        digest.update(f"{name}={request.POST.getlist(name)!r}\n".encode())
    for name, file in sorted(request.FILES.items()):
        digest.update(f"{name}:{file.name!r}:{file.incoming.sha256}\n".encode())
    return digest.hexdigest()
