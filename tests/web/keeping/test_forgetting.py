"""Deleting for good: afterwards no byte of it is left in the data directory."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from conftest import make_cast, signed_in
from upshot.web.accounts.models import Membership, Role, User, Workspace
from web.conftest import GOLDEN, upload_of

PASSWORD = "correct horse battery"
CANARY = "kanarienvogel"
EMAIL = f"{CANARY}77@example.org"
BYTES = CANARY.encode()


def export() -> bytes:
    lines = ["customer,mail,city,visits,bought"]
    for row in range(60):
        bought = "yes" if row % 3 == 2 else "no"
        lines.append(f"{CANARY}{row},{CANARY}{row}@example.org,{CANARY}stadt,{row % 7},{bought}")
    return "\n".join(lines).encode()


def places_of(canary: bytes, root: Path) -> list[str]:
    """Files under a folder that hold the canary, in any of the ways text is written to disk."""
    spellings = (canary, canary.decode().encode("utf-16-le"), canary.upper(), canary.hex().encode())
    return [
        str(path.relative_to(root))
        for path in root.rglob("*")
        if path.is_file() and any(spelling in path.read_bytes() for spelling in spellings)
    ]


@pytest.fixture
def site(transactional_db: Any) -> Path:
    from django.conf import settings

    return settings.DATA.root


def fill(cast: Any, tmp_path: Path) -> None:
    """Every kind of object, with the canary in names, cells, notes and files."""
    from upshot.web.bundles.models import SavedBundle
    from upshot.web.datasets.models import Dataset
    from upshot.web.files.store import keep_file
    from upshot.web.jobs.run import run_next_here
    from upshot.web.predictions.models import Prediction, ScoredFile
    from upshot.web.runs.models import Question, Run

    client = signed_in(cast.owner)
    client.post("/data/new/", {"file": upload_of(export(), f"{CANARY}.csv")})
    while run_next_here():
        pass
    dataset = Dataset.objects.get()
    assert dataset.is_ready
    client.post(f"/data/{dataset.uuid}/name/", {"name": f"{CANARY} spring"})
    choice = {"target": "bought", "positive": "yes", "question": CANARY}
    shared = {"dataset": dataset, "schema_version": dataset.current, "choice": choice}
    question = Question.objects.create(title=CANARY, **shared)
    copy = Path(shutil.copy(GOLDEN / "format-1-catboost.upshot", tmp_path / "m.upshot"))
    with copy.open("ab") as stream:
        stream.write(BYTES)
    bundle = SavedBundle.objects.create(
        workspace=cast.workspace,
        dataset=dataset,
        file=keep_file(cast.workspace, copy),
        name=CANARY,
        notes=CANARY * 500,
        question="?",
        task="binary",
        target="bought",
    )
    Run.objects.create(question=question, title=CANARY, bundle=bundle, verdict=CANARY, **shared)
    scored = tmp_path / "scores.csv"
    scored.write_bytes(export())
    prediction = Prediction.objects.create(bundle=bundle, original_name=CANARY)
    ScoredFile.objects.create(
        prediction=prediction, format="csv", file=keep_file(cast.workspace, scored)
    )


def test_a_deleted_workspace_leaves_no_byte(site: Path, tmp_path: Path, capfd: Any) -> None:
    cast = make_cast()
    cast.workspace.name = CANARY
    cast.workspace.save()
    fill(cast, tmp_path)
    assert places_of(BYTES, site)
    client = signed_in(cast.owner)
    page = f"/workspaces/{cast.workspace.uuid}/delete/"
    assert client.post(page, {"name": "wrong", "password": PASSWORD}).status_code == 422
    assert client.post(page, {"name": CANARY, "password": "wrong"}).status_code == 422
    assert Workspace.objects.filter(pk=cast.workspace.pk).exists()
    assert client.post(page, {"name": CANARY, "password": PASSWORD}).status_code == 302
    assert places_of(BYTES, site) == []
    assert not (site / "files" / str(cast.workspace.pk)).exists()
    assert Workspace.objects.get() == cast.elsewhere
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err


def test_a_deleted_data_set_leaves_no_byte(site: Path, tmp_path: Path) -> None:
    from upshot.web.datasets.models import Dataset

    cast = make_cast()
    fill(cast, tmp_path)
    client = signed_in(cast.owner)
    client.post(f"/data/{Dataset.objects.get().uuid}/delete/", follow=True)
    # A person's session still holds what it told them; it is gone with the next page.
    client.get("/data/")
    assert places_of(BYTES, site) == []


def copy_of_everything(person: Any) -> Path:
    """A copy of their data that somebody had made before."""
    from upshot.web.jobs.run import run_next_here
    from upshot.web.keeping.models import DataCopy

    signed_in(person).post("/account/copy/")
    while run_next_here():
        pass
    return DataCopy.objects.get(user=person).path


def test_a_copy_made_before_goes_with_the_data_set(site: Path, tmp_path: Path) -> None:
    from upshot.web.datasets.models import Dataset

    cast = make_cast()
    fill(cast, tmp_path)
    copy = copy_of_everything(cast.owner)
    assert copy.is_file()
    client = signed_in(cast.owner)
    client.post(f"/data/{Dataset.objects.get().uuid}/delete/", follow=True)
    assert not list(copy.parent.iterdir())


def test_a_copy_made_before_goes_with_the_workspace(site: Path, tmp_path: Path) -> None:
    cast = make_cast()
    fill(cast, tmp_path)
    copy = copy_of_everything(cast.owner)
    fields = {"name": cast.workspace.name, "password": PASSWORD}
    signed_in(cast.owner).post(f"/workspaces/{cast.workspace.uuid}/delete/", fields)
    assert not copy.exists()


def test_copies_of_other_workspaces_stay(site: Path, tmp_path: Path) -> None:
    from upshot.web.datasets.models import Dataset

    cast = make_cast()
    fill(cast, tmp_path)
    copy = copy_of_everything(cast.outsider)
    signed_in(cast.owner).post(f"/data/{Dataset.objects.get().uuid}/delete/")
    assert copy.is_file()


def test_a_deleted_account_leaves_no_byte(site: Path, tmp_path: Path) -> None:
    cast = make_cast()
    person = User.objects.create_user(EMAIL, PASSWORD, name=f"{CANARY} Meyer")
    Membership.objects.create(workspace=cast.workspace, user=person, role=Role.EDITOR)
    client = signed_in(person)
    client.post("/account/name/", {"name": f"{CANARY} Schmidt"})
    client.post("/workspaces/new/", {"name": f"{CANARY} & Sons"})
    client.get("/account/", headers={"User-Agent": CANARY})
    if connection.vendor == "sqlite":  # a server keeps its rows elsewhere
        assert places_of(BYTES, site)
    assert client.post("/account/delete/", {"password": "wrong"}).status_code == 422
    assert client.post("/account/delete/", {"password": PASSWORD}).url == "/login/"
    assert places_of(BYTES, site) == []
    assert Workspace.objects.filter(pk=cast.workspace.pk).exists()
    assert client.get("/account/").status_code == 302


def test_the_log_outlives_both_and_can_still_be_verified(site: Path, tmp_path: Path) -> None:
    from upshot.web.audit.chain import verify
    from upshot.web.audit.models import Entry

    cast = make_cast()
    fill(cast, tmp_path)
    client = signed_in(cast.owner)
    Membership.objects.exclude(user=cast.owner).filter(workspace=cast.workspace).delete()
    client.post("/account/delete/", {"password": PASSWORD})
    assert not User.objects.filter(pk=cast.owner.pk).exists()
    last = Entry.objects.order_by("-number")[0]
    assert (last.action, last.actor) == ("keeping:delete_account", cast.owner.pk)
    with connection.cursor() as cursor:
        assert verify(lambda sql: cursor.execute(sql).fetchall()).broken_at is None


def test_the_only_owner_of_other_peoples_workspace_stays(cast: Any, owner_client: Any) -> None:
    page = owner_client.get("/account/delete/").content.decode()
    assert "Other people still need you" in page
    owner_client.post("/account/delete/", {"password": PASSWORD})
    assert User.objects.filter(pk=cast.owner.pk).exists()


def test_only_owners_delete_a_workspace(cast: Any, teammate_client: Any) -> None:
    page = f"/workspaces/{cast.workspace.uuid}/delete/"
    fields = {"name": "Shop", "password": PASSWORD}
    assert teammate_client.get(page).status_code == 403
    assert teammate_client.post(page, fields).status_code == 403
