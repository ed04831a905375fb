"""A copy of one's data: complete, one's own, and without secrets."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from typing import Any

import pytest

from upshot.web.keeping.copies import LEFT_OUT
from upshot.web.keeping.models import DataCopy


@pytest.fixture
def archive(
    cast: Any, prediction: Any, finished_run: Any, owner_client: Any, run_jobs: Any
) -> zipfile.ZipFile:
    owner_client.post("/account/copy/")
    assert run_jobs().state == "succeeded"
    made = DataCopy.objects.get()
    assert made.path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0
    response = owner_client.get(f"/account/copy/{made.uuid}/")
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def facts(archive: zipfile.ZipFile, ending: str) -> Any:
    return json.loads(archive.read(next(n for n in archive.namelist() if n.endswith(ending))))


def test_it_holds_person_objects_and_files(cast: Any, archive: zipfile.ZipFile) -> None:
    assert facts(archive, "account.json")["you"]["email"] == "owner@example.com"
    assert facts(archive, "datasets.dataset.json")[0]["original_name"] == "shop.csv"
    for kind in ("runs.run", "bundles.savedbundle", "predictions.prediction", "files.storedfile"):
        assert facts(archive, f"{kind}.json"), kind
    upload = facts(archive, "datasets.dataset.json")[0]["upload"]
    stored = {row["id"]: row["sha256"] for row in facts(archive, "files.storedfile.json")}
    content = archive.read(f"workspaces/{cast.workspace.uuid}/files/{stored[upload]}")
    assert content.startswith(b"visits,plan,joined")
    assert any(entry["action"] == "datasets:upload" for entry in facts(archive, "activity.json"))


def test_it_holds_no_secret(cast: Any, archive: zipfile.ZipFile) -> None:
    whole = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".json"))
    assert not any(f'"{name}"'.encode() in whole for name in LEFT_OUT)
    assert cast.owner.password.encode() not in whole


def test_it_holds_nobody_elses_workspace(cast: Any, archive: zipfile.ZipFile) -> None:
    assert not any(str(cast.elsewhere.uuid) in name for name in archive.namelist())


def test_it_is_for_its_person_alone(
    cast: Any, archive: zipfile.ZipFile, teammate_client: Any
) -> None:
    address = f"/account/copy/{DataCopy.objects.get().uuid}/"
    assert teammate_client.get(address).status_code == 404


def test_a_member_who_owns_nothing_gets_their_account_only(
    cast: Any, dataset: Any, viewer_client: Any, run_jobs: Any
) -> None:
    viewer_client.post("/account/copy/")
    viewer_client.post("/account/copy/")
    run_jobs()
    with zipfile.ZipFile(DataCopy.objects.get().path) as archive:
        assert not [name for name in archive.namelist() if name.startswith("workspaces/")]
