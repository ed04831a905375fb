"""A column that leaves something open asks, one click answers, and the values follow."""

from __future__ import annotations

import pytest

from tests.web.conftest import upload_of
from upshot.web.datasets.models import Dataset

ROWS = (
    f"{1 + i * 5 % 12:02d}/{1 + i * 7 % 12:02d}/2024,0{i % 9}:{10 + i % 50},{'SML'[i % 3]},{i}\n"
    for i in range(60)
)
FILE = "when,took,size,note\n" + "".join(ROWS)


@pytest.fixture
def asking(owner_client, run_jobs):
    """A data set whose dates and durations can be read two ways."""
    owner_client.post("/data/new/", {"file": upload_of(FILE.encode())})
    run_jobs()
    return Dataset.objects.get()


def page(client, dataset):
    return client.get(f"/data/{dataset.uuid}/").content.decode()


def column(dataset, name):
    dataset.refresh_from_db()
    return next(c for c in dataset.current.schema["columns"] if c["name"] == name)


def test_the_card_asks_with_two_buttons(owner_client, asking):
    shown = page(owner_client, asking)
    assert "in this column" in shown
    assert "can be read two ways" in shown
    assert "Until you say so, we read it as" in shown
    assert 'value="day-first"' in shown
    assert 'value="month-first"' in shown
    assert "We read an order in these values: S &lt; M &lt; L." in shown
    assert "how high it stands in the order" in shown


def test_one_click_answers_and_reads_the_column_anew(owner_client, asking, run_jobs):
    data = {"column": "when", "question": "date-order", "answer": "day-first", "position": "1"}
    response = owner_client.post(f"/data/{asking.uuid}/answer/", data)
    assert response.url.endswith("#column-1")
    assert column(asking, "when")["date"] == {"patterns": ["%d/%m/%Y"], "ambiguous": False}
    assert asking.current.pending == "when"
    run_jobs()
    shown = page(owner_client, asking)
    assert "can be read two ways" not in shown
    assert "You said: " in shown
    assert 'value="month-first"' in shown
    assert 'value="day-first"' not in shown
    owner_client.post(f"/data/{asking.uuid}/undo/", {"column": "when"})
    assert column(asking, "when")["date"]["ambiguous"] is True


def test_nonsense_is_no_answer(owner_client, asking):
    for data in (
        {"column": "when", "question": "date-order", "answer": "perhaps"},
        {"column": "when", "question": "no-such", "answer": "day-first"},
        {"column": "no such", "question": "date-order", "answer": "day-first"},
    ):
        assert owner_client.post(f"/data/{asking.uuid}/answer/", data).status_code == 302
    assert Dataset.objects.get().current.number == 1


def test_a_viewer_reads_the_question_but_cannot_answer(viewer_client, asking):
    assert "in this column" in page(viewer_client, asking)
    data = {"column": "when", "question": "date-order", "answer": "day-first"}
    assert viewer_client.post(f"/data/{asking.uuid}/answer/", data).status_code == 403
