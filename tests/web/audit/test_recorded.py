"""Requests that change something are on record: by whom, to what, where, and never what data."""

from __future__ import annotations

from typing import Any

import pytest

from upshot.web.audit.models import Entry
from web.conftest import csv_of, upload_of


def last() -> Entry:
    return Entry.objects.order_by("-number")[0]


def test_an_upload_is_told_without_its_name(cast: Any, owner_client: Any) -> None:
    response = owner_client.post(
        "/data/new/", {"file": upload_of(csv_of(), "secret name.csv")}, REMOTE_ADDR="192.0.2.4"
    )
    entry = last()
    assert (entry.action, entry.actor) == ("datasets:upload", cast.owner.pk)
    assert (entry.kind, entry.object_id) == ("dataset", response.url.split("/")[2])
    assert (entry.workspace, entry.address) == (cast.workspace.uuid, "192.0.2.4")
    assert not any("secret" in str(value) for value in vars(entry).values())


def test_the_workspace_is_that_of_the_object_not_of_the_page(
    cast: Any, dataset: Any, owner_client: Any
) -> None:
    from upshot.web.accounts.access import create_workspace
    from upshot.web.accounts.middleware import CHOSEN_WORKSPACE

    other = create_workspace("Second", cast.owner)
    session = owner_client.session
    session[CHOSEN_WORKSPACE] = str(other.uuid)
    session.save()
    owner_client.post(f"/data/{dataset.uuid}/name/", {"name": "May"})
    assert last().action == "datasets:rename"
    assert last().workspace == cast.workspace.uuid


def test_a_deleted_object_is_still_named(cast: Any, dataset: Any, owner_client: Any) -> None:
    owner_client.post(f"/data/{dataset.uuid}/delete/")
    entry = last()
    assert (entry.action, entry.kind) == ("datasets:delete", "dataset")
    assert entry.object_id == str(dataset.uuid)
    assert entry.workspace == cast.workspace.uuid


def test_downloads_are_recorded(bundle: Any, viewer_client: Any) -> None:
    b"".join(viewer_client.get(f"/bundles/{bundle.uuid}/download/").streaming_content)
    assert last().action == "bundles:download"


@pytest.mark.parametrize("verb", ["get", "head"])
def test_reading_is_not_recorded(dataset: Any, owner_client: Any, verb: str) -> None:
    before = Entry.objects.count()
    getattr(owner_client, verb)(f"/data/{dataset.uuid}/")
    assert Entry.objects.count() == before


def test_refused_requests_are_not_recorded(
    cast: Any, dataset: Any, viewer_client: Any, outsider_client: Any
) -> None:
    before = Entry.objects.count()
    assert viewer_client.post(f"/data/{dataset.uuid}/delete/").status_code == 403
    assert outsider_client.post(f"/data/{dataset.uuid}/delete/").status_code == 404
    assert Entry.objects.count() == before
