"""What pages of accounts and workspaces show about keeping and deleting data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from upshot.web.keeping.models import DataCopy
from upshot.web.keeping.retention import announcement


def keeping(request: HttpRequest) -> dict[str, Any]:
    """All of it is looked up only where a page shows it, except what goes soon."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "goes_soon": announcement(getattr(request, "workspace", None)),
        "data_copies": SimpleLazyObject(
            lambda: list(DataCopy.objects.filter(user=user).select_related("job")[:3])
        ),
    }
