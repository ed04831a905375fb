"""The one way to a data set."""

from __future__ import annotations

import uuid
from typing import Any

from upshot.web.accounts.access import get_for, visible_to
from upshot.web.accounts.models import Role
from upshot.web.datasets.models import Dataset


def get_dataset_for(user: Any, pk: uuid.UUID | str, role: Role = Role.VIEWER) -> Dataset:
    """A data set a person may use in this role; raises as `get_for` does."""
    datasets = Dataset.objects.select_related("workspace", "job", "current", "current__job")
    return get_for(datasets, user, pk, role=role)


def datasets_for(user: Any, workspace: Any) -> Any:
    """A person's data sets in a workspace, newest first."""
    return visible_to(user, Dataset.objects.filter(workspace=workspace)).select_related("job")
