"""Watching over the process of one job: its lease, its memory, its time, its end."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from upshot.web.jobs import queue, workers
from upshot.web.jobs.executors import ChildProcesses, Executor
from upshot.web.jobs.limits import memory_limit
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.run import OUR_FAULT, OUT_OF_MEMORY
from upshot.wording import say, say_count

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
MEMORY_SECONDS = 0.5
# How long a handler has to notice that it was cancelled before its process is ended.
CANCEL_SECONDS = 10.0
# Signals that say "somebody ended this process", not "this process is broken".
_FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


class Supervision:
    """One job's process, from its start to its end.

    Parameters
    ----------
    job : Job
        The job as it was claimed.
    is_stopping : callable
        Whether the worker is being shut down.
    executor : Executor, optional
        Where it runs; a child process of ours if left out.
    """

    def __init__(
        self, job: Job, is_stopping: Callable[[], bool], executor: Executor | None = None
    ) -> None:
        self.job = job
        self.is_stopping = is_stopping
        self.limit = job.time_limit or settings.JOB_SECONDS
        self.memory = memory_limit()
        self.started = time.monotonic()
        self.beaten = self.weighed = self.started
        self.cancelled: float | None = None
        self.running = (executor or ChildProcesses()).start(job)

    def watch(self) -> None:
        """Stay until the process has ended, and see that the job has an outcome."""
        try:
            while (code := self.running.wait(LOOK_SECONDS)) is None:
                outcome = self._look()
                if outcome is not None:
                    self.running.end()
                    outcome()
                    return
        finally:
            # Whatever went wrong here, no process is left without somebody watching it.
            self.running.end()
        self._settle(code)

    def _look(self) -> Callable[[], object] | None:
        now = time.monotonic()
        job_id, token = self.job.uuid, self.job.token
        if self.is_stopping():
            return lambda: queue.give_back(job_id, token, counts=False)
        if now - self.started > self.limit:
            return lambda: queue.finish(job_id, token, State.FAILED, _took_too_long(self.limit))
        if now - self.weighed >= MEMORY_SECONDS:
            self.weighed = now
            if self.running.memory() > self.memory:
                return lambda: queue.finish(job_id, token, State.FAILED, OUT_OF_MEMORY)
        if now - self.beaten >= queue.HEARTBEAT_SECONDS:
            self.beaten = now
            return self._beat(now)
        return None

    def _beat(self, now: float) -> Callable[[], object] | None:
        job_id, token = self.job.uuid, self.job.token
        try:
            workers.sign(self.job.worker)
            if not queue.beat(job_id, token):
                return self._lost
            wants_cancel = queue.held(job_id, token).filter(cancel_requested=True).exists()
        except DatabaseError:
            logger.warning("job %s: the database did not answer a heartbeat", job_id)
            connection.close()
            return None
        if not wants_cancel:
            return None
        if self.cancelled is None:
            self.cancelled = now
        if now - self.cancelled < CANCEL_SECONDS:
            return None
        return lambda: queue.finish(job_id, token, State.CANCELLED)

    def _lost(self) -> None:
        # It ended just now by itself, or another worker has it; either way nothing is left to do.
        logger.info("job %s is no longer ours", self.job.uuid)

    def _settle(self, code: int) -> None:
        """The process ended by itself: normally it has recorded its outcome."""
        job_id, token = self.job.uuid, self.job.token
        if not queue.held(job_id, token).exists():
            return
        if code < 0 and signal.Signals(-code) in _FROM_OUTSIDE:
            queue.give_back(job_id, token, last_words=_was_stopped(-code))
        elif code < 0:
            queue.finish(job_id, token, State.FAILED, _crashed(-code))
        else:
            # Most often the database could not be written for a moment.
            logger.error("job %s ended with exit code %s and no outcome", job_id, code)
            queue.give_back(job_id, token, last_words=OUR_FAULT)


def _took_too_long(seconds: float) -> str:
    return say_count(
        "This took longer than the minute it may take, so it was ended. "
        "Use fewer rows or columns, or choose a quicker effort.",
        "This took longer than the {number} minutes it may take, so it was ended. "
        "Use fewer rows or columns, or choose a quicker effort.",
        max(1, round(seconds / 60)),
    )


def _was_stopped(number: int) -> str:
    return say(
        "The process that did this work was stopped by the system (signal {number}). "
        "Most often the machine ran out of memory. Use fewer rows, or a larger machine.",
        number=number,
    )


def _crashed(number: int) -> str:
    return say(
        "The process that did this work broke down (signal {number}). "
        "Your data is safe. If a file was being read, save it again as CSV and upload that.",
        number=number,
    )
