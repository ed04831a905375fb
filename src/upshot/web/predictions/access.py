"""The one way to a scored list."""

from __future__ import annotations

import uuid
from typing import Any

from upshot.web.accounts.access import get_for, visible_to
from upshot.web.accounts.models import Role
from upshot.web.predictions.models import Prediction


def get_prediction_for(user: Any, pk: uuid.UUID | str, role: Role = Role.VIEWER) -> Prediction:
    """A scored list a person may see in this role; raises as `get_for` does."""
    predictions = Prediction.objects.select_related("bundle__workspace", "bundle__dataset", "job")
    return get_for(predictions, user, pk, role=role, through="bundle__workspace")


def predictions_for(user: Any, workspace: Any) -> Any:
    """A person's scored lists in a workspace, newest first."""
    predictions = Prediction.objects.filter(bundle__workspace=workspace)
    visible = visible_to(user, predictions, through="bundle__workspace")
    return visible.select_related("bundle", "job")
