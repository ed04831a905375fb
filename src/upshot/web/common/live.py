"""Pages that ask for themselves again while work goes on.

Such a page holds one element ``id="live"`` that htmx replaces by the same element of the same page.
When the work has ended the page is another one, without it: the browser then loads it whole.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

LIVE = "live"


def render_finished(
    request: HttpRequest, template: str, context: dict[str, Any], status: int | None = None
) -> HttpResponse:
    """Render the page that follows a live one; the live one itself is told to load it whole."""
    htmx = getattr(request, "htmx", None)
    if htmx and htmx.target == LIVE:
        return HttpResponseClientRefresh()
    return render(request, template, context, status=status)
