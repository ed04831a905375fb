"""A bundle learned again from other data, and two bundles side by side."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from upshot.explaining.held_out import HeldOut
from upshot.web.bundles.models import Comparison, SavedBundle
from upshot.web.files.store import keep_file
from upshot.web.runs.models import HeldOutRows, Question

GOLDEN = Path(__file__).resolve().parents[2] / "golden"


@pytest.fixture
def newer(cast, bundle, tmp_path):
    """A second bundle with the same outcome, made later."""
    copy = Path(shutil.copy(GOLDEN / "format-1-catboost.upshot", tmp_path / "newer.upshot"))
    return SavedBundle.objects.create(
        workspace=cast.workspace,
        dataset=bundle.dataset,
        file=keep_file(cast.workspace, copy),
        name="Newer",
        question=bundle.question,
        task=bundle.task,
        target=bundle.target,
        columns=bundle.columns,
        parent=bundle,
        version=2,
    )


def test_the_question_of_a_bundle_is_asked_of_the_chosen_data(owner_client, finished_run, dataset):
    bundle = finished_run.bundle
    page = owner_client.get(f"/bundles/{bundle.uuid}/again/").content.decode()
    assert dataset.name in page
    response = owner_client.post(
        f"/bundles/{bundle.uuid}/again/",
        {"dataset": str(dataset.uuid), "way": "refit", "effort": "quick"},
    )
    question = Question.objects.order_by("-pk").first()
    assert response.url == f"/questions/{question.uuid}/"
    assert question.recipe == bundle
    assert not question.search
    assert question.choice["target"] == "bought"
    assert "spent" in question.choice["ignore"]
    assert "visits" not in question.choice["ignore"]


def test_learning_again_keeps_the_model_and_the_directions(
    owner_client, finished_run, dataset, run_jobs
):
    finished_run.choice = {**finished_run.choice, "simple": True, "rising": ["visits"]}
    finished_run.save()
    asked = {"dataset": str(dataset.uuid), "way": "refit", "effort": "quick"}
    owner_client.post(f"/bundles/{finished_run.bundle.uuid}/again/", asked)
    run_jobs()
    choice = Question.objects.order_by("-pk").first().choice
    assert (choice["simple"], choice["rising"]) == (True, ["visits"])


def test_data_without_the_columns_is_not_offered(owner_client, finished_run):
    bundle = finished_run.bundle
    bundle.columns = ["visits", "nowhere"]
    bundle.save()
    page = owner_client.get(f"/bundles/{bundle.uuid}/again/").content.decode()
    assert "No data set fits yet" in page


def test_two_bundles_are_compared_on_rows_both_set_aside(
    owner_client, finished_run, newer, run_jobs, monkeypatch
):
    from web.conftest import made_up_answer, make_run

    rows = np.arange(60)
    target = (rows % 3 == 2).astype(float)
    older_says = HeldOut(rows, target, np.linspace(0.1, 0.9, 60))
    newer_says = HeldOut(rows, target, np.where(target == 1, 0.9, 0.1))
    HeldOutRows.objects.create(run=finished_run, packed=older_says.to_bytes())
    later = make_run(
        SimpleNamespace(owner=finished_run.created_by),
        finished_run.question,
        newer,
        made_up_answer(),
    )
    HeldOutRows.objects.create(run=later, packed=newer_says.to_bytes())
    response = owner_client.post(
        f"/bundles/{newer.uuid}/compare/", {"other": str(finished_run.bundle.uuid), "dataset": ""}
    )
    comparison = Comparison.objects.get()
    assert response.url == f"/comparisons/{comparison.uuid}/"
    assert 'id="live"' in owner_client.get(response.url).content.decode()
    assert run_jobs().state == "succeeded"
    page = owner_client.get(response.url).content.decode()
    assert "The newer one is better" in page
    detail = owner_client.get(f"/bundles/{newer.uuid}/").content.decode()
    assert "this one is better" in detail
    assert "version 2" in detail


def test_without_rows_set_aside_the_remedy_is_told(owner_client, finished_run, newer, run_jobs):
    owner_client.post(
        f"/bundles/{newer.uuid}/compare/", {"other": str(finished_run.bundle.uuid), "dataset": ""}
    )
    run_jobs()
    comparison = Comparison.objects.get()
    page = owner_client.get(f"/comparisons/{comparison.uuid}/").content.decode()
    assert "Choose a data set with known outcomes" in page
