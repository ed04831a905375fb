"""Which workers are there: each leaves a sign every few seconds."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from upshot.web.jobs.models import WorkerSign

# Several missed signs; a worker that runs a job leaves its signs beside the job's heartbeat.
SILENT_SECONDS = 30.0
FORGOTTEN = timedelta(days=1)


def sign(name: str) -> None:
    """Say that the worker `name` is there."""
    now = timezone.now()
    WorkerSign.objects.update_or_create(name=name, defaults={"seen_at": now})
    WorkerSign.objects.filter(seen_at__lt=now - FORGOTTEN).delete()


def sign_off(name: str) -> None:
    """Say that the worker `name` has stopped."""
    WorkerSign.objects.filter(name=name).delete()


def present() -> QuerySet[WorkerSign]:
    """The workers that were seen just now, longest serving first."""
    recent = timezone.now() - timedelta(seconds=SILENT_SECONDS)
    return WorkerSign.objects.filter(seen_at__gte=recent).order_by("started_at")
