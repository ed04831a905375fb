"""Learning, seen live, stopped, cancelled, failed and done; the library's part is made up."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import numpy as np
import pytest

from upshot.errors import QuestionProblem
from upshot.explaining.held_out import HeldOut
from upshot.learning.events import CandidateFinished, FirstAnswer, StageStarted
from upshot.web.jobs.models import Job, State
from upshot.web.runs.models import Run
from web.conftest import GOLDEN, made_up_answer


@pytest.fixture
def library(monkeypatch):
    """Stands in for `upshot.training.train`; remembers what it was asked."""
    asked = {}

    def train(table, target, *, budget, on_event, **options):
        asked.update(target=target, rows=table.rows, budget=budget, **options)
        on_event(StageStarted("searching", 1.0, 9.0))
        on_event(FirstAnswer("auc", 0.8, 0.5, 2.0))
        on_event(_candidate(1, -0.4))
        if "error" in asked:
            raise asked["error"]
        save = lambda path: shutil.copy(GOLDEN / "format-1-catboost.upshot", path)  # noqa: E731
        held_out = HeldOut(np.arange(3), np.array([0.0, 1.0, 0.0]), np.array([0.1, 0.8, 0.2]))
        bundle = SimpleNamespace(save=save)
        return SimpleNamespace(answer=made_up_answer(), bundle=bundle, held_out=held_out)

    monkeypatch.setattr("upshot.training.train", train)
    monkeypatch.setattr("upshot.web.runs.pictures.draw", lambda answer: {})
    return asked


def _candidate(number, score, **more):
    facts = {
        "name": f"c{number}",
        "family": "linear",
        "summary": "A straight-line model",
        "state": "done",
        "metric": "log_loss",
        "best_score": score,
        "ensemble_score": None,
        "seconds": 0.5,
        "elapsed": 2.0,
        "remaining": 8.0,
        "told_metric": "top_decile_lift",
        "told": 3.0,
        "told_best": 3.5,
    }
    return CandidateFinished(number=number, score=score, **{**facts, **more})


def running(run, *events):
    """Put a run's job in the state of a worker that has reported events."""
    from upshot.web.runs.progress import event_to_json

    progress = {"events": [event_to_json(event) for event in events]}
    Job.objects.filter(pk=run.job_id).update(state=State.RUNNING, progress=progress)


def page_of(client, run):
    return client.get(f"/runs/{run.uuid}/").content.decode()


def test_learning_hears_which_model_is_wanted(learning_run, library, run_jobs):
    learning_run.choice = {**learning_run.choice, "fast": True, "falling": ["visits"]}
    learning_run.save()
    assert run_jobs().state == "succeeded"
    assert (library["fast"], library["simple"]) == (True, False)
    assert (list(library["rising"]), list(library["falling"])) == ([], ["visits"])


def test_a_finished_run_holds_answer_and_bundle(owner_client, learning_run, library, run_jobs):
    assert run_jobs().state == "succeeded"
    learning_run.refresh_from_db()
    assert learning_run.answer["verdict"]
    assert learning_run.bundle.file.path.is_file()
    assert learning_run.bundle.question == learning_run.title
    assert (library["target"], library["positive"], library["rows"]) == ("bought", "yes", 60)
    assert library["budget"].seconds == 10.0
    polled = owner_client.get(
        f"/runs/{learning_run.uuid}/", headers={"HX-Request": "true", "HX-Target": "live"}
    )
    assert polled.headers["HX-Refresh"] == "true"


def test_a_waiting_run_says_so(owner_client, learning_run):
    page = page_of(owner_client, learning_run)
    assert "Waiting for a free worker" in page
    assert "<title>Learning … 0 %" in page


def test_progress_is_shown_live(owner_client, learning_run):
    events = (
        StageStarted("searching", 1.0, 9.0),
        FirstAnswer("auc", 0.8, 0.5, 2.0),
        _candidate(1, -0.5, elapsed=5.0, remaining=5.0),
        _candidate(2, -0.4, elapsed=6.2, remaining=3.8, summary="<b>Trees</b>", told=3.4),
    )
    running(learning_run, *events)
    page = page_of(owner_client, learning_run)
    assert "<title>Learning … 62 %" in page
    assert "about 4 seconds left" in page
    assert "it puts 80.0 of 100 pairs in the right order" in page
    assert "The answer so far: its top tenth holds 3.5 times as many hits" in page
    assert "3.4 times" in page
    assert "&lt;b&gt;Trees&lt;/b&gt;" in page
    assert "chart__drawing" in page
    assert 'hx-trigger="every 1500ms"' in page


def test_stop_and_keep_the_best(owner_client, learning_run):
    running(learning_run, _candidate(1, -0.5))
    owner_client.post(f"/runs/{learning_run.uuid}/stop/")
    learning_run.job.refresh_from_db()
    assert learning_run.job.stop_requested
    assert "Finishing with the best so far" in page_of(owner_client, learning_run)


def test_cancel_and_learn_again(owner_client, learning_run):
    owner_client.post(f"/runs/{learning_run.uuid}/cancel/")
    assert "This run was cancelled" in page_of(owner_client, learning_run)
    response = owner_client.post(f"/runs/{learning_run.uuid}/retry/")
    again = Run.objects.exclude(pk=learning_run.pk).get()
    assert response.url == f"/runs/{again.uuid}/"
    assert again.choice == learning_run.choice


def test_a_running_run_is_not_started_twice(owner_client, learning_run):
    owner_client.post(f"/runs/{learning_run.uuid}/retry/")
    assert Run.objects.count() == 1


def test_a_failure_says_what_to_do(owner_client, learning_run, library, run_jobs):
    library["error"] = QuestionProblem("Only 3 rows are left.", "Add more rows.")
    assert run_jobs().state == "failed"
    page = page_of(owner_client, learning_run)
    assert "Only 3 rows are left. Add more rows." in page
    assert "Learn again" in page


def test_a_lost_job_is_not_a_dead_end(owner_client, learning_run):
    Job.objects.all().delete()
    page = page_of(owner_client, learning_run)
    assert "The work was lost" in page
    assert "Learn again" in page


def test_results_of_a_deleted_run_are_not_written(owner_client, learning_run, library, monkeypatch):
    from upshot.web.jobs.run import run_next_here
    from upshot.web.runs import tasks

    keep = tasks._keep

    def delete_meanwhile(run, result, context):
        owner_client.post(f"/data/{run.dataset.uuid}/delete/")
        keep(run, result, context)

    monkeypatch.setattr(tasks, "_keep", delete_meanwhile)
    with pytest.raises(Job.DoesNotExist):
        run_next_here()
    assert not Run.objects.exists()


def test_a_viewer_watches_only(viewer_client, learning_run):
    assert viewer_client.get(f"/runs/{learning_run.uuid}/").status_code == 200
    for what in ("stop", "cancel", "retry", "delete"):
        assert viewer_client.post(f"/runs/{learning_run.uuid}/{what}/").status_code == 403
