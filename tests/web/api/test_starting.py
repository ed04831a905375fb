"""A run in one step: checked, decided as the program asked, learned, answered."""

from __future__ import annotations

import io
from typing import Any

import pytest

from upshot.web.runs.models import Run
from web.api.conftest import Program
from web.conftest import csv_of, upload_of


def wish(dataset: Any, **more: Any) -> dict[str, Any]:
    return {"dataset": str(dataset.uuid), "target": "bought", "effort": "quick", **more}


@pytest.fixture
def learns(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Learning itself is left out; what it would have learned with is kept."""
    asked: list[Any] = []
    monkeypatch.setattr(
        "upshot.web.api.tasks.train",
        lambda arguments, _context: asked.append(Run.objects.get(uuid=arguments["run"])),
    )
    return asked


def start(program: Program, dataset: Any, run_jobs: Any, **more: Any) -> dict[str, Any]:
    made = program.post("/runs", wish(dataset, **more))
    assert made.status_code == 202, made.content
    run_jobs()
    return program.get(f"/runs/{made.json()['id']}").json()


def test_suspects_are_left_out_unless_named(
    program: Program, dataset: Any, run_jobs: Any, learns: list[Any]
) -> None:
    """Every third person bought, and every third has the plan "pro": `plan` gives it away."""
    run = start(program, dataset, run_jobs)
    assert "plan" in run["choice"]["ignore"]
    assert learns[0].choice["ignore"] == run["choice"]["ignore"]
    assert learns[0].question.readiness is not None
    assert learns[0].question.decisions["plan"] == "ignore"
    run = start(program, dataset, run_jobs, keep=["plan"])
    assert "plan" not in run["choice"]["ignore"]
    run = start(program, dataset, run_jobs, suspects="keep", ignore=["joined"])
    assert "plan" not in run["choice"]["ignore"]
    assert "joined" in run["choice"]["ignore"]


def test_a_program_can_ask_to_be_told_of_suspects(
    program: Program, dataset: Any, run_jobs: Any, learns: list[Any]
) -> None:
    run = start(program, dataset, run_jobs, suspects="refuse")
    assert run["state"] == "failed"
    assert "`plan`" in run["message"]
    assert "keep" in run["message"]
    assert learns == []


def test_a_question_that_cannot_be_asked_says_why(
    program: Program, dataset: Any, run_jobs: Any
) -> None:
    run = start(program, dataset, run_jobs, positive="perhaps")
    assert run["state"] == "failed"
    assert "perhaps" in run["message"]


def test_personal_data_goes_in_only_by_a_plain_wish(program: Program, dataset: Any) -> None:
    body = {"dataset": str(dataset.uuid), "target": "bought", "effort": "quick"}
    kept_out = program.post("/runs", body).json()
    let_in = program.post("/runs", {**body, "keep_personal": True}).json()
    assert kept_out["choice"]["keep_personal"] is False
    assert let_in["choice"]["keep_personal"] is True
    assert Run.objects.get(uuid=let_in["id"]).choice["keep_personal"] is True


def test_a_program_may_say_which_question_it_asks(
    program: Program, dataset: Any, run_jobs: Any, learns: list[Any]
) -> None:
    run = start(program, dataset, run_jobs, target="visits", question="how_much")
    assert run["choice"]["question"] == "how_much"
    assert learns[0].question.choice["question_told"] is True
    body = {"dataset": str(dataset.uuid), "target": "visits", "question": "who_knows"}
    assert program.post("/runs", body).status_code == 422


def test_stopping_and_cancelling_reach_the_job(program: Program, learning_run: Any) -> None:
    path = f"/runs/{learning_run.uuid}"
    assert program.post(f"{path}/stop").json()["stopping"] is True
    assert program.post(f"{path}/cancel").json()["state"] == "cancelled"
    assert program.get(f"{path}/progress").json()["state"] == "cancelled"


@pytest.mark.slow
def test_the_whole_road_learns_and_answers(program: Program, run_jobs: Any) -> None:
    made = program.post("/datasets", {"file": upload_of(csv_of(400))}).json()
    run_jobs()
    body = {"dataset": made["id"], "target": "bought", "effort": "quick", "suspects": "keep"}
    run = program.post("/runs", body).json()
    run_jobs()
    path = f"/runs/{run['id']}"
    done = program.get(path).json()
    assert done["state"] == "succeeded", done["message"]
    assert done["verdict"]
    assert program.get(f"{path}/progress").json()["percent"] == 100
    assert program.get(f"{path}/answer").json()["verdict"]["sentence"] == done["verdict"]
    page = program.get(f"{path}/report")
    assert b"<html" in page.content
    assert io.BytesIO(program.get(f"{path}/report?format=xlsx").content).read(2) == b"PK"
    facts = program.get(f"/bundles/{done['bundle']}").json()
    scored = program.post(f"/bundles/{done['bundle']}/predict", {"rows": [facts["example"]]})
    assert scored.status_code == 200, scored.content
