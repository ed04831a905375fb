"""Answers kept for repeated requests name things: they go with those, or after a day."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from django.utils import timezone

from upshot.web.api.idempotency import KEPT_FOR
from upshot.web.api.models import KeptAnswer
from upshot.web.bundles.models import SavedBundle
from upshot.web.datasets.models import Dataset
from upshot.web.predictions.models import Prediction
from upshot.web.runs.models import Run


def watch() -> None:
    """Follow deletions from now on."""
    for kind in (Dataset, SavedBundle, Run, Prediction):
        post_delete.connect(_gone, sender=kind, dispatch_uid=f"api.traces.{kind.__name__}")


def sweep() -> None:
    """Forget answers that nobody may ask for again."""
    old = KeptAnswer.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    if old.exists():  # deleting nothing would still take the database's write lock
        old.delete()


def _gone(instance: Any, **_said: Any) -> None:
    KeptAnswer.objects.filter(body__id=str(instance.uuid)).delete()
