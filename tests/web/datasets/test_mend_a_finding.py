"""A finding offers one step that mends it, and the step back; both are versions of the schema."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.conftest import upload_of
from upshot.web.datasets.models import Dataset

CONTENT = "age,job,bought\n" + "".join(
    f"{-1 if i % 4 == 0 else 20 + i % 40},{['clerk', 'unknown', 'nurse'][i % 3]},"
    f"{['yes', 'no'][i % 2]}\n"
    for i in range(60)
)


@pytest.fixture
def suspects(cast, owner_client, run_jobs):
    owner_client.post("/data/new/", {"file": upload_of(CONTENT.encode())})
    run_jobs()
    return Dataset.objects.get()


def current(dataset):
    return Dataset.objects.select_related("current").get(pk=dataset.pk).current


def marked(dataset, name):
    columns = current(dataset).schema["columns"]
    return next(column["marked_missing"] for column in columns if column["name"] == name)


def place(dataset, column):
    notes = enumerate(dataset.notes)
    return next(at for at, note in notes if note["offer"] and note["offer"]["column"] == column)


def mend(client, dataset, column, **data):
    return client.post(f"/data/{dataset.uuid}/remedy/", {"note": place(dataset, column), **data})


def page(client, dataset):
    return client.get(f"/data/{dataset.uuid}/").content.decode()


def test_one_click_marks_the_value_and_looks_again(owner_client, suspects, run_jobs):
    assert page(owner_client, suspects).count(">Treat as missing</button>") == 2
    response = mend(owner_client, suspects, "age")
    assert response.url.endswith(f"#finding-{place(suspects, 'age')}")
    assert marked(suspects, "age") == ["-1"]
    assert run_jobs().state == "succeeded"
    profile = {item["name"]: item for item in current(suspects).profile["columns"]}
    assert profile["age"]["missing"] == 15
    shown = page(owner_client, suspects)
    assert "“-1” in “age” counts as missing." in shown
    assert "“-1” counts as missing." in shown
    assert shown.count(">Treat as missing</button>") == 1


def test_undo_goes_back_to_the_version_before(owner_client, suspects):
    before = current(suspects)
    mend(owner_client, suspects, "age")
    mend(owner_client, suspects, "age", undo="on")
    assert current(suspects) == before


def test_undo_leaves_later_corrections_alone(owner_client, suspects, run_jobs):
    mend(owner_client, suspects, "age")
    mend(owner_client, suspects, "job")
    mend(owner_client, suspects, "age", undo="on")
    assert (marked(suspects, "age"), marked(suspects, "job")) == ([], ["unknown"])
    assert [change["column"] for change in current(suspects).schema["changes"]] == ["job"]
    run_jobs()
    version = current(suspects)
    profile = {item["name"]: item["missing"] for item in version.profile["columns"]}
    assert (version.pending, profile["age"], profile["job"]) == ("", 0, 20)


def test_the_card_of_a_column_undoes_its_last_correction(owner_client, suspects, run_jobs):
    owner_client.post(f"/data/{suspects.uuid}/kind/", {"column": "age", "kind": "category"})
    owner_client.post(f"/data/{suspects.uuid}/ignore/", {"column": "job", "ignored": "on"})
    assert "Undo what you said about age" in page(owner_client, suspects)
    owner_client.post(f"/data/{suspects.uuid}/undo/", {"column": "age", "position": "1"})
    run_jobs()
    version = current(suspects)
    columns = {column["name"]: column for column in version.schema["columns"]}
    assert (columns["age"]["kind"], columns["job"]["ignored"]) == ("number", True)
    assert version.pending == ""
    assert "Undo what you said about" not in page(owner_client, suspects)


def test_ignoring_while_a_look_is_under_way_does_not_wait_for_ever(
    owner_client, suspects, run_jobs
):
    mend(owner_client, suspects, "age")
    owner_client.post(f"/data/{suspects.uuid}/ignore/", {"column": "job", "ignored": "on"})
    run_jobs()
    assert current(suspects).pending == ""


def test_a_column_filled_after_the_outcome_is_ignored_with_one_click(owner_client, suspects):
    note = {"code": "after-outcome", "message": "`job` comes late.", "level": "warning"}
    offer = {"action": "ignore", "column": "job", "values": []}
    suspects.notes = [{**note, "column": "job", "remedy": "Leave it out.", "offer": offer}]
    suspects.save()
    assert "Ignore this column" in page(owner_client, suspects)
    mend(owner_client, suspects, "job")
    assert "“job” is ignored." in page(owner_client, suspects)
    mend(owner_client, suspects, "job", undo="on")
    assert "Ignore this column" in page(owner_client, suspects)


def test_a_viewer_sees_the_finding_but_no_button(owner_client, viewer_client, suspects):
    mend(owner_client, suspects, "age")
    shown = page(viewer_client, suspects)
    assert "which may mean not answered" in shown
    assert "“-1” in “age” counts as missing." in shown
    assert ">Treat as missing</button>" not in shown
    assert ">Undo</button>" not in shown
    assert mend(viewer_client, suspects, "job").status_code == 403
    assert marked(suspects, "job") == []


def test_a_foreign_page_cannot_press_the_button(cast, suspects):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.owner)
    assert mend(strict, suspects, "age").status_code == 403


@pytest.mark.parametrize("note", ["", "-1", "x", "999999", "9" * 40])
def test_nonsense_is_passed_over(owner_client, suspects, note):
    before = current(suspects)
    response = owner_client.post(f"/data/{suspects.uuid}/remedy/", {"note": note})
    assert response.status_code == 302
    assert current(suspects) == before
    response = owner_client.post(f"/data/{suspects.uuid}/undo/", {"column": "no such"})
    assert current(suspects) == before


def test_notes_stored_before_remedies_existed_still_show(owner_client, suspects):
    suspects.notes = [{key: note[key] for key in ("code", "message")} for note in suspects.notes]
    suspects.save()
    assert ">Treat as missing</button>" not in page(owner_client, suspects)
