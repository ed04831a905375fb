"""A person corrects kinds and ignores columns; every change is a new version that can be undone."""

from __future__ import annotations

from upshot.web.datasets.models import Dataset
from web.conftest import upload_of


def post(client, dataset, what, **data):
    return client.post(f"/data/{dataset.uuid}/{what}/", data)


def current(dataset):
    return Dataset.objects.select_related("current").get(pk=dataset.pk).current


def column(version, name):
    return next(item for item in version.schema["columns"] if item["name"] == name)


def test_a_kind_can_be_overridden(owner_client, dataset, run_jobs):
    response = post(owner_client, dataset, "kind", column="visits", kind="category", position="1")
    assert response.url.endswith("#column-1")
    version = current(dataset)
    assert (version.number, version.parent, version.pending) == (2, dataset.current, "visits")
    assert column(version, "visits")["kind"] == "category"
    assert (
        "Looking at this column again"
        in owner_client.get(f"/data/{dataset.uuid}/").content.decode()
    )
    assert run_jobs().state == "succeeded"
    version = current(dataset)
    assert version.pending == ""
    profile = next(item for item in version.profile["columns"] if item["name"] == "visits")
    assert profile["frequent"]


def test_the_earlier_version_stays_as_it_was(owner_client, dataset):
    before = dataset.current.schema
    post(owner_client, dataset, "ignore", column="spent", ignored="on")
    dataset.current.refresh_from_db()
    assert dataset.current.schema == before


def test_a_column_can_be_ignored_and_used_again(owner_client, dataset):
    post(owner_client, dataset, "ignore", column="spent", ignored="on")
    assert column(current(dataset), "spent")["ignored"] is True
    assert "“spent” is ignored" in owner_client.get(f"/data/{dataset.uuid}/").content.decode()
    post(owner_client, dataset, "ignore", column="spent")
    assert column(current(dataset), "spent")["ignored"] is False
    assert current(dataset).number == 3


def test_undo_goes_back_and_a_later_change_does_not_clash(owner_client, dataset):
    post(owner_client, dataset, "ignore", column="spent", ignored="on")
    post(owner_client, dataset, "undo")
    assert current(dataset) == dataset.current
    post(owner_client, dataset, "undo")
    assert current(dataset) == dataset.current
    post(owner_client, dataset, "ignore", column="plan", ignored="on")
    assert (current(dataset).number, current(dataset).parent) == (3, dataset.current)


def test_a_change_that_changes_nothing_makes_no_version(owner_client, dataset):
    post(owner_client, dataset, "ignore", column="spent")
    post(owner_client, dataset, "kind", column="plan", kind="category")
    assert current(dataset) == dataset.current


def test_nonsense_is_passed_over(owner_client, dataset):
    assert post(owner_client, dataset, "kind", column="no such", kind="number").status_code == 302
    assert post(owner_client, dataset, "kind", column="plan", kind="poem").status_code == 302
    assert post(owner_client, dataset, "kind", position="-1'").status_code == 302
    assert current(dataset) == dataset.current


def test_a_viewer_looks_but_does_not_change(viewer_client, dataset):
    assert viewer_client.get(f"/data/{dataset.uuid}/").status_code == 200
    assert post(viewer_client, dataset, "ignore", column="spent", ignored="on").status_code == 403


def test_rename(owner_client, dataset):
    post(owner_client, dataset, "name", name="Spring shop")
    dataset.refresh_from_db()
    assert dataset.name == "Spring shop"
    page = owner_client.post(f"/data/{dataset.uuid}/name/", {"name": " "}, follow=True)
    assert "The old name was kept" in page.content.decode()


def test_a_wide_file_shows_its_first_columns_and_the_rest_behind_a_click(owner_client, run_jobs):
    names = [f"amount {n}" for n in range(30)]
    rows = [",".join(str(n * row % 17) for n in range(1, 31)) for row in range(60)]
    content = "\n".join([",".join(names), *rows]).encode()
    owner_client.post("/data/new/", {"file": upload_of(content, "wide.csv")})
    assert run_jobs().state == "succeeded"
    page = owner_client.get(f"/data/{Dataset.objects.get().uuid}/").content.decode()
    before, _, behind = page.partition('id="other-columns"')
    assert before.count("<article") == 12
    assert behind.count("<article") == 18
    assert "Show 18 more columns" in behind
