"""How a handler's end becomes a job's outcome."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from upshot.web.jobs.models import Job, State
from upshot.web.jobs.queue import enqueue, request_cancel
from upshot.web.jobs.run import run_next_here

pytestmark = pytest.mark.django_db


def test_nothing_to_do() -> None:
    assert run_next_here() is None


def test_returning_is_success() -> None:
    enqueue("rehearsal.echo", {"n": 1})
    job = run_next_here()
    assert (job.state, job.progress) == (State.SUCCEEDED, {"n": 1})
    assert job.finished_at is not None


def test_fault_of_the_input_is_told_with_its_remedy() -> None:
    enqueue("rehearsal.refuse", {})
    job = run_next_here()
    assert (job.state, job.message) == (State.FAILED, "The file is empty. Export it again.")


def test_our_fault_is_told_without_the_data(caplog: pytest.LogCaptureFixture) -> None:
    enqueue("rehearsal.fail", {})
    job = run_next_here()
    assert job.state == State.FAILED
    assert "our side" in job.message
    assert "anna" not in job.message
    assert "rehearsal.fail" in caplog.messages[0]


def test_running_out_of_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(arguments: object, context: object) -> None:
        raise MemoryError

    monkeypatch.setattr("upshot.web.jobs.rehearsal.echo", greedy)
    enqueue("rehearsal.echo", {})
    assert "more memory" in run_next_here().message


def test_cancelled_is_an_outcome_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    job = enqueue("rehearsal.wait", {"seconds": 5})
    monkeypatch.setattr("upshot.web.jobs.run.claim", lambda worker: _claim_then_cancel(worker, job))
    assert run_next_here().state == State.CANCELLED


def _claim_then_cancel(worker: str, job: Job) -> Job | None:
    from upshot.web.jobs.queue import claim

    claimed = claim(worker)
    request_cancel(job)
    return claimed


@pytest.mark.parametrize("name", sorted(settings.JOB_HANDLERS))
def test_every_registered_handler_exists(name: str) -> None:
    assert callable(import_string(settings.JOB_HANDLERS[name]))
