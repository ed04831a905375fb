"""Pages that belong to no app."""

from __future__ import annotations

import logging

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from upshot.web.common import ready

logger = logging.getLogger(__name__)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: a person's data sets."""
    return redirect("datasets:list")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the site can answer and reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether the site can do its work now; why not is for the log, not for strangers."""
    reason = ready.why_not()
    if reason is None:
        return JsonResponse({"status": "ok"})
    logger.warning("not ready: %s", reason)
    return JsonResponse({"status": "not ready"}, status=503)


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every component of the design system on one page; in development only."""
    return render(
        request, "common/design.html", {"chart_names": ["1", "2", "3", "4", "5", "6", "muted"]}
    )
