"""What every endpoint shares: errors, parts of lists, keys, tags and rates."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from upshot.web.api import traces
from upshot.web.api.models import KeptAnswer
from upshot.web.api.rates import Buckets
from upshot.web.datasets.models import Dataset
from upshot.web.runs.models import Run
from web.api.conftest import Program, problem_of
from web.conftest import csv_of, upload_of

NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not-found"),
        ("GET", "/datasets/1", 404, "not-found"),
        ("GET", f"/datasets/{NOWHERE}", 404, "not-found"),
        ("PUT", "/datasets", 405, "wrong-method"),
        ("PATCH", f"/runs/{NOWHERE}", 405, "wrong-method"),
        ("GET", "/datasets?limit=0", 422, "invalid"),
        ("GET", "/datasets?limit=x", 422, "invalid"),
        ("GET", "/datasets?cursor=x", 422, "invalid"),
        ("GET", "/datasets?cursor=%00", 422, "invalid"),
        ("GET", "/datasets?sha256=x", 422, "invalid"),
        ("POST", "/datasets", 422, "invalid"),
        ("POST", "/runs", 400, "malformed"),
    ],
)
def test_every_error_is_problem_details(
    program: Program, method: str, path: str, status: int, code: str
) -> None:
    response = program.call(method, path)
    problem_of(response, status, code)
    if status == 405:
        assert response["Allow"]


@pytest.mark.parametrize("body", ["{", "[1", '{"a": NaN}', "[" * 100_000, "9" * 5000, b"\xff"])
def test_what_is_no_json_is_told(program: Program, body: Any) -> None:
    problem_of(program.post("/runs", body), 400, "malformed")


def test_a_broken_form_is_told(program: Program) -> None:
    client = Client(headers={"Authorization": f"Bearer {program.text}"})
    kind = "multipart/form-data; boundary=x"
    response = client.post("/api/v1/datasets", b"--x\r\nno form", content_type=kind)
    assert response.status_code in (400, 422)
    assert response["Content-Type"] == "application/problem+json"


def test_what_middleware_refuses_is_problem_details_too(program: Program) -> None:
    problem_of(program.get("/datasets", Origin="http://evil.example"), 403, "refused")
    foreign = Client(HTTP_HOST="evil.example").get("/api/v1/datasets")
    problem_of(foreign, 400, "malformed")


def test_our_own_fault_is_told_without_details(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any) -> None:
        raise RuntimeError("anna@example.com")

    monkeypatch.setattr("upshot.web.api.endpoints.datasets.datasets_for", broken)
    client = Client(
        headers={"Authorization": f"Bearer {program.text}"}, raise_request_exception=False
    )
    response = client.get("/api/v1/datasets")
    problem_of(response, 500, "our-fault")
    assert "anna" not in response.content.decode()


def test_unknown_names_in_a_body_are_mistakes(program: Program, bundle: Any) -> None:
    path = f"/bundles/{bundle.uuid}/predict"
    body = {"rows": [{"Visits": 1}], "reason": 3}
    problem = problem_of(program.post(path, body), 422, "invalid")
    assert problem["errors"][0]["field"].endswith("reason")


def test_lists_come_in_parts(cast: Any, program: Program) -> None:
    made = [
        Dataset.objects.create(workspace=cast.workspace, name=str(n), original_name=str(n))
        for n in range(5)
    ]
    seen, path = [], "/datasets?limit=2"
    while path:
        part = program.get(path).json()
        seen += [item["name"] for item in part["items"]]
        # Rows that come and go meanwhile neither repeat nor hide any.
        Dataset.objects.create(workspace=cast.workspace, name="new", original_name="new")
        made[0].delete() if made[0].pk and len(seen) == 4 else None
        path = f"/datasets?limit=2&cursor={part['next']}" if part["next"] else ""
    assert seen == ["4", "3", "2", "1"]


def test_a_cursor_out_of_any_range_is_refused(program: Program) -> None:
    import base64

    for time in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01", "x"):
        cursor = base64.urlsafe_b64encode(f"{time}|{NOWHERE}".encode()).decode()
        problem_of(program.get(f"/runs?cursor={cursor}"), 422, "invalid")


def test_a_key_makes_a_request_happen_once(program: Program, dataset: Any) -> None:
    wish = {"dataset": str(dataset.uuid), "target": "bought"}
    first = program.post("/runs", wish, Idempotency_Key="k1")
    again = program.post("/runs", wish, Idempotency_Key="k1")
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert Run.objects.count() == 1
    other = {**wish, "effort": "quick"}
    problem_of(program.post("/runs", other, Idempotency_Key="k1"), 422, "key-reused")
    assert program.post("/runs", wish, Idempotency_Key="k2").status_code == 202
    assert Run.objects.count() == 2


def test_a_key_counts_for_uploads_by_their_content(program: Program) -> None:
    def send(rows: int) -> Any:
        body = {"file": upload_of(csv_of(rows))}
        return program.post("/datasets", body, Idempotency_Key="up")

    assert send(5).json() == send(5).json()
    problem_of(send(6), 422, "key-reused")


def test_a_request_that_failed_may_be_corrected_under_its_key(
    program: Program, dataset: Any
) -> None:
    wish = {"dataset": str(dataset.uuid), "target": "gone"}
    problem_of(program.post("/runs", wish, Idempotency_Key="k"), 422, "invalid")
    wish["target"] = "bought"
    assert program.post("/runs", wish, Idempotency_Key="k").status_code == 202


def test_while_the_first_is_answered_the_second_waits(program: Program, dataset: Any) -> None:
    wish = {"dataset": str(dataset.uuid), "target": "bought"}
    program.post("/runs", wish, Idempotency_Key="k")
    KeptAnswer.objects.update(status=None)
    response = program.post("/runs", wish, Idempotency_Key="k")
    problem_of(response, 409, "still-running")
    assert response["Retry-After"]


@pytest.mark.parametrize("key", ["", "é", "a" * 201, "a\tb"])
def test_an_odd_key_is_refused(program: Program, dataset: Any, key: str) -> None:
    wish = {"dataset": str(dataset.uuid), "target": "bought"}
    problem_of(program.post("/runs", wish, Idempotency_Key=key), 422, "invalid")


def test_keys_of_another_token_are_other_keys(cast: Any, program: Program, dataset: Any) -> None:
    from web.api.conftest import program_of

    wish = {"dataset": str(dataset.uuid), "target": "bought"}
    program.post("/runs", wish, Idempotency_Key="k")
    other = program_of(cast.teammate, cast.workspace)
    assert "Idempotent-Replayed" not in other.post("/runs", wish, Idempotency_Key="k")


def test_what_did_not_change_is_not_sent_again(program: Program, learning_run: Any) -> None:
    path = f"/runs/{learning_run.uuid}/progress"
    first = program.get(path)
    again = program.get(path, If_None_Match=first["ETag"])
    assert again.status_code == 304
    assert not again.content
    learning_run.job.progress = {
        "events": [{"type": "StageStarted", "stage": "searching", "elapsed": 1.0, "remaining": 9.0}]
    }
    learning_run.job.save()
    changed = program.get(path, If_None_Match=first["ETag"])
    assert changed.status_code == 200
    assert changed.json()["percent"] == 10


def test_a_program_that_asks_too_often_is_slowed_down(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Buckets(2)
    monkeypatch.setattr("upshot.web.api.gate.buckets", lambda: few)
    assert program.get("/runs")["RateLimit-Remaining"] == "1"
    assert program.get("/runs")["RateLimit-Limit"] == "2"
    response = program.get("/runs")
    problem_of(response, 429, "too-many-requests")
    assert 1 <= int(response["Retry-After"]) <= 30


def test_a_bucket_fills_again_at_an_even_pace() -> None:
    now = [0.0]
    buckets = Buckets(60, lambda: now[0])
    assert [buckets.take("a").wait for _ in range(60)] == [0.0] * 60
    assert buckets.take("a").wait == pytest.approx(1.0)
    assert buckets.take("b").wait == 0.0
    now[0] = 1.0
    assert buckets.take("a").wait == 0.0
    assert buckets.take("a").wait > 0
    now[0] = 1e6
    assert buckets.take("a").remaining == 59


def test_a_kept_answer_goes_with_what_it_tells_of(program: Program, dataset: Any) -> None:
    wish = {"dataset": str(dataset.uuid), "target": "joined", "positive": "kanarienvogel"}
    run = program.post("/runs", wish, Idempotency_Key="k").json()
    assert "kanarienvogel" in str(KeptAnswer.objects.get().body)
    program.delete(f"/datasets/{dataset.uuid}")
    assert not Run.objects.filter(uuid=run["id"]).exists()
    assert not KeptAnswer.objects.exists()


def test_kept_answers_end_without_another_request(program: Program, dataset: Any) -> None:
    program.post("/runs", {"dataset": str(dataset.uuid), "target": "joined"}, Idempotency_Key="k")
    traces.sweep()
    assert KeptAnswer.objects.exists()
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    traces.sweep()
    assert not KeptAnswer.objects.exists()


def test_a_list_of_runs_loads_no_answer(
    program: Program, finished_run: Any, django_assert_max_num_queries: Any
) -> None:
    """However many runs there are, the list takes as many questions to the database as for one."""
    for _copy in range(20):
        finished_run.pk, finished_run.uuid, finished_run.bundle = None, uuid.uuid4(), None
        finished_run.save()
    with django_assert_max_num_queries(8):
        items = program.get("/runs?limit=15").json()["items"]
    assert [item["state"] for item in items] == ["succeeded"] * 15
