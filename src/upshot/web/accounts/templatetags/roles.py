"""Pages offer only what a person's role allows: ``{% if dataset.workspace|editable_by:user %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.exceptions import PermissionDenied

from upshot.web.accounts.access import require
from upshot.web.accounts.models import Role

register = template.Library()


@register.filter
def editable_by(workspace: Any, user: Any) -> bool:
    """Whether a person may add, change and delete in a workspace.

    Asked once for each workspace: a request has its own user, and a page asks for every button.
    """
    known: dict[Any, bool] = getattr(user, "_editable", None) or {}
    key = getattr(workspace, "pk", None)
    if key not in known:
        known[key] = _may_edit(workspace, user)
        user._editable = known
    return known[key]


def _may_edit(workspace: Any, user: Any) -> bool:
    try:
        require(user, workspace, Role.EDITOR)
    except PermissionDenied:
        return False
    return True
