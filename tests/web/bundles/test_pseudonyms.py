"""Customers of a workspace are known to its bundles by pseudonyms, and to nobody else."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

CANARY = "00CANARY"
# Rows of the data set itself, and what one may read off it there.
OF_THE_DATA_SET = {"datasets.SchemaVersion", "datasets.Dataset"}


def purchases() -> bytes:
    lines = ["household_id,price,bought"]
    for row in range(600):
        household = row * 7 % 120
        usual = household % 3 == 0
        bought = usual != (row % 9 == 0)
        lines.append(f"{CANARY}{household:04d},{2 + row % 13 / 5:.2f},{'yes' if bought else 'no'}")
    return "\n".join(lines).encode()


@pytest.fixture
def learned(cast: Any, owner_client: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A run of made-up purchases that repeat by household, learned for real."""
    from upshot.budget import EFFORT_SECONDS
    from upshot.web.datasets.models import Dataset
    from upshot.web.runs.models import Question, Run
    from upshot.web.runs.tasks import look_at

    monkeypatch.setitem(EFFORT_SECONDS, "quick", 6)
    file = SimpleUploadedFile("purchases.csv", purchases(), content_type="text/csv")
    owner_client.post("/data/new/", {"file": file})
    assert run_jobs().state == "succeeded"
    dataset = Dataset.objects.select_related("current", "workspace").get()
    wish = {"target": "bought", "positive": "yes", "ignore": [], "date": None, "group": None}
    question = Question(
        dataset=dataset,
        schema_version=dataset.current,
        choice=wish,
        effort="quick",
        created_by=cast.owner,
    )
    look_at(question)
    question.save()
    from upshot.web.runs.actions import start

    run = start(question, cast.owner)
    assert run_jobs().state == "succeeded"
    return Run.objects.select_related("bundle__file", "bundle__workspace", "question").get(
        pk=run.pk
    )


def database_text() -> dict[str, str]:
    """All rows, by kind, as text."""
    return {
        model._meta.label: " ".join(str(row) for row in model._base_manager.values())
        for model in apps.get_models()
        if model._meta.label not in OF_THE_DATA_SET
    }


@pytest.mark.slow
def test_no_customer_stands_in_database_bundle_or_answer(
    cast: Any, learned: Any, owner_client: Any, run_jobs: Any
) -> None:
    from upshot.bundles import read_facts

    bundle = learned.bundle
    column = read_facts(bundle.file.path).schema.column("household_id")
    assert column.pseudonyms
    warnings = json.dumps(learned.question.readiness["warnings"])
    assert "The bundle keeps pseudonyms" in warnings
    address = f"/bundles/{bundle.uuid}/what-if/"
    filled = owner_client.get(f"{address}?row=4").content.decode()
    assert CANARY not in filled
    place = filled[: filled.index('placeholder="the same as before"')].rindex('name="c')
    name = filled[place + len('name="') :].split('"')[0]
    owner_client.post(address, {name: f"{CANARY}0003"})
    assert run_jobs().state == "succeeded"
    for label, text in database_text().items():
        assert CANARY not in text, label
        assert cast.workspace.pseudonym_key not in text or label == "accounts.Workspace", label
    assert CANARY.encode() not in bundle.file.path.read_bytes()
    answer = owner_client.get(f"/runs/{learned.uuid}/").content.decode()
    assert CANARY not in answer


@pytest.fixture
def knowing(cast: Any, bundle: Any, tmp_path: Path) -> Any:
    """A bundle that learned made-up households under the key of the workspace."""
    from upshot.tables import read
    from upshot.training import train
    from upshot.web.accounts.pseudonyms import pseudonyms_of
    from upshot.web.files.store import keep_file

    rng = np.random.default_rng(0)
    household = rng.integers(0, 60, 600)
    usual = (household * 7 % 3 > 0).astype(int)
    frame = pd.DataFrame(
        {
            "household_id": [f"{CANARY}{one:04d}" for one in household],
            "price": rng.normal(3, 1, 600).round(2),
            "bought": np.where(rng.random(600) < 0.15, 1 - usual, usual),
        }
    )
    frame.to_csv(tmp_path / "purchases.csv", index=False)
    key = pseudonyms_of(cast.workspace)
    table = read(tmp_path / "purchases.csv")
    result = train(table, "bought", trials=3, seed=0, cores=1, pseudonyms=key)
    bundle.file = keep_file(cast.workspace, result.bundle.save(tmp_path / "knowing.upshot"))
    bundle.save()
    return bundle


@pytest.mark.slow
def test_customers_are_known_again_when_a_list_is_scored(
    knowing: Any, owner_client: Any, run_jobs: Any
) -> None:
    from upshot.web.predictions.models import Prediction

    lines = ["household_id,price", *(f"{CANARY}{one:04d},3.0" for one in range(60))]
    file = SimpleUploadedFile("new.csv", "\n".join(lines).encode())
    owner_client.post(f"/bundles/{knowing.uuid}/use/", {"file": file})
    assert run_jobs().state == "succeeded"
    prediction = Prediction.objects.get()
    assert "pseudonym-key" not in {note["code"] for note in prediction.notes}
    scored = pd.read_csv(prediction.files.get(format="csv").file.path)
    assert scored["household_id"].str.startswith(CANARY).all(), "the list is the person's own file"
    buys = np.arange(60) * 7 % 3 > 0
    chance = scored["upshot_probability"]
    assert chance[buys].mean() > chance[~buys].mean() + 0.3
    cells = scored.filter(like="upshot_reason").to_numpy().ravel()
    reasons = " ".join(str(cell) for cell in cells)
    assert "the history of this `household_id`" in reasons
    assert CANARY not in reasons


@pytest.mark.django_db
def test_every_workspace_has_a_key_of_its_own(cast: Any) -> None:
    from upshot.web.accounts.models import Workspace

    keys = set(Workspace.objects.values_list("pseudonym_key", flat=True))
    assert len(keys) == Workspace.objects.count() > 1
    assert all(len(key) == 64 for key in keys)


def test_another_workspace_opens_the_same_file_with_its_own_key(cast: Any, bundle: Any) -> None:
    from upshot.web.accounts.pseudonyms import pseudonyms_of
    from upshot.web.api.warm import opened, warm_bundles
    from upshot.web.bundles.models import SavedBundle
    from upshot.web.files.store import keep

    copied = bundle.file.path.with_suffix(".copy")
    copied.write_bytes(bundle.file.path.read_bytes())
    file = keep(cast.elsewhere, copied, bundle.file.sha256, bundle.file.size)
    other = SavedBundle.objects.create(workspace=cast.elsewhere, file=file, name="x", task="binary")
    warm_bundles().forget()
    try:
        assert opened(bundle).pseudonyms == pseudonyms_of(cast.workspace)
        assert opened(other).pseudonyms == pseudonyms_of(cast.elsewhere)
    finally:
        warm_bundles().forget()


def test_the_key_leaves_only_with_a_copy_of_ones_own_data(cast: Any) -> None:
    import zipfile

    from upshot.web.keeping.copies import _write_workspace

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        _write_workspace(archive, cast.workspace)
    with zipfile.ZipFile(written) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    holding = [name for name, text in parts.items() if cast.workspace.pseudonym_key in text]
    assert holding == [f"workspaces/{cast.workspace.uuid}/pseudonym-key.txt"]
