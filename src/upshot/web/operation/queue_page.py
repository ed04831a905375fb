"""The queue as an owner sees it: the own work in full, of everybody else's only the count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upshot.web.accounts.models import Workspace
from upshot.web.jobs import workers
from upshot.web.jobs.models import FINISHED, Job, State

WORDS: Mapping[str, str | Promise] = {
    "datasets.read": _("Reading a file"),
    "datasets.profile": _("Looking through the columns"),
    "runs.check": _("Checking a question"),
    "runs.train": _("Learning"),
    "runs.compare": _("Comparing two bundles"),
    "runs.what_if": _("Trying out a changed row"),
    "predictions.score": _("Scoring a list"),
    "keeping.copy": _("Packing a copy of somebody's data"),
    "keeping.round": _("Deleting what has been kept long enough"),
    "api.run": _("Learning, asked for by a program"),
    "api.deliver": _("Telling another system that work is done"),
}
"""What each kind of job is called; one without words is "Other work"."""

OTHER = _("Other work")
RECENT = timedelta(days=7)
MOST_SHOWN = 50


@dataclass(frozen=True)
class WorkerFacts:
    """A worker, and whether it has work."""

    number: int
    since: datetime
    is_busy: bool


@dataclass(frozen=True)
class JobFacts:
    """One piece of the workspace's work.

    Attributes
    ----------
    words : str
        What kind of work.
    state : str
        A `State`.
    state_words : str
        The same for people.
    at : datetime
        When it ended, started or was asked for, whichever came last.
    seconds : float or None
        How long it has run.
    message : str
        Why it failed.
    attempts : int
        How often it was started.
    """

    words: str
    state: str
    state_words: str
    at: datetime
    seconds: float | None
    message: str
    attempts: int


@dataclass(frozen=True)
class QueueFacts:
    """The whole page.

    Attributes
    ----------
    workers : tuple of WorkerFacts
        Those seen within half a minute.
    active : tuple of JobFacts
        Running and waiting work of the workspace.
    failed : tuple of JobFacts
        What failed within the last seven days.
    others_waiting : int
        Jobs of other workspaces that wait as well.
    most_running : int
        How many jobs of one workspace run at the same time.
    """

    workers: tuple[WorkerFacts, ...]
    active: tuple[JobFacts, ...]
    failed: tuple[JobFacts, ...]
    others_waiting: int
    most_running: int


def queue_facts(workspace: Workspace) -> QueueFacts:
    """The queue as seen from one workspace."""
    own = Job.objects.filter(workspace_id=workspace.pk)
    busy = set(Job.objects.filter(state=State.RUNNING).values_list("worker", flat=True))
    present = workers.present()
    since = timezone.now() - RECENT
    failed = own.filter(state=State.FAILED, finished_at__gte=since).order_by("-finished_at")
    waiting = Job.objects.filter(state=State.QUEUED)
    return QueueFacts(
        workers=tuple(
            WorkerFacts(number, sign.started_at, sign.name in busy)
            for number, sign in enumerate(present, 1)
        ),
        active=tuple(map(_job, own.exclude(state__in=FINISHED)[:MOST_SHOWN])),
        failed=tuple(map(_job, failed[:MOST_SHOWN])),
        others_waiting=waiting.exclude(workspace_id=workspace.pk).count(),
        most_running=settings.JOBS_RUNNING,
    )


def _job(job: Job) -> JobFacts:
    end = job.finished_at or timezone.now()
    return JobFacts(
        words=str(WORDS.get(job.name, OTHER)),
        state=job.state,
        state_words=job.get_state_display(),
        at=job.finished_at or job.started_at or job.created_at,
        seconds=(end - job.started_at).total_seconds() if job.started_at else None,
        message=job.message,
        attempts=job.attempts,
    )
