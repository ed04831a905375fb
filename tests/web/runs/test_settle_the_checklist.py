"""The checklist before learning says how each point stands; a click settles it or takes it back."""

from __future__ import annotations

import pytest

from tests.web.conftest import csv_of, upload_of
from upshot.web.datasets.models import Dataset
from upshot.web.runs.models import Question


def amend(client, question, part, value=""):
    form = {"part": part, "value": value}
    return client.post(f"/questions/{question.uuid}/amend/", form)


def page_of(client, question):
    return client.get(f"/questions/{question.uuid}/").content.decode()


@pytest.fixture
def asked(cast, owner_client, run_jobs):
    """A question of a file with a date and a customer's name, checked for real."""
    people = ("Ann Lee", "Bo Hill", "Cy Moss", "Di Ford", "Ed Park")
    header, *rows = csv_of(120, "visits,plan,created,spent,bought").decode().split("\n")
    named = [f"{row},{people[at % 5]}" for at, row in enumerate(rows)]
    content = "\n".join([f"{header},Customer name", *named]) + "\n"
    owner_client.post("/data/new/", {"file": upload_of(content.encode())})
    run_jobs()
    dataset = Dataset.objects.get()
    owner_client.post(
        f"/data/{dataset.uuid}/question/",
        {"target": "bought", "positive": "yes", "effort": "quick"},
    )
    run_jobs()
    return Question.objects.get()


def test_the_checklist_says_how_every_point_stands(owner_client, asked):
    page = page_of(owner_client, asked)
    for said in (
        "120 rows with a known outcome",
        "80 rows say “no” (66.7 %)",
        "columns to learn from",
        "1 column of personal data is kept out",
        "Judge by this date",
    ):
        assert said in page


def test_a_date_is_chosen_with_one_click_and_taken_back_with_another(owner_client, asked, run_jobs):
    response = amend(owner_client, asked, "date", "created")
    assert response.url == f"/questions/{asked.uuid}/"
    asked.refresh_from_db()
    assert (asked.choice["date"], asked.readiness) == ("created", None)
    assert run_jobs().state == "succeeded"
    assert "Judged by the date in “created”" in page_of(owner_client, asked)
    amend(owner_client, asked, "date", "")
    run_jobs()
    asked.refresh_from_db()
    assert asked.choice["date"] is None
    assert "Judge by this date" in page_of(owner_client, asked)


def test_personal_data_is_let_in_where_the_question_says_so(owner_client, asked, run_jobs):
    page = owner_client.get(f"/data/{asked.dataset.uuid}/question/").content.decode()
    assert "Let personal data into the model" in page
    assert "You must be allowed to use them for this." in page
    owner_client.post(
        f"/data/{asked.dataset.uuid}/question/",
        {"target": "bought", "positive": "yes", "effort": "quick", "keep_personal": "on"},
    )
    assert run_jobs().state == "succeeded"
    question = Question.objects.exclude(pk=asked.pk).get()
    assert question.choice["keep_personal"] is True
    assert "Customer name" in question.readiness["facts"]["features"]
    page = page_of(owner_client, question)
    assert "Personal data is let into the model" in page
    assert "&amp;keep_personal=on" in page
    amend(owner_client, question, "keep_personal", "")
    run_jobs()
    question.refresh_from_db()
    assert "Customer name" not in question.readiness["facts"]["features"]


def test_data_without_personal_columns_offers_no_such_switch(owner_client, dataset):
    page = owner_client.get(f"/data/{dataset.uuid}/question/").content.decode()
    assert "Let personal data into the model" not in page


def test_data_corrected_after_the_check_is_checked_again(owner_client, asked, run_jobs):
    owner_client.post(f"/data/{asked.dataset.uuid}/ignore/", {"column": "plan", "ignored": "on"})
    assert "You corrected the data after this check" in page_of(owner_client, asked)
    amend(owner_client, asked, "data", "current")
    run_jobs()
    asked.refresh_from_db()
    assert "plan" not in asked.readiness["facts"]["features"]
    assert "You corrected the data after this check" not in page_of(owner_client, asked)


@pytest.mark.parametrize(
    ("part", "value"), [("date", "no such"), ("group", "bought"), ("target", "plan"), ("", "")]
)
def test_nonsense_is_passed_over(owner_client, asked, part, value):
    amend(owner_client, asked, part, value)
    before = (asked.choice, asked.readiness)
    asked.refresh_from_db()
    assert (asked.choice, asked.readiness) == before


def test_a_viewer_settles_nothing(viewer_client, asked):
    assert "Judge by this date" not in page_of(viewer_client, asked)
    assert amend(viewer_client, asked, "date", "created").status_code == 403


def test_whole_numbers_are_taken_as_amounts_or_labels_with_one_click(cast, owner_client, run_jobs):
    rows = "\n".join(f"{at % 3},{at * 7 % 50},{at % 5}" for at in range(200))
    owner_client.post("/data/new/", {"file": upload_of(f"visits,spent,segment\n{rows}\n".encode())})
    run_jobs()
    dataset = Dataset.objects.get()
    owner_client.post(f"/data/{dataset.uuid}/question/", {"target": "segment", "effort": "quick"})
    run_jobs()
    question = Question.objects.get()
    assert "taken as labels" in page_of(owner_client, question)
    amend(owner_client, question, "question", "how_much")
    assert run_jobs().state == "succeeded"
    question.refresh_from_db()
    assert (question.choice["question"], question.choice["question_told"]) == ("how_much", True)
    assert "Ask which one" in page_of(owner_client, question)
    amend(owner_client, question, "question", "who_will")
    question.refresh_from_db()
    assert question.choice["question"] == "how_much"
