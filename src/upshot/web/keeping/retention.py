"""How long a workspace keeps data, what goes when, and the daily round that does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

from upshot.web.accounts.models import Workspace
from upshot.web.audit.log import trim, write
from upshot.web.datasets.models import Dataset
from upshot.web.files.erase import erase
from upshot.web.jobs.models import FINISHED, Job
from upshot.web.jobs.queue import enqueue
from upshot.web.keeping.forgetting import forget_deleted_rows
from upshot.web.keeping.models import DataCopy
from upshot.web.predictions.models import Prediction

LEAST_DAYS, MOST_DAYS = 7, 3650
ANNOUNCED = timedelta(days=7)
"""Pages name what goes this long before."""

COPY_LIVES = timedelta(days=1)
ROUND = "keeping.round"
ROUND_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Announcement:
    """What a workspace loses soon.

    Attributes
    ----------
    datasets, lists : int
        How many data sets and scored lists.
    first : datetime
        When the first of them goes.
    """

    datasets: int
    lists: int
    first: datetime


def past_its_time(workspace: Workspace, at: datetime) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The data sets and scored lists that are older than the workspace allows at a moment."""
    if workspace.retention_days is None:
        return Dataset.objects.none(), Prediction.objects.none()
    oldest = at - timedelta(days=workspace.retention_days)
    return (
        Dataset.objects.filter(workspace=workspace, created_at__lt=oldest),
        Prediction.objects.filter(bundle__workspace=workspace, created_at__lt=oldest),
    )


def announcement(workspace: Workspace) -> Announcement | None:
    """What goes within a week, or None."""
    if not workspace or workspace.retention_days is None:
        return None
    datasets, lists = past_its_time(workspace, timezone.now() + ANNOUNCED)
    made = [row.created_at for rows in (datasets, lists) for row in rows.order_by("created_at")[:1]]
    if not made:
        return None
    first = min(made) + timedelta(days=workspace.retention_days)
    return Announcement(datasets.count(), lists.count(), max(first, timezone.now()))


def delete_what_is_past_its_time() -> int:
    """Delete old data of every workspace with a limit; returns how many things went."""
    count = 0
    for workspace in Workspace.objects.exclude(retention_days=None):
        for rows in past_its_time(workspace, timezone.now()):
            for row in list(rows):
                _on_record(row, workspace)
                erase(row, workspace)
                count += 1
    return count


def daily_round(_arguments: dict[str, Any], _context: Any) -> None:
    """The job of every day: old data, old copies, old entries of the log, deleted rows."""
    delete_what_is_past_its_time()
    for copy in DataCopy.objects.filter(created_at__lt=timezone.now() - COPY_LIVES):
        copy.path.unlink(missing_ok=True)
        copy.delete()
    trim(settings.AUDIT_DAYS)
    old = timezone.now() - 7 * ROUND_EVERY
    Job.objects.filter(name=ROUND, state__in=FINISHED, created_at__lt=old).delete()
    forget_deleted_rows()


def begin_round() -> Job | None:
    """Put the daily round in the queue, unless it was there within a day."""
    since = timezone.now() - ROUND_EVERY
    if Job.objects.filter(name=ROUND, created_at__gt=since).exists():
        return None
    return enqueue(ROUND, {})


def _on_record(row: Model, workspace: Workspace) -> None:
    name = row._meta.model_name or ""
    write("retention:deleted", workspace=workspace.uuid, thing=(name, str(row.uuid)))  # type: ignore[attr-defined]
