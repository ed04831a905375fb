"""A program goes the whole road: upload, understand, ask, learn, score."""

from __future__ import annotations

from typing import Any

from upshot.web.datasets.models import Dataset
from web.api.conftest import Program, problem_of
from web.conftest import csv_of, upload_of


def test_upload_is_read_and_understood(program: Program, run_jobs: Any) -> None:
    made = program.post("/datasets", {"file": upload_of(csv_of())})
    assert made.status_code == 201, made.content
    dataset = made.json()
    assert dataset["state"] == "queued"
    assert dataset["file"] == "shop.csv"
    problem_of(program.get(f"/datasets/{dataset['id']}/questions"), 409, "not-ready")
    run_jobs()
    facts = program.get(f"/datasets/{dataset['id']}").json()
    assert facts["state"] == "ready"
    assert facts["rows"] == 60
    assert {"name": "bought", "kind": "boolean"}.items() <= facts["columns"][-1].items()
    questions = program.get(f"/datasets/{dataset['id']}/questions").json()
    assert questions[0]["target"] == "bought"
    assert questions[0]["reason"]


def test_the_same_file_is_not_stored_twice(program: Program, run_jobs: Any) -> None:
    first = program.post("/datasets", {"file": upload_of(csv_of())})
    again = program.post("/datasets", {"file": upload_of(csv_of(), "other name.csv")})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert Dataset.objects.count() == 1
    found = program.get(f"/datasets?sha256={first.json()['sha256'].upper()}").json()
    assert [item["id"] for item in found["items"]] == [first.json()["id"]]
    assert program.get(f"/datasets?sha256={'0' * 64}").json()["items"] == []


def test_a_file_that_was_garbled_on_the_way_is_refused(program: Program) -> None:
    body = {"file": upload_of(csv_of()), "sha256": "0" * 64}
    problem = problem_of(program.post("/datasets", body), 422, "invalid")
    assert problem["errors"][0]["field"] == "sha256"
    problem_of(program.post("/datasets", {"file": upload_of(b"")}), 422, "invalid")
    assert not Dataset.objects.exists()


def test_a_run_from_question_to_scores(program: Program, dataset: Any, run_jobs: Any) -> None:
    wish = {
        "dataset": str(dataset.uuid),
        "target": "bought",
        "positive": "yes",
        "effort": "quick",
        "keep": ["visits"],
    }
    started = program.post("/runs", wish)
    assert started.status_code == 202, started.content
    run = started.json()
    assert run["state"] == "queued"
    path = f"/runs/{run['id']}"
    problem_of(program.get(f"{path}/answer"), 409, "not-ready")
    problem_of(program.get(f"{path}/report"), 409, "not-ready")
    assert program.get(f"{path}/progress").json()["stage"]


def test_unknown_columns_are_named(program: Program, dataset: Any) -> None:
    wish = {"dataset": str(dataset.uuid), "target": "gone", "ignore": ["also gone"]}
    problem = problem_of(program.post("/runs", wish), 422, "invalid")
    assert [error["field"] for error in problem["errors"]] == ["body.target", "body.ignore"]
    wish = {"dataset": str(dataset.uuid), "target": "bought", "date": "bought"}
    assert problem_of(program.post("/runs", wish), 422, "invalid")["errors"]
