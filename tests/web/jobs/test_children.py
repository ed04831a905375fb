"""Real processes: killed, greedy, slow, deaf, orphaned."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import psutil
import pytest
from django.conf import settings
from django.db import connection

from upshot.web.config.database import to_setting
from upshot.web.jobs import queue, supervise
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.queue import claim, enqueue
from upshot.web.jobs.supervise import Supervision
from upshot.web.jobs.worker import Worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(os.name != "posix", reason="signals and process groups"),
]


def never() -> bool:
    return False


def watch_next(is_stopping: Callable[[], bool] = never) -> Job:
    job = claim("w")
    assert job is not None
    Supervision(job, is_stopping).watch()
    return Job.objects.get(pk=job.pk)


def pid_of_job() -> int | None:
    job = Job.objects.first()
    return job.progress.get("pid") if job else None


def test_a_job_runs_in_a_process_of_its_own_and_gives_way() -> None:
    enqueue("rehearsal.echo", {"hello": "there"})
    job = watch_next()
    assert (job.state, job.progress) == (State.SUCCEEDED, {"hello": "there"})


def test_a_killed_child_is_tried_again_then_told() -> None:
    enqueue("rehearsal.die", {"signal": int(signal.SIGKILL)})
    assert watch_next().state == State.QUEUED
    Job.objects.update(attempts=settings.JOB_ATTEMPTS - 1)
    job = watch_next()
    assert job.state == State.FAILED
    assert "stopped by the system (signal 9)" in job.message


def test_a_child_that_breaks_down_is_not_tried_again() -> None:
    enqueue("rehearsal.die", {"signal": int(signal.SIGABRT)})
    job = watch_next()
    assert job.state == State.FAILED
    assert "broke down (signal 6)" in job.message


def test_too_much_memory_is_an_outcome(settings: Any) -> None:
    settings.JOB_MEMORY_BYTES = 200 * 1024**2
    enqueue("rehearsal.gobble", {})
    job = watch_next()
    assert job.state == State.FAILED
    assert "more memory than the machine has" in job.message


def test_too_much_time_is_an_outcome() -> None:
    enqueue("rehearsal.ignore", {"seconds": 60}, time_limit=1.0)
    started = time.monotonic()
    job = watch_next()
    assert job.state == State.FAILED
    assert "longer than" in job.message
    assert time.monotonic() - started < 10


def test_a_deaf_job_is_cancelled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "CANCEL_SECONDS", 0.2)
    monkeypatch.setattr(queue, "HEARTBEAT_SECONDS", 0.2)
    job = enqueue("rehearsal.ignore", {"seconds": 60})
    claimed = claim("w")
    queue.request_cancel(job)
    Supervision(claimed, never).watch()
    assert Job.objects.get().state == State.CANCELLED


def test_a_job_taken_over_loses_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "HEARTBEAT_SECONDS", 0.2)
    enqueue("rehearsal.ignore", {"seconds": 60})
    supervision = Supervision(claim("w"), never)
    Job.objects.update(token=50, worker="another")
    supervision.watch()
    assert supervision.running.wait(0) == -signal.SIGKILL
    assert Job.objects.get().worker == "another"


def test_shutdown_puts_the_job_back(until: Any, in_background: Any) -> None:
    enqueue("rehearsal.ignore", {"seconds": 60})
    worker = Worker("w")
    thread = in_background(worker.step)
    pid = until(pid_of_job)
    worker.stop()
    thread.join(10)
    job = Job.objects.get()
    assert (job.state, job.attempts) == (State.QUEUED, 0)
    assert not psutil.pid_exists(pid)


def test_the_child_dies_with_its_worker(until: Any) -> None:
    """A worker killed outright takes its child along, and another one finishes the job."""
    if sys.platform != "linux":
        pytest.skip("the system kills the child on Linux only")
    enqueue("rehearsal.wait", {"seconds": 60})
    worker = start_worker()
    try:
        pid = until(pid_of_job)
        worker.kill()
        worker.wait()
        until(lambda: not psutil.pid_exists(pid))
        assert Job.objects.get().state == State.RUNNING
        Job.objects.update(lease_until="2000-01-01T00:00:00Z", arguments={"seconds": 0})
        Worker("w2").step()
        job = Job.objects.get()
        assert (job.state, job.attempts) == (State.SUCCEEDED, 2)
    finally:
        worker.kill()
        worker.wait()


def test_a_worker_stops_in_time_when_asked(until: Any) -> None:
    enqueue("rehearsal.ignore", {"seconds": 60})
    worker = start_worker()
    try:
        until(pid_of_job)
        started = time.monotonic()
        worker.terminate()
        assert worker.wait(10) == 0
        assert time.monotonic() - started < 10
        assert Job.objects.get().state == State.QUEUED
    finally:
        worker.kill()
        worker.wait()


def start_worker() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "UPSHOT_DATABASE": to_setting(connection.settings_dict)}
    return subprocess.Popen(
        [sys.executable, "-m", "upshot.web.jobs", str(os.getpid())], env=environment
    )
