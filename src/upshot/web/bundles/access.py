"""The one way to a bundle."""

from __future__ import annotations

import uuid
from typing import Any

from upshot.web.accounts.access import get_for, visible_to
from upshot.web.accounts.models import Role
from upshot.web.bundles.models import SavedBundle


def get_bundle_for(user: Any, pk: uuid.UUID | str, role: Role = Role.VIEWER) -> SavedBundle:
    """A bundle a person may use in this role; raises as `get_for` does."""
    bundles = SavedBundle.objects.select_related("workspace", "dataset", "file")
    return get_for(bundles, user, pk, role=role)


def bundles_for(user: Any, workspace: Any) -> Any:
    """A person's bundles in a workspace, newest first."""
    bundles = SavedBundle.objects.filter(workspace=workspace).defer("columns", "notes")
    return visible_to(user, bundles).select_related("file", "dataset")
