"""What every page's template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from upshot.web.common.navigation import nav_items


def site(request: HttpRequest) -> dict[str, Any]:
    """The navigation and the workspace of the signed-in person."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"nav_items": (), "workspace": None}
    return {"nav_items": nav_items(request), "workspace": getattr(request, "workspace", None)}
