"""What every page's template may use about the person's workspaces."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def workspaces(request: HttpRequest) -> dict[str, Any]:
    """The workspaces a person may change to."""
    user = getattr(request, "user", None)
    here = getattr(request, "workspace", None)
    if user is None or not user.is_authenticated or not here:
        return {"other_workspaces": ()}
    others = [member.workspace for member in request.memberships if member.workspace != here]  # type: ignore[attr-defined]
    return {"other_workspaces": sorted(others, key=lambda workspace: workspace.name.casefold())}
