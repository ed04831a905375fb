"""Personal data is found on upload and kept out of models, reports, logs and error pages."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from upshot.web.datasets.models import Dataset
from web.conftest import upload_of

CANARY = "kanarienvogel"
FIRST = ["Anna", "Ben", "Carla", "David", "Eva", "Finn", "Greta", "Hugo", "Ida", "Jonas"]
LAST = [
    "Meyer",
    "Schmidt",
    "Rossi",
    "Smith",
    "Jones",
    "Garcia",
    "Dubois",
    "Novak",
    "Kowalski",
    "Weber",
]
PERSONAL = ("email", "phone", "full_name", "street")


def export(rows: int = 300) -> bytes:
    lines = [f"{','.join(PERSONAL)},visits,plan,bought"]
    for row in range(rows):
        first, last = FIRST[row % 10], LAST[row // 10 % 10]
        visits = row * 7 % 11
        bought = "yes" if visits > 6 else "no"
        lines.append(
            f"{CANARY}{row}@example.org,+49 30 5550{1000 + row},{first} {last},"
            f"{CANARY}strasse {row},{visits},{('basic', 'plus', 'pro')[row % 3]},{bought}"
        )
    return "\n".join(lines).encode()


def traces(content: bytes) -> list[str]:
    """What of a person a file holds, in it or in the zip that it is."""
    parts = [content]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    words = [CANARY, "Kowalski", "Dubois", "+49 30", "49305550"]
    return [word for word in words for part in parts if word.lower().encode() in part.lower()]


@pytest.fixture
def personal(cast: Any, owner_client: Client, run_jobs: Any) -> Dataset:
    owner_client.post("/data/new/", {"file": upload_of(export(), "customers.csv")})
    run_jobs()
    return Dataset.objects.select_related("current").get()


def test_it_is_found_on_upload(personal: Dataset) -> None:
    found = {column["name"]: column["personal"] for column in personal.current.schema["columns"]}
    assert all(found[name] for name in PERSONAL), found
    assert not found["visits"]


def test_it_is_kept_out_of_what_is_learned_from(
    personal: Dataset, owner_client: Client, run_jobs: Any
) -> None:
    from upshot.web.runs.models import Question

    owner_client.post(
        f"/data/{personal.uuid}/question/",
        {"target": "bought", "positive": "yes", "effort": "quick"},
    )
    run_jobs()
    facts = Question.objects.get().readiness["facts"]
    assert set(facts["features"]) & set(PERSONAL) == set()


@pytest.mark.slow
def test_no_bundle_answer_or_report_holds_it(
    personal: Dataset, owner_client: Client, run_jobs: Any, capfd: Any, caplog: Any
) -> None:
    from upshot.web.runs.models import Question, Run

    owner_client.post(
        f"/data/{personal.uuid}/question/",
        {"target": "bought", "positive": "yes", "effort": "quick"},
    )
    run_jobs()
    question = Question.objects.get()
    suspects = [one["column"] for one in question.readiness["leak_suspects"]]
    owner_client.post(
        f"/questions/{question.uuid}/decide/", {"column": suspects, "decision": "keep"}
    )
    owner_client.post(f"/questions/{question.uuid}/start/", {"effort": "quick"})
    assert run_jobs().state == "succeeded"
    run = Run.objects.select_related("bundle__file").get()
    assert traces(run.bundle.file.path.read_bytes()) == []
    assert traces(json.dumps(run.answer).encode()) == []
    assert traces(json.dumps(run.charts).encode()) == []
    for ending in ("", "xlsx/", "pptx/"):
        report = owner_client.get(f"/runs/{run.uuid}/report/{ending}")
        assert traces(report.content) == [], ending
    said = capfd.readouterr()
    assert traces((said.out + said.err + caplog.text).encode()) == []


def test_a_failure_quotes_nothing_in_page_or_log(
    personal: Dataset, owner_client: Client, monkeypatch: Any, capfd: Any
) -> None:
    from upshot.web.config.logs import JsonLines
    from upshot.web.datasets import views

    def burst(*_args: Any) -> None:
        raise ValueError(f"could not convert string to float: '{CANARY}7@example.org'")

    monkeypatch.setattr(views, "understood", burst)
    owner_client.raise_request_exception = False
    lines: list[str] = []
    import logging

    handler = logging.Handler()
    handler.setFormatter(JsonLines())
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    logging.getLogger("django.request").addHandler(handler)
    try:
        response = owner_client.get(f"/data/{personal.uuid}/")
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert response.status_code == 500
    assert traces(response.content) == []
    assert lines
    assert traces("".join(lines).encode()) == []


def test_a_job_that_fails_quotes_nothing_in_the_log(
    personal: Dataset, run_jobs: Any, monkeypatch: Any, capfd: Any
) -> None:
    from upshot.web.datasets import actions, tasks

    def burst(*_args: Any) -> None:
        raise ValueError(f"cannot read '{CANARY}7@example.org'")

    monkeypatch.setattr(tasks, "_look", burst)
    actions.read_again(personal)
    job = run_jobs()
    assert job.state == "failed"
    assert traces(job.message.encode()) == []


def test_the_log_of_who_did_what_holds_none(personal: Dataset, owner_client: Client) -> None:
    from upshot.web.audit.models import Entry

    owner_client.post(f"/data/{personal.uuid}/name/", {"name": f"{CANARY} spring"})
    kept = " ".join(str(vars(entry)) for entry in Entry.objects.all())
    assert traces(kept.encode()) == []


def test_debugging_is_off_so_no_page_shows_variables(tmp_path: Path) -> None:
    from django.conf import settings

    assert settings.DEBUG is False
