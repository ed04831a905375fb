"""Claiming, fencing, giving back: every change is one compare-and-set."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.utils import timezone

from upshot.web.jobs import queue
from upshot.web.jobs.context import JobContext, StaleJob
from upshot.web.jobs.models import Job, State
from upshot.web.jobs.queue import claim, enqueue

pytestmark = pytest.mark.django_db


def make(**fields: Any) -> Job:
    return enqueue("rehearsal.echo", {"a": 1}, **fields)


def expire(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_an_unknown_name_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="No handler is registered"):
        enqueue("no.such.job", {})


def test_a_job_is_claimed_once_and_in_order() -> None:
    first, second = make(), make()
    claimed = claim("w")
    assert claimed is not None
    assert (claimed.pk, claimed.state, claimed.token) == (first.pk, State.RUNNING, 1)
    assert claim("w").pk == second.pk
    assert claim("w") is None


def test_workspaces_take_turns(cast: Any) -> None:
    busy = [make(workspace=cast.workspace) for _ in range(3)]
    other = make(workspace=cast.elsewhere)
    assert [claim("w").pk for _ in range(4)] == [busy[0].pk, other.pk, busy[1].pk, busy[2].pk]


def test_a_lost_race_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    job = make()
    now = timezone.now

    def meanwhile() -> Any:
        Job.objects.filter(pk=job.pk).update(token=7)
        return now()

    monkeypatch.setattr("upshot.web.jobs.queue.timezone.now", meanwhile)
    assert claim("w") is None


def test_a_beat_renews_the_lease() -> None:
    make()
    job = claim("w")
    expire(job)
    assert queue.beat(job.uuid, job.token)
    assert queue.requeue_expired() == 0


def test_an_expired_job_is_put_back_with_a_new_token() -> None:
    make()
    job = claim("w")
    expire(job)
    assert queue.requeue_expired() == 1
    again = claim("w2")
    assert again.pk == job.pk
    assert again.token > job.token
    assert again.attempts == 2


def test_it_is_tried_a_few_times_only() -> None:
    make()
    for _ in range(project.JOB_ATTEMPTS):
        expire(claim("w"))
        queue.requeue_expired()
    job = Job.objects.get()
    assert job.state == State.FAILED
    assert "interrupted each time" in job.message
    assert claim("w") is None


def test_a_shutdown_does_not_count_as_a_try() -> None:
    make()
    for _ in range(project.JOB_ATTEMPTS + 2):
        job = claim("w")
        assert queue.give_back(job.uuid, job.token, counts=False)
    assert Job.objects.get().state == State.QUEUED
    assert Job.objects.get().attempts == 0


def test_a_stale_token_changes_nothing() -> None:
    make()
    stale = claim("w")
    expire(stale)
    queue.requeue_expired()
    fresh = claim("w2")
    assert not queue.beat(stale.uuid, stale.token)
    assert not queue.finish(stale.uuid, stale.token, State.SUCCEEDED)
    assert not queue.give_back(stale.uuid, stale.token)
    assert Job.objects.get().state == State.RUNNING
    assert queue.finish(fresh.uuid, fresh.token, State.SUCCEEDED)
    assert not queue.finish(fresh.uuid, fresh.token, State.FAILED)


def test_a_stale_context_writes_nothing(cast: Any) -> None:
    make()
    context = JobContext(claim("w"))
    Job.objects.update(token=99)
    with pytest.raises(StaleJob):
        context.progress({"x": 1}, force=True)
    with pytest.raises(StaleJob), context.commit():
        cast.workspace.delete()
    assert type(cast.workspace).objects.filter(name="Shop").exists()
    assert context.is_cancelled()


def test_results_and_success_are_one_write(cast: Any) -> None:
    make()
    context = JobContext(claim("w"))
    cast.workspace.name = "Half done"
    with pytest.raises(ZeroDivisionError), context.commit(finish=True):
        cast.workspace.save() or 1 / 0
    assert Job.objects.get().state == State.RUNNING
    cast.workspace.refresh_from_db()
    assert cast.workspace.name == "Shop"
    with context.commit(finish=True):
        cast.workspace.name = "Done"
        cast.workspace.save()
    assert Job.objects.get().state == State.SUCCEEDED
    with pytest.raises(StaleJob), context.commit():
        pass


def test_progress_is_written_at_most_twice_a_second() -> None:
    make()
    context = JobContext(claim("w"))
    context.progress({"n": 1})
    context.progress({"n": 2})
    assert Job.objects.get().progress == {"n": 1}
    context.progress({"n": 3}, force=True)
    assert Job.objects.get().progress == {"n": 3}


def test_a_waiting_job_is_cancelled_at_once() -> None:
    job = make()
    queue.request_cancel(job)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert job.is_finished
    assert claim("w") is None


def test_a_running_job_hears_stop_and_cancel() -> None:
    job = make()
    context = JobContext(claim("w"))
    queue.request_stop(job)
    assert context.is_stopped()
    assert not context.is_cancelled()
    queue.request_cancel(job)
    assert JobContext(Job.objects.get()).is_cancelled()
    assert Job.objects.get().state == State.RUNNING


def test_a_cancelled_job_is_not_put_back() -> None:
    job = make()
    claimed = claim("w")
    queue.request_cancel(job)
    queue.give_back(claimed.uuid, claimed.token)
    assert Job.objects.get().state == State.CANCELLED


def test_requests_come_too_late_for_a_finished_job() -> None:
    job = make()
    claimed = claim("w")
    queue.finish(claimed.uuid, claimed.token, State.SUCCEEDED)
    queue.request_cancel(job)
    queue.request_stop(job)
    done = Job.objects.get()
    assert (done.state, done.cancel_requested, done.stop_requested) == (
        State.SUCCEEDED,
        False,
        False,
    )


def test_one_workspace_never_takes_every_worker(cast: Any, settings: Any) -> None:
    settings.JOBS_RUNNING = 2
    for _ in range(3):
        make(workspace=cast.workspace)
    assert claim("a") is not None
    assert claim("b") is not None
    assert claim("c") is None
    other = make(workspace=cast.elsewhere)
    assert claim("c").pk == other.pk


def test_a_full_queue_says_so(cast: Any, settings: Any) -> None:
    settings.JOBS_WAITING = 2
    make(workspace=cast.workspace)
    make(workspace=cast.workspace)
    with pytest.raises(queue.QueueFull, match="2 pieces of work of your workspace are waiting"):
        make(workspace=cast.workspace)
    make(workspace=cast.elsewhere)


def test_a_worker_is_present_while_it_leaves_signs() -> None:
    from upshot.web.jobs import workers
    from upshot.web.jobs.models import WorkerSign

    workers.sign("a")
    workers.sign("a")
    workers.sign("b")
    WorkerSign.objects.filter(name="b").update(seen_at=timezone.now() - timedelta(minutes=1))
    assert [sign.name for sign in workers.present()] == ["a"]
    workers.sign_off("a")
    assert not workers.present()
