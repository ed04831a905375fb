"""Objects of the road for the website's tests, made as cheaply as they can be honest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

GOLDEN = Path(__file__).resolve().parents[1] / "golden"

READINESS = {
    "blockers": [],
    "warnings": [
        {
            "code": "clock",
            "message": "`joined` looks like the clock.",
            "column": "joined",
            "remedy": "Choose it as the date.",
            "level": "info",
        }
    ],
    "leak_suspects": [
        {
            "column": column,
            "strength": "strong",
            "kind": "too-good",
            "evidence": f"`{column}` tells it all.",
            "example": "Where it is 3, all are yes.",
            "consequence": "New rows will be scored wrongly.",
            "remedy": "Ignore it.",
            "score": 1.0,
        }
        for column in ("visits", "plan")
    ],
    "facts": {
        "rows": 60,
        "usable_rows": 60,
        "missing_outcome": 0,
        "duplicates": 0,
        "outcomes": [{"value": "no", "rows": 40}, {"value": "yes", "rows": 20}],
        "features": ["visits", "plan", "joined"],
        "left_out": [{"column": "bought", "reason": "target"}],
        "clocks": ["joined"],
        "repeated": [],
    },
}


def csv_of(rows: int = 60, header: str = "visits,plan,joined,spent,bought") -> bytes:
    """A small shop export: every third person bought."""
    lines = [header]
    for row in range(rows):
        plan = ("basic", "plus", "pro")[row % 3]
        bought = "yes" if row % 3 == 2 else "no"
        day = f"2026-0{1 + row % 6}-{10 + row % 18}"
        lines.append(f"{3 + row % 7},{plan},{day},{10.5 + row * 3},{bought}")
    return "\n".join(lines).encode()


def upload_of(content: bytes, name: str = "shop.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


@pytest.fixture(autouse=True)
def no_files_left() -> Iterator[None]:
    """Rows go with the test's transaction; the files beside them go here."""
    yield
    from django.conf import settings

    for folder in (settings.DATA.files, settings.DATA.incoming, settings.DATA.copies):
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


@pytest.fixture
def object_store(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket that the site keeps its files in."""
    pytest.importorskip("moto.server", reason="pip install -r requirements-s3.txt")
    from web import kept_elsewhere

    with kept_elsewhere.in_use(settings, monkeypatch) as bucket:
        yield bucket


@pytest.fixture(params=["folder", "bucket"])
def any_place(request: pytest.FixtureRequest) -> str:
    """Each place that stored files can be in."""
    if request.param == "bucket":
        request.getfixturevalue("object_store")
    return request.param


@pytest.fixture(autouse=os.environ.get("UPSHOT_TEST_STORE") == "s3")
def whole_suite_in_a_bucket(request: pytest.FixtureRequest) -> None:
    """`UPSHOT_TEST_STORE=s3 pytest tests/web`: the same tests, with the files elsewhere."""
    if "any_place" not in request.fixturenames:
        request.getfixturevalue("object_store")


@pytest.fixture
def run_jobs(db: None) -> Any:
    """Do all waiting jobs here; returns the last one."""
    from upshot.web.jobs.run import run_next_here

    def work() -> Any:
        last = None
        while (job := run_next_here()) is not None:
            last = job
        return last

    return work


@pytest.fixture
def dataset(cast: Any, owner_client: Any, run_jobs: Any) -> Any:
    """A data set of the owner's workspace, read for real."""
    from upshot.web.datasets.models import Dataset

    owner_client.post("/data/new/", {"file": upload_of(csv_of())})
    assert run_jobs().state == "succeeded"
    return Dataset.objects.select_related("current", "workspace").get()


@pytest.fixture
def question(cast: Any, dataset: Any) -> Any:
    """A checked question with two leak suspects."""
    from upshot.web.runs.models import Question

    return Question.objects.create(
        dataset=dataset,
        schema_version=dataset.current,
        choice={
            "question": "who_will",
            "target": "bought",
            "positive": "yes",
            "ignore": [],
            "date": None,
            "group": None,
        },
        title="Who will buy?",
        effort="quick",
        readiness=READINESS,
        created_by=cast.owner,
    )


@pytest.fixture
def bundle(cast: Any, dataset: Any, tmp_path: Path) -> Any:
    """A real small bundle in the library."""
    from upshot.web.bundles.models import SavedBundle
    from upshot.web.files.store import keep_file

    copy = Path(shutil.copy(GOLDEN / "format-1-catboost.upshot", tmp_path / "model.upshot"))
    return SavedBundle.objects.create(
        workspace=cast.workspace,
        dataset=dataset,
        file=keep_file(cast.workspace, copy),
        name="Who will buy? shop.csv",
        question="Who will buy?",
        task="binary",
        target="bought",
        quality="Contact the top 20 %: that reaches 61 % of buyers.",
        level="good",
        columns=["visits", "plan"],
        learned_from="shop.csv",
        created_by=cast.owner,
    )


@pytest.fixture
def finished_run(cast: Any, question: Any, bundle: Any) -> Any:
    """A run with a made-up answer."""
    return make_run(cast, question, bundle, made_up_answer())


def made_up_answer(**changes: Any) -> Any:
    from reports.made_up import answer

    return answer(**changes)


def make_run(cast: Any, question: Any, bundle: Any, answer: Any, charts: Any = None) -> Any:
    from django.utils import timezone

    from upshot.jsonable import to_jsonable
    from upshot.web.runs.models import Run

    return Run.objects.create(
        dataset=question.dataset,
        schema_version=question.schema_version,
        question=question,
        title=question.title,
        choice=question.choice,
        effort="quick",
        answer=to_jsonable(answer),
        verdict=answer.verdict.sentence,
        charts=charts or {},
        bundle=bundle,
        finished_at=timezone.now(),
        created_by=cast.owner,
    )


@pytest.fixture
def learning_run(cast: Any, question: Any) -> Any:
    """A run whose job is waiting."""
    from upshot.web.runs.actions import start

    return start(question, cast.owner)


@pytest.fixture
def prediction(cast: Any, bundle: Any, tmp_path: Path) -> Any:
    """A scored list with one file, made up."""
    from upshot.web.files.store import keep_file
    from upshot.web.predictions.models import Prediction, ScoredFile

    made = Prediction.objects.create(
        bundle=bundle,
        original_name="new.csv",
        rows=2,
        notes=[],
        preview={
            "columns": [{"name": "Chance", "ours": True, "why": False}],
            "rows": [{"row": 2, "cells": ["70.0 %"]}, {"row": 3, "cells": ["10.0 %"]}],
            "hidden": 0,
        },
        summary=[
            {"label": "1", "rows": 1, "value": 0.7, "height": 0.7, "expected": 0.7, "lowest": 0.7}
        ],
        created_by=cast.owner,
    )
    written = tmp_path / "scores.csv"
    written.write_text("a,upshot_probability\n1,0.7\n2,0.1\n")
    ScoredFile.objects.create(
        prediction=made, format="csv", file=keep_file(cast.workspace, written)
    )
    return made
