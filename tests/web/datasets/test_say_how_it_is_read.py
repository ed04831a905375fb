"""A person sees how a file was read, changes it, sees the effect, and has it read that way."""

from __future__ import annotations

import pytest

from upshot.web.datasets.models import Dataset
from upshot.web.runs.models import Question
from web.conftest import upload_of

LEADS = "".join(f"Käufer {i};1.{i:03d};offen\n" for i in range(1, 40)).encode("cp1252")


@pytest.fixture
def leads(owner_client, run_jobs):
    owner_client.post("/data/new/", {"file": upload_of(b"Name;Wert;Stand\n" + LEADS)})
    assert run_jobs().state == "succeeded"
    return Dataset.objects.select_related("current").get()


def again(dataset: Dataset) -> Dataset:
    return Dataset.objects.select_related("current").get(pk=dataset.pk)


def names(dataset: Dataset) -> list[str]:
    return [item["name"] for item in again(dataset).current.schema["columns"]]


def test_the_page_says_what_was_decided_and_shows_the_first_rows(owner_client, leads):
    assert f"/data/{leads.uuid}/reading/" in owner_client.get(f"/data/{leads.uuid}/").text
    page = owner_client.get(f"/data/{leads.uuid}/reading/").text
    for words in ("Semicolons", "Western European (Windows)", "line 1", "Käufer 1"):
        assert words in page
    assert "please check" not in page


def test_a_doubtful_decision_is_marked(owner_client, run_jobs):
    rows = "".join(f"клиент {i};город;{i}\n" for i in range(40)).encode("cp1251")
    owner_client.post(
        "/data/new/", {"file": upload_of("Имя;Место;Число\n".encode("cp1251") + rows)}
    )
    assert run_jobs().state == "succeeded"
    dataset = Dataset.objects.get()
    assert "doubtful-encoding" in {note["code"] for note in dataset.notes}
    page = owner_client.get(f"/data/{dataset.uuid}/reading/").text
    assert "please check" in page
    told = owner_client.post(
        f"/data/{dataset.uuid}/reading/", {"step": "preview", "encoding": "cp1251"}
    )
    assert "please check" not in told.text


def test_the_effect_is_seen_before_anything_is_read_anew(owner_client, leads):
    url = f"/data/{leads.uuid}/reading/"
    page = owner_client.post(url, {"step": "preview", "header_rows": "0", "decimal": ","}).text
    assert "column_1" in page
    wide = owner_client.post(url, {"step": "preview", "decimal": ","}).text
    assert "<td>1,001</td>" in wide
    assert "<td>1.001</td>" in owner_client.post(url, {"step": "preview", "decimal": "."}).text
    assert names(leads) == ["Name", "Wert", "Stand"]


def test_reading_again_follows_the_choice_and_remembers_it(owner_client, leads, run_jobs):
    url = f"/data/{leads.uuid}/reading/"
    chosen = {
        "step": "read",
        "delimiter": "other",
        "other": ";",
        "header": "2",
        "encoding": "cp1252",
    }
    assert owner_client.post(url, chosen).url == f"/data/{leads.uuid}/"
    assert run_jobs().state == "succeeded"
    assert names(leads)[0] == "Käufer 1"
    schema = again(leads).current.schema
    assert schema["reading"]["header"] == 2
    page = owner_client.get(url).text
    assert 'value="2"' in page
    assert owner_client.post(url, {"step": "reset"}).status_code == 302
    assert run_jobs().state == "succeeded"
    assert names(leads) == ["Name", "Wert", "Stand"]
    assert again(leads).reading == {}


def test_a_data_set_with_a_question_stays_as_it_is(owner_client, leads, run_jobs):
    Question.objects.create(dataset=leads, schema_version=leads.current, choice={}, title="x")
    response = owner_client.post(
        f"/data/{leads.uuid}/reading/", {"step": "read", "header_rows": "0"}
    )
    assert response.url != f"/data/{leads.uuid}/"
    assert run_jobs().state == "succeeded"
    assert names(leads) == ["Name", "Wert", "Stand"]
    other = Dataset.objects.exclude(pk=leads.pk).get()
    assert names(other) == ["column_1", "column_2", "column_3"]
    assert "read another way" in other.name


def test_a_choice_that_cannot_be_followed_is_said_on_the_page(owner_client, leads):
    url = f"/data/{leads.uuid}/reading/"
    page = owner_client.post(url, {"step": "preview", "header": "4000"})
    assert "no table below line" in page.text
    wrong = owner_client.post(url, {"step": "read", "delimiter": "other"})
    assert wrong.status_code == 422
    assert "Type the sign" in wrong.text
    assert owner_client.post(url, {"step": "read", "encoding": "rot13"}).status_code == 422


def test_another_of_several_tables_is_chosen(owner_client, run_jobs):
    small = "Channel,Sessions\nEmail,12\nSearch,40\nDirect,31\n"
    large = "Day,Visits,Sales\n" + "".join(f"2026-10-{d:02d},{d},{d}.5\n" for d in range(1, 29))
    owner_client.post("/data/new/", {"file": upload_of(f"{small}\n{large}".encode())})
    assert run_jobs().state == "succeeded"
    dataset = Dataset.objects.get()
    page = owner_client.get(f"/data/{dataset.uuid}/reading/").text
    assert "1: Channel, Sessions" in page
    owner_client.post(f"/data/{dataset.uuid}/reading/", {"step": "read", "table": "1"})
    assert run_jobs().state == "succeeded"
    assert names(dataset) == ["Channel", "Sessions"]


def test_after_a_failure_a_person_may_say_how_to_read(owner_client, leads, run_jobs):
    owner_client.post(f"/data/{leads.uuid}/reading/", {"step": "read", "header": "4000"})
    assert run_jobs().state == "failed"
    assert f"/data/{leads.uuid}/reading/" in owner_client.get(f"/data/{leads.uuid}/").text
    owner_client.post(f"/data/{leads.uuid}/reading/", {"step": "reset"})
    assert run_jobs().state == "succeeded"


def test_a_viewer_sees_the_page_and_changes_nothing(cast, viewer_client, leads):
    url = f"/data/{leads.uuid}/reading/"
    page = viewer_client.get(url)
    assert "Käufer 1" in page.text
    assert 'value="read"' not in page.text
    assert viewer_client.post(url, {"step": "read"}).status_code in (403, 404)


def test_the_first_rows_are_read_once(owner_client, leads, monkeypatch):
    from upshot.tables import safely

    url = f"/data/{leads.uuid}/reading/"
    assert "Käufer 1" in owner_client.get(url).text

    def read_again(*_args, **_named):
        raise AssertionError("The file was read at another view.")

    monkeypatch.setattr(safely, "preview_in_child", read_again)
    assert "Käufer 1" in owner_client.get(url).text
