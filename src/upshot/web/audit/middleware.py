"""Every request that changed something is recorded, whichever page answered it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from upshot.web.audit import reached
from upshot.web.audit.actions import ACTIONS, DOWNLOADS, LANDINGS, OTHER, UNRECORDED
from upshot.web.audit.log import write

GetResponse = Callable[[HttpRequest], HttpResponse]

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class Recorded:
    """Writes one entry for a request that worked, unless its page has written its own.

    A page cannot forget it: what counts is the verb, not the page. Downloads change nothing and
    are recorded as well, because they take data away.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reached.forget()
        response = self.get_response(request)
        if _counts(request, response):
            _record(request, response)
        return response


def _counts(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    if match is None or response.status_code >= 400 or not request.user.is_authenticated:
        return False
    if getattr(request, "is_on_record", False):
        return False
    if request.method in SAFE:
        # A download that sends people elsewhere has given nothing away.
        return match.view_name in DOWNLOADS and response.status_code == 200
    return match.view_name not in UNRECORDED


def _record(request: HttpRequest, response: HttpResponse) -> None:
    name = request.resolver_match.view_name  # type: ignore[union-attr]
    about = _about(request, response)
    write(
        name if name in ACTIONS else OTHER,
        actor=request.user.pk,
        workspace=about.workspace,
        thing=(about.kind, about.object_id),
        address=request.META.get("REMOTE_ADDR", ""),
        detail="" if name in ACTIONS else name,
    )


def _about(request: HttpRequest, response: HttpResponse) -> reached.Reached:
    """The object of the address; else the one people are sent to; else the workspace."""
    found = reached.all_reached()
    wanted = str(request.resolver_match.kwargs.get("pk", ""))  # type: ignore[union-attr]
    for thing in found:
        if thing.object_id == wanted:
            return thing
    home = found[-1].workspace if found else getattr(request.workspace, "uuid", None)  # type: ignore[attr-defined]
    kind, object_id = _landing(response)
    return reached.Reached(kind, object_id, home)


def _landing(response: HttpResponse) -> tuple[str, str]:
    target = response.headers.get("Location")
    if not target:
        return "", ""
    try:
        match = resolve(urlsplit(target).path)
    except Resolver404:
        return "", ""
    kind = LANDINGS.get(match.view_name, "")
    return (kind, str(match.kwargs["pk"])) if kind else ("", "")
