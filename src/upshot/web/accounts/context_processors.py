"""What every page's template may use about the person's workspaces."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from upshot.web.accounts.models import Workspace


def workspaces(request: HttpRequest) -> dict[str, Any]:
    """The workspaces a person may change to; asked for only where a page shows them."""
    user = getattr(request, "user", None)
    here = getattr(request, "workspace", None)
    if user is None or not user.is_authenticated or not here:
        return {"other_workspaces": ()}
    others = Workspace.objects.filter(memberships__user=user).exclude(pk=here.pk)
    return {"other_workspaces": SimpleLazyObject(lambda: list(others.order_by("name")))}
