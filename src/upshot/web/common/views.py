"""Pages that belong to no app."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


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
def design(request: HttpRequest) -> HttpResponse:
    """Every component of the design system on one page; in development only."""
    return render(
        request, "common/design.html", {"chart_names": ["1", "2", "3", "4", "5", "6", "muted"]}
    )
