"""No job is lost and none is done twice, whoever is killed and whenever."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import Any

import psutil
import pytest
from django.db import connection

from chaos.scale import times
from upshot.web.config.database import to_setting
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.queue import enqueue

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="needs the system's help against orphans"),
]

JOBS = times(12, 60)
KILLS = times(30, 200)
FREEZES = times(1, 50)
WRITING_SECONDS = times(5, 600)
WORKERS = 2


def finished() -> bool:
    return not Job.objects.filter(state__in=(State.QUEUED, State.RUNNING)).exists()


def test_no_job_is_lost_or_done_twice_by_kills(start_worker: Any) -> None:
    ledger = Job.objects.create(name="ledger", state=State.CANCELLED)
    for _ in range(JOBS):
        enqueue("rehearsal.tally", {"ledger": str(ledger.uuid), "seconds": 0.3})
    rng = random.Random(0)
    workers = [start_worker() for _ in range(WORKERS)]
    kills: Counter[str] = Counter()
    end = time.monotonic() + times(240, 1800)
    while not finished():
        assert time.monotonic() < end, "the queue does not empty"
        time.sleep(rng.uniform(0.1, 0.6))
        if sum(kills.values()) < KILLS:
            place = rng.randrange(WORKERS)
            kills[kill_something(workers[place], rng)] += 1
            if workers[place].poll() is not None:
                workers[place] = start_worker()
        # A killed worker's lease would run out by itself, 20 s later.
        Job.objects.filter(worker__in=dead_workers(workers), state=State.RUNNING).update(
            lease_until="2000-01-01T00:00:00Z"
        )
    ledger.refresh_from_db()
    done = Job.objects.filter(name="rehearsal.tally")
    assert {job.state for job in done} == {State.SUCCEEDED}
    assert ledger.progress == {str(job.uuid): 1 for job in done}
    assert kills["child"] > 0
    assert kills["worker"] > 0


def kill_something(worker: subprocess.Popen[bytes], rng: random.Random) -> str:
    children = psutil.Process(worker.pid).children()
    if children and rng.random() < 0.5:
        children[0].send_signal(signal.SIGKILL)
        return "child"
    worker.kill()
    worker.wait()
    return "worker"


def dead_workers(alive: list[subprocess.Popen[bytes]]) -> set[str]:
    names = set(Job.objects.exclude(worker="").values_list("worker", flat=True))
    return {name for name in names if int(name.rpartition(":")[2]) not in {w.pid for w in alive}}


@pytest.mark.parametrize("freeze", range(FREEZES))
def test_a_frozen_worker_writes_nothing_when_it_wakes(
    until: Any, start_worker: Any, freeze: int
) -> None:
    ledger = Job.objects.create(name="ledger", state=State.CANCELLED)
    job = enqueue("rehearsal.tally", {"ledger": str(ledger.uuid), "seconds": 1.0})
    frozen = start_worker()
    child = until(lambda: psutil.Process(frozen.pid).children())[0]
    until(lambda: Job.objects.get(pk=job.pk).state == State.RUNNING)
    child.suspend()
    frozen.send_signal(signal.SIGSTOP)
    Job.objects.filter(pk=job.pk).update(lease_until="2000-01-01T00:00:00Z")
    start_worker()
    until(lambda: Job.objects.get(pk=job.pk).state == State.SUCCEEDED)
    frozen.send_signal(signal.SIGCONT)
    child.resume()
    psutil.wait_procs([child], timeout=20)
    ledger.refresh_from_db()
    assert ledger.progress == {str(job.uuid): 1}
    assert Job.objects.get(pk=job.pk).attempts == 2


def test_six_writers_never_find_the_database_locked() -> None:
    """Six processes write as fast as they can."""
    script = (
        "import django, sys, time; django.setup()\n"
        "from upshot.web.jobs.models import Job\n"
        "from upshot.web.jobs.queue import claim, enqueue, finish, held\n"
        f"end = time.monotonic() + {WRITING_SECONDS}; count = 0\n"
        "while time.monotonic() < end:\n"
        "    enqueue('rehearsal.echo', {})\n"
        "    job = claim('w')\n"
        "    if job: finish(job.uuid, job.token, 'succeeded')\n"
        "    count += 1\n"
        "print(count)\n"
    )
    environment = {**os.environ, "UPSHOT_DATABASE": to_setting(connection.settings_dict)}
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    ends = [writer.communicate(timeout=WRITING_SECONDS + 120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 6, ends
    written = sum(int(out) for out, _err in ends)
    assert Job.objects.count() == written
    # Nobody took a job that another one had: each was claimed once.
    assert set(Job.objects.values_list("state", "token")) == {(State.SUCCEEDED, 1)}
