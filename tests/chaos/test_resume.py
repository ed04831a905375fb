"""A run whose process is killed goes on where it was: what it had fitted is not fitted again."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from upshot.web.files.job_folders import job_folder
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.queue import request_stop

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform != "linux", reason="needs the system's help against orphans"),
]

FITS_BEFORE_THE_KILL = 4
PATIENCE = 300.0


@pytest.fixture
def run(cast: Any) -> Any:
    """A run on a sample, with time enough for its fits on a busy machine too."""
    from upshot.web.datasets.actions import start_sample
    from upshot.web.jobs.run import run_next_here
    from upshot.web.runs.actions import ask, start
    from upshot.web.runs.models import Question

    dataset = start_sample(cast.workspace, cast.owner, "leads")
    while run_next_here() is not None:
        pass
    dataset.refresh_from_db()
    choice = {"target": "Converted", "positive": "1", "ignore": [], "date": None, "group": None}
    question = ask(dataset, cast.owner, choice, "standard")
    while run_next_here() is not None:
        pass
    return start(Question.objects.get(pk=question.pk), cast.owner)


def test_a_killed_run_fits_nothing_twice(run: Any, start_worker: Any, until: Any) -> None:
    worker = start_worker()
    folder = job_folder(run.job.uuid)
    kept = lambda: {path: path.stat().st_mtime_ns for path in folder.glob("*.fit")}  # noqa: E731
    until(lambda: len(kept()) >= FITS_BEFORE_THE_KILL, PATIENCE)
    child = psutil.Process(worker.pid).children()[0]
    child.send_signal(signal.SIGKILL)
    before = kept()
    later: dict[Path, int] = {}

    def ended() -> bool:
        later.update(kept())
        return Job.objects.get(pk=run.job_id).is_finished

    # Once it goes on, it may finish with what it has.
    until(lambda: Job.objects.get(pk=run.job_id).attempts == 2, PATIENCE)
    request_stop(run.job)
    until(ended, PATIENCE)
    job = Job.objects.get(pk=run.job_id)
    assert (job.state, job.attempts) == (State.SUCCEEDED, 2)
    assert {path: later[path] for path in before} == before
    run.refresh_from_db()
    assert run.bundle is not None
    until(lambda: not folder.exists())
