"""Rows are scored at once with an open bundle; files are scored by a job."""

from __future__ import annotations

import csv
import threading
from typing import Any

import pytest

from upshot.web.api.warm import KEPT_SECONDS, Warm, warm_bundles
from upshot.web.audit.models import Entry
from web.api.conftest import Program, problem_of
from web.conftest import GOLDEN, upload_of

ROWS = list(csv.DictReader((GOLDEN / "format-1-rows.csv").read_text("utf-8").splitlines()))


def test_rows_are_scored_at_once(program: Program, bundle: Any) -> None:
    path = f"/bundles/{bundle.uuid}/predict"
    response = program.post(path, {"rows": ROWS[:3], "reasons": 2})
    assert response.status_code == 200, response.content
    found = response.json()["predictions"]
    assert len(found) == 3
    assert all(0 <= row["probability"] <= 1 and row["prediction"] for row in found)
    assert all(row["reasons"] and row["low"] is None for row in found)
    assert len(warm_bundles()) == 1


def test_rows_that_cannot_be_scored_are_told(program: Program, bundle: Any) -> None:
    path = f"/bundles/{bundle.uuid}/predict"
    problem = problem_of(program.post(path, {"rows": [{"x": 1}]}), 422, "invalid")
    assert "columns that matter" in problem["errors"][0]["message"]
    for rows in ([], [{}], [[1]], [{"Visits": [1]}], ROWS[:1] * 1001, [{"Visits\x00": 1}]):
        problem_of(program.post(path, {"rows": rows}), 422, "invalid")


def test_a_bundle_says_what_it_needs_and_its_example_works(program: Program, bundle: Any) -> None:
    facts = program.get(f"/bundles/{bundle.uuid}").json()
    assert {"name": "Visits", "kind": "number"} in facts["columns"]
    assert facts["holdout"]
    assert set(facts["example"]) == {column["name"] for column in facts["columns"]}
    body = {"rows": [facts["example"]]}
    assert program.post(f"/bundles/{bundle.uuid}/predict", body).status_code == 200


def test_a_bundle_is_downloaded_whole(program: Program, bundle: Any) -> None:
    response = program.get(f"/bundles/{bundle.uuid}/file")
    assert b"".join(response.streaming_content) == bundle.file.path.read_bytes()
    assert ".upshot" in response["Content-Disposition"]


def test_a_file_is_scored_by_a_job(program: Program, bundle: Any, run_jobs: Any) -> None:
    content = (GOLDEN / "format-1-rows.csv").read_bytes()
    body = {"bundle": str(bundle.uuid), "file": upload_of(content, "new.csv")}
    started = program.post("/predictions", body)
    assert started.status_code == 202, started.content
    path = f"/predictions/{started.json()['id']}"
    problem_of(program.get(f"{path}/file"), 409, "not-ready")
    run_jobs()
    done = program.get(path).json()
    assert done["state"] == "ready"
    assert done["rows"] == len(ROWS)
    assert done["formats"] == ["csv", "parquet", "xlsx"]
    text = b"".join(program.get(f"{path}/file").streaming_content).decode()
    assert "upshot_probability" in text
    xlsx = program.get(f"{path}/file?format=xlsx")
    assert b"".join(xlsx.streaming_content)[:2] == b"PK"
    listed = program.get(f"/predictions?bundle={bundle.uuid}").json()["items"]
    assert [item["id"] for item in listed] == [started.json()["id"]]


def test_what_programs_do_stands_in_the_log(program: Program, bundle: Any, prediction: Any) -> None:
    before = Entry.objects.count()
    program.post(f"/bundles/{bundle.uuid}/predict", {"rows": ROWS[:1]})
    b"".join(program.get(f"/predictions/{prediction.uuid}/file").streaming_content)
    program.delete(f"/predictions/{prediction.uuid}")
    made = list(Entry.objects.order_by("number"))[before:]
    assert [entry.action for entry in made] == ["predictions:download", "predictions:delete"]
    assert all(entry.detail == f"API {program.token.prefix}" for entry in made)
    assert all(entry.actor == program.token.user_id for entry in made)


def test_the_least_used_leaves_and_the_idle_too() -> None:
    now = [0.0]
    made: list[str] = []
    warm = Warm(2, lambda source: made.append(source) or source, lambda: now[0])
    for name in ("a", "b", "a", "c", "a", "b"):
        assert warm.get(name, name) == name
    assert made == ["a", "b", "c", "b"]
    assert len(warm) == 2
    now[0] = KEPT_SECONDS + 1
    warm.get("a", "a")
    assert made[-1] == "a"
    assert len(warm) == 1


def test_many_who_ask_at_once_wait_for_one_opening() -> None:
    begin = threading.Barrier(8)
    made = []

    def make(source: str) -> str:
        made.append(source)
        return source

    warm = Warm(2, make)

    def ask() -> None:
        begin.wait()
        assert warm.get("a", "a") == "a"

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["a"]


def test_a_bundle_that_failed_to_open_is_tried_again() -> None:
    answers = iter([ValueError("x"), "open"])

    def make(_source: str) -> Any:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    warm = Warm(1, make)
    with pytest.raises(ValueError, match="x"):
        warm.get("a", "a")
    assert warm.get("a", "a") == "open"
