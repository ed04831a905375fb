"""Answers that did not change are not sent again (``If-None-Match`` → 304)."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags, quote_etag
from ninja import Schema


def tagged(request: HttpRequest, shown: Schema) -> HttpResponse:
    """The answer with its tag, or 304 without a body when the program has it already."""
    body = shown.model_dump_json().encode()
    tag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if tag in {item.removeprefix("W/") for item in known} or known == ["*"]:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
