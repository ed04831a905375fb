"""What is found in the data comes with one click that mends it, and one that takes it back."""

from __future__ import annotations

import pytest

from tests.web.conftest import upload_of
from upshot.jsonable import from_jsonable
from upshot.tables.findings import Finding
from upshot.tables.remedies import REMEDIES
from upshot.tables.schema import Schema
from upshot.web.datasets.models import Dataset
from upshot.web.datasets.remedy_words import REMEDY_WORDS
from upshot.web.datasets.tasks import load_table

ROWS = [
    f"A-{100 + row * 3},{['Berlin', 'Rome'][row // 3 % 2]},{-3 if row == 7 else 20 + row % 40},"
    f"{['x', 'unknown'][row // 2 % 2]},{['y', 'unknown', 'z'][row % 3]},{['yes', 'no'][row % 2]}"
    for row in range(80)
]
ROWS[8] = ROWS[8].replace("Berlin", "berlin ")
CONTENT = "order_id,city,age,plan,place,bought\n" + "\n".join([*ROWS, ROWS[5]]) + "\n"


@pytest.fixture
def found(cast, owner_client, run_jobs):
    owner_client.post("/data/new/", {"file": upload_of(CONTENT.encode())})
    assert run_jobs().state == "succeeded"
    return Dataset.objects.get()


def current(dataset):
    return Dataset.objects.select_related("current").get(pk=dataset.pk).current


def schema_of(dataset):
    return from_jsonable(current(dataset).schema, Schema)


def key_of(dataset, code):
    findings = [from_jsonable(item, Finding) for item in current(dataset).findings]
    return next(finding.key for finding in findings if finding.code == code)


def mend(client, dataset, code, **data):
    form = {"finding": key_of(dataset, code), "offer": 0, **data}
    return client.post(f"/data/{dataset.uuid}/remedy/", form)


def page(client, dataset):
    return client.get(f"/data/{dataset.uuid}/").content.decode()


def test_findings_are_grouped_with_their_consequence_and_a_button(owner_client, found):
    shown = page(owner_client, found)
    assert shown.index("Mend first") < shown.index("Only you can tell")
    assert "writes one value in several ways: &#x27;Berlin&#x27;, &#x27;berlin&#x27;" in shown
    assert "See row 10 of the file." in shown
    assert "A wrong number misleads more than a missing one" in shown
    for button in ("Read them as one", "Learn from each once", "Treat as missing"):
        assert f">{button}</button>" in shown
    assert "5 findings wait for you" in shown
    assert f'<a href="#finding-{key_of(found, "variants")}">We noticed something here</a>' in shown


def test_leaving_rows_out_needs_no_second_look_and_is_undone(owner_client, found, run_jobs):
    response = mend(owner_client, found, "repeats")
    assert response.url.endswith(f"#finding-{key_of(found, 'repeats')}")
    assert [rule.what for rule in schema_of(found).row_rules] == ["repeats"]
    assert run_jobs() is None
    shown = page(owner_client, found)
    assert "Rows that repeat an earlier one are left out of learning." in shown
    assert "4 findings wait for you" in shown
    assert load_table(current(found)).for_learning.rows == 80
    mend(owner_client, found, "repeats", undo="on")
    assert schema_of(found).row_rules == ()
    assert "5 findings wait for you" in page(owner_client, found)


def test_a_mended_column_is_looked_at_again_and_can_still_be_undone(owner_client, found, run_jobs):
    mend(owner_client, found, "variants")
    assert run_jobs().state == "succeeded"
    profile = {item["name"]: item for item in current(found).profile["columns"]}
    assert profile["city"]["distinct"] == 2
    mend(owner_client, found, "impossible")
    run_jobs()
    shown = page(owner_client, found)
    assert "“city” is read as “Berlin”, however it is written." in shown
    assert "Such numbers in “age” count as missing." in shown
    mend(owner_client, found, "variants", undo="on")
    run_jobs()
    assert schema_of(found).column("city").merged == ()
    assert schema_of(found).column("age").plausible is not None
    assert ">Read them as one</button>" in page(owner_client, found)


def test_one_click_treats_all_suspects_as_missing(owner_client, found, run_jobs):
    shown = page(owner_client, found)
    assert ">Treat all 2 as missing</button>" in shown
    notes = [at for at, note in enumerate(found.notes) if note["code"] == "missing-suspect"]
    before = current(found).number
    owner_client.post(f"/data/{found.uuid}/remedy/", {"note": notes})
    assert current(found).number == before + 1
    marked = {name: schema_of(found).column(name).marked_missing for name in ("plan", "place")}
    assert marked == {"plan": ("unknown",), "place": ("unknown",)}
    run_jobs()
    assert "Treat all" not in page(owner_client, found)


def test_the_last_change_is_undone_above_the_columns_too(owner_client, found):
    mend(owner_client, found, "repeats")
    owner_client.post(f"/data/{found.uuid}/undo/")
    assert schema_of(found).row_rules == ()


def test_a_viewer_reads_the_findings_and_changes_nothing(viewer_client, found):
    shown = page(viewer_client, found)
    assert "writes one value in several ways" in shown
    assert ">Read them as one</button>" not in shown
    assert mend(viewer_client, found, "variants").status_code == 403


@pytest.mark.parametrize(
    "data", [{"finding": "no such"}, {"finding": "x" * 900}, {"offer": 77}, {"offer": "x"}]
)
def test_nonsense_is_passed_over(owner_client, found, data):
    before = current(found)
    assert mend(owner_client, found, "repeats", **data).status_code == 302
    assert current(found) == before


def test_every_remedy_has_its_words():
    assert REMEDY_WORDS.keys() == REMEDIES.keys()
