"""Corrections of columns survive another reading; values that mean the same are joined by hand."""

from __future__ import annotations

import pytest

from tests.web.conftest import upload_of
from upshot.web.datasets.models import Dataset

ROWS = "".join(f"{['NYC', 'New York', 'Boston'][i % 3]};{1000 + i};{i},5\n" for i in range(60))
FILE = "city;zip;spend\n" + ROWS


@pytest.fixture
def made(owner_client, run_jobs):
    owner_client.post("/data/new/", {"file": upload_of(FILE.encode())})
    run_jobs()
    return Dataset.objects.get()


def page(client, dataset):
    return client.get(f"/data/{dataset.uuid}/").content.decode()


def column(dataset, name):
    dataset.refresh_from_db()
    return next(c for c in dataset.current.schema["columns"] if c["name"] == name)


def join(client, dataset, value="NYC", wanted="New York"):
    data = {"column": "city", "position": "1", "value": value, "wanted": wanted}
    return client.post(f"/data/{dataset.uuid}/join/", data)


def test_values_are_joined_and_parted_by_hand(owner_client, made, run_jobs):
    assert "Two values mean the same" in page(owner_client, made)
    assert join(owner_client, made).url.endswith("#column-1")
    run_jobs()
    shown = page(owner_client, made)
    assert "“NYC” is read as “New York”." in shown
    assert "2 different values" in shown
    owner_client.post(f"/data/{made.uuid}/undo/", {"column": "city"})
    run_jobs()
    assert column(made, "city")["joined"] == []
    assert "3 different values" in page(owner_client, made)


def test_a_viewer_joins_nothing(viewer_client, made):
    assert "Two values mean the same" not in page(viewer_client, made)
    assert join(viewer_client, made).status_code == 403


def test_nonsense_joins_nothing(owner_client, made):
    join(owner_client, made, value="", wanted="x")
    owner_client.post(f"/data/{made.uuid}/join/", {"column": "no", "value": "a", "wanted": "b"})
    assert column(made, "city")["joined"] == []


def test_corrections_survive_another_reading(owner_client, made, run_jobs):
    join(owner_client, made)
    owner_client.post(f"/data/{made.uuid}/kind/", {"column": "zip", "kind": "category"})
    owner_client.post(f"/data/{made.uuid}/ignore/", {"column": "spend", "ignored": "on"})
    run_jobs()
    owner_client.post(f"/data/{made.uuid}/reading/", {"header": "1", "step": "read"})
    run_jobs()
    assert column(made, "zip")["kind"] == "category"
    assert column(made, "city")["joined"] == [["NYC", "New York"]]
    assert column(made, "spend")["ignored"] is True
    assert made.versions.count() == 1
    assert "2 different values" in page(owner_client, made)
    owner_client.post(f"/data/{made.uuid}/undo/", {"column": "zip"})
    run_jobs()
    assert column(made, "zip")["kind"] != "category"


def test_corrections_survive_a_reading_that_failed(owner_client, made, run_jobs):
    owner_client.post(f"/data/{made.uuid}/kind/", {"column": "zip", "kind": "category"})
    run_jobs()
    owner_client.post(f"/data/{made.uuid}/reading/", {"header": "900", "step": "read"})
    run_jobs()
    made.refresh_from_db()
    if made.current is None:
        owner_client.post(f"/data/{made.uuid}/reading/", {"header": "1", "step": "read"})
        run_jobs()
    assert column(made, "zip")["kind"] == "category"
