"""A job runs wherever an executor puts it; what counts stays in the database."""

from __future__ import annotations

import pytest

from upshot.web.jobs import queue
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.run import run
from upshot.web.jobs.supervise import Supervision

pytestmark = pytest.mark.django_db


class Here:
    """Runs the job in this very process when it is first waited for."""

    def __init__(self, code: int | None = 0, memory: int = 0) -> None:
        self.code, self.held, self.ended = code, memory, 0

    def start(self, job: Job) -> Here:
        self.job = job
        return self

    def wait(self, seconds: float) -> int | None:
        if self.code == 0:
            run(self.job)
        return self.code

    def memory(self) -> int:
        return self.held

    def end(self) -> None:
        self.ended += 1


def supervised(executor: Here, *, stopping: bool = False, **changes: object) -> Job:
    queue.enqueue("rehearsal.echo", {"a": 1}, None)
    job = queue.claim("tests")
    watch = Supervision(job, lambda: stopping, executor)
    for name, value in changes.items():
        setattr(watch, name, value)
    watch.watch()
    assert executor.ended, "nothing is left without somebody watching it"
    return Job.objects.get(pk=job.pk)


def test_it_runs_the_job_and_the_job_records_its_outcome():
    job = supervised(Here())
    assert (job.state, job.progress) == (State.SUCCEEDED, {"a": 1})


def test_what_ended_without_an_outcome_is_given_back():
    assert supervised(Here(code=1)).state == State.QUEUED


def test_what_broke_down_has_failed():
    job = supervised(Here(code=-11))
    assert job.state == State.FAILED


def test_limits_hold_wherever_it_runs():
    assert supervised(Here(code=None), limit=-1.0).state == State.FAILED
    heavy = supervised(Here(code=None, memory=2), memory=1, weighed=float("-inf"))
    assert heavy.state == State.FAILED


def test_a_worker_that_stops_gives_the_job_back():
    assert supervised(Here(code=None), stopping=True).state == State.QUEUED
