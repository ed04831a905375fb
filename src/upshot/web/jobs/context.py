"""What a handler may do with its job while it runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from upshot.web.jobs.limits import memory_limit
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.queue import finish as end
from upshot.web.jobs.queue import held

PROGRESS_SECONDS = 0.5
REQUESTS_SECONDS = 0.5


class StaleJob(Exception):
    """Another worker has taken the job over, or it has ended: nothing may be written any more."""


class JobContext:
    """A running job, seen from its handler.

    Parameters
    ----------
    job : Job
        The job as it was claimed.
    """

    def __init__(self, job: Job) -> None:
        self.job_id = job.uuid
        self.token = job.token
        self.attempt = job.attempts
        self.earlier_progress: dict[str, Any] = job.progress
        self.workspace_id = job.workspace_id
        self.memory_bytes = memory_limit()
        self._progress_at = float("-inf")
        self._requests_at = float("-inf")
        self._stopped = False
        self._cancelled = False

    def progress(self, facts: dict[str, Any], *, force: bool = False) -> None:
        """Show where the job stands.

        Writes at most twice a second and skips what comes in between; `force` writes at once.

        Raises
        ------
        StaleJob
            When the job is no longer ours.
        """
        now = time.monotonic()
        if not force and now - self._progress_at < PROGRESS_SECONDS:
            return
        self._progress_at = now
        if not held(self.job_id, self.token).update(progress=facts):
            raise StaleJob(str(self.job_id))

    def is_cancelled(self) -> bool:
        """Whether a person gave up on the job, or it is no longer ours."""
        self._look()
        return self._cancelled

    def is_stopped(self) -> bool:
        """Whether a person asked to finish with the best so far."""
        self._look()
        return self._stopped

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._requests_at < REQUESTS_SECONDS:
            return
        self._requests_at = now
        row = held(self.job_id, self.token).values("stop_requested", "cancel_requested").first()
        # A job that is no longer ours is cancelled for us.
        self._cancelled = row is None or row["cancel_requested"]
        self._stopped = row is not None and row["stop_requested"]

    @contextmanager
    def commit(self, *, finish: bool = False) -> Iterator[None]:
        """A transaction in which results may be written, because the job is still ours.

        Parameters
        ----------
        finish : bool
            Whether the job has succeeded with this; then result and state are one write, and a
            kill in between cannot make it run twice.

        Raises
        ------
        StaleJob
            When the job is no longer ours; nothing of the block is kept.
        """
        with transaction.atomic():
            # The row lock holds off other databases' claims; SQLite has one writer anyway.
            if held(self.job_id, self.token).select_for_update().first() is None:
                raise StaleJob(str(self.job_id))
            yield
            if finish:
                end(self.job_id, self.token, State.SUCCEEDED)
