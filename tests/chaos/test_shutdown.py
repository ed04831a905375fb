"""Asked to stop, a worker puts its job back within ten seconds; a limit is never passed by much."""

from __future__ import annotations

import time
from typing import Any

import psutil
import pytest

from chaos.scale import times
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.queue import claim, enqueue
from upshot.web.jobs.supervise import Supervision

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("stop", range(times(2, 50)))
def test_a_stopped_worker_puts_its_job_back(start_worker: Any, until: Any, stop: int) -> None:
    job = enqueue("rehearsal.ignore", {"seconds": 60})
    worker = start_worker()
    pid = until(lambda: Job.objects.get(pk=job.pk).progress)["pid"]
    started = time.monotonic()
    worker.terminate()
    assert worker.wait(10) == 0
    assert time.monotonic() - started < 10
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.QUEUED, 0)
    assert not psutil.pid_exists(pid)


@pytest.mark.parametrize("limit", [1.0] * times(2, 100))
def test_a_job_over_its_time_is_ended_soon(limit: float) -> None:
    enqueue("rehearsal.ignore", {"seconds": 60}, time_limit=limit)
    started = time.monotonic()
    Supervision(claim("w"), lambda: False).watch()
    assert time.monotonic() - started < limit + 5
    assert Job.objects.get().state == State.FAILED


@pytest.mark.parametrize("job", range(times(2, 50)))
def test_a_job_over_its_memory_is_ended_and_the_site_answers(
    client: Any, settings: Any, job: int
) -> None:
    settings.JOB_MEMORY_BYTES = 200 * 1024**2
    enqueue("rehearsal.gobble", {})
    Supervision(claim("w"), lambda: False).watch()
    assert "more memory than the machine has" in Job.objects.get().message
    assert client.get("/healthz").status_code == 200
