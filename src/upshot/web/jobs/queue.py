"""Putting jobs in the queue, taking them out, and ending them.

Every change of a running job is one compare-and-set on (state, token): whoever lost the job
changes nothing.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from upshot.errors import InputError
from upshot.web.jobs.models import FINISHED, Job, State
from upshot.wording import say_count

# A worker beats every few seconds; a lease outlives several missed beats.
HEARTBEAT_SECONDS = 2.5
LEASE_SECONDS = 20.0


class QueueFull(InputError):
    """A workspace has put as much into the queue as it may."""


def enqueue(
    name: str,
    arguments: dict[str, Any],
    workspace: models.Model | None = None,
    *,
    time_limit: float | None = None,
) -> Job:
    """Put a job in the queue; it starts as soon as a worker is free.

    Inside a transaction the job becomes visible to workers when the transaction commits.

    Parameters
    ----------
    name : str
        A key of ``config/jobs.py``.
    arguments : dict
        What the handler gets; plain JSON.
    workspace : Workspace, optional
        Whose job it is; workspaces take turns.
    time_limit : float, optional
        Seconds of wall clock after which the job is ended; without it the installation's limit.

    Raises
    ------
    QueueFull
        When as many jobs of the workspace wait as may.
    """
    if name not in settings.JOB_HANDLERS:
        raise ValueError(f"No handler is registered for {name!r} in config/jobs.py.")
    if workspace is not None:
        _refuse_too_many(workspace)
    return Job.objects.create(
        name=name,
        arguments=arguments,
        workspace_id=workspace.pk if workspace else None,
        time_limit=time_limit,
    )


def _refuse_too_many(workspace: models.Model) -> None:
    waiting = Job.objects.filter(workspace_id=workspace.pk, state=State.QUEUED).count()
    if waiting >= settings.JOBS_WAITING:
        raise QueueFull(
            _("%(count)d pieces of work of your workspace are waiting already.")
            % {"count": waiting},
            _("Wait until some of them are done, or cancel those that you do not need."),
        )


def claim(worker: str) -> Job | None:
    """Take the job that has waited longest, or None.

    Workspaces take turns: one with fewer running jobs goes first, and none has more than its share
    of the workers (UPSHOT_JOBS_RUNNING).
    """
    with transaction.atomic():
        waiting = Job.objects.filter(state=State.QUEUED)
        running = (
            Job.objects.filter(state=State.RUNNING, workspace_id=models.OuterRef("workspace_id"))
            .order_by()
            .values("workspace_id")
            .annotate(count=models.Count("pk"))
            .values("count")
        )
        job = (
            waiting.annotate(
                busy=Coalesce(models.Subquery(running), 0, output_field=models.IntegerField())
            )
            .filter(busy__lt=settings.JOBS_RUNNING)
            .order_by("busy", "pk")
            .first()
        )
        if job is None:
            return None
        now = timezone.now()
        taken = Job.objects.filter(pk=job.pk, state=State.QUEUED, token=job.token).update(
            state=State.RUNNING,
            token=F("token") + 1,
            attempts=F("attempts") + 1,
            worker=worker,
            heartbeat_at=now,
            lease_until=now + timedelta(seconds=LEASE_SECONDS),
            started_at=now,
            message="",
        )
    if not taken:
        return None
    return Job.objects.get(pk=job.pk)


def held(job_id: uuid.UUID | str, token: int) -> models.QuerySet[Job]:
    """The job, as long as `token` is the present one and it runs; else nothing."""
    return Job.objects.filter(uuid=job_id, token=token, state=State.RUNNING)


def beat(job_id: uuid.UUID, token: int) -> bool:
    """Renew the lease; False when the job is no longer ours."""
    now = timezone.now()
    return bool(
        held(job_id, token).update(
            heartbeat_at=now, lease_until=now + timedelta(seconds=LEASE_SECONDS)
        )
    )


def finish(job_id: uuid.UUID | str, token: int, state: State, message: str = "") -> bool:
    """End a running job; False when it is no longer ours."""
    return bool(
        held(job_id, token).update(
            state=state, message=message, finished_at=timezone.now(), lease_until=None
        )
    )


def give_back(
    job_id: uuid.UUID | str, token: int, *, counts: bool = True, last_words: str = ""
) -> bool:
    """Put a running job back in the queue, or fail it when it has been tried often enough.

    Parameters
    ----------
    job_id, token
        The job and the token it is held with.
    counts : bool
        False when a shutdown interrupted it, which does not count as a try.
    last_words : str
        What to tell people when this was the last try.

    Returns
    -------
    bool
        False when the job is no longer ours.
    """
    job = held(job_id, token).first()
    if job is None:
        return False
    if job.cancel_requested:
        return finish(job_id, token, State.CANCELLED)
    if counts and job.attempts >= settings.JOB_ATTEMPTS:
        words = last_words or _gave_up(job.attempts)
        return finish(job_id, token, State.FAILED, words)
    return bool(
        held(job_id, token).update(
            state=State.QUEUED,
            token=F("token") + 1,
            attempts=F("attempts") if counts else F("attempts") - 1,
            worker="",
            lease_until=None,
        )
    )


def _gave_up(attempts: int) -> str:
    return say_count(
        "This was started {number} time and interrupted. "
        "Nothing is wrong with your data. Start it again, or ask whoever runs this machine.",
        "This was started {number} times and interrupted each time. "
        "Nothing is wrong with your data. Start it again, or ask whoever runs this machine.",
        attempts,
    )


def requeue_expired() -> int:
    """Put back the jobs whose worker went silent; returns how many."""
    expired = Job.objects.filter(state=State.RUNNING, lease_until__lt=timezone.now())
    return sum(give_back(job.uuid, job.token) for job in expired)


def request_cancel(job: Job) -> None:
    """Ask a job to give up; one that waits is cancelled at once."""
    Job.objects.filter(pk=job.pk).exclude(state__in=FINISHED).update(cancel_requested=True)
    Job.objects.filter(pk=job.pk, state=State.QUEUED).update(
        state=State.CANCELLED, finished_at=timezone.now()
    )


def request_stop(job: Job) -> None:
    """Ask a job to finish with the best it has."""
    Job.objects.filter(pk=job.pk).exclude(state__in=FINISHED).update(stop_requested=True)
