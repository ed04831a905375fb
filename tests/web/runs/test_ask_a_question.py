"""The question as a sentence with blanks."""

from __future__ import annotations

import re

from upshot.web.datasets.models import Dataset
from upshot.web.runs.models import Question
from web.conftest import upload_of


def ask(client, dataset, **data):
    given = {"target": "bought", "positive": "yes", "effort": "quick", **data}
    return client.post(f"/data/{dataset.uuid}/question/", given)


def selected(page: str, name: str) -> str:
    block = re.search(rf'<select name="{name}".*?</select>', page, re.S).group(0)
    return re.search(r'value="([^"]*)"[^>]* selected', block).group(1)


def test_the_best_suggestion_is_filled_in_with_its_reason(owner_client, dataset):
    page = owner_client.get(f"/data/{dataset.uuid}/question/").content.decode()
    assert selected(page, "target") == "bought"
    assert selected(page, "positive") == "yes"
    assert "Why this column?" in page


def test_another_target_changes_the_sentence_without_a_script(owner_client, dataset):
    page = owner_client.get(f"/data/{dataset.uuid}/question/", {"target": "spent"}).content.decode()
    assert "How much" in page
    assert 'name="positive"' not in page
    page = owner_client.get(f"/data/{dataset.uuid}/question/", {"target": "plan"}).content.decode()
    assert "Which one" in page
    assert selected(page, "positive") == ""


def test_what_was_filled_in_stays(owner_client, dataset):
    filled = {"target": "bought", "positive": "no", "date": "joined", "effort": "thorough"}
    page = owner_client.get(f"/data/{dataset.uuid}/question/", filled).content.decode()
    assert selected(page, "positive") == "no"
    assert selected(page, "date") == "joined"
    assert re.search(r'value="thorough" checked', page)


def test_a_column_cannot_play_two_parts_and_nothing_typed_is_lost(owner_client, dataset):
    response = ask(owner_client, dataset, target="plan", positive="", group="plan")
    page = response.content.decode()
    assert response.status_code == 422
    assert "must be different columns" in page
    assert selected(page, "group") == "plan"
    assert not Question.objects.exists()


def test_a_column_that_does_not_exist_is_refused(owner_client, dataset):
    assert ask(owner_client, dataset, target="no such").status_code == 422
    assert owner_client.get(f"/data/{dataset.uuid}/question/?target=%00").status_code == 200


def test_the_check_words_the_question_and_finds_leaks(owner_client, dataset, run_jobs):
    response = ask(owner_client, dataset)
    question = Question.objects.get()
    assert response.url == f"/questions/{question.uuid}/"
    assert 'id="live"' in owner_client.get(response.url).content.decode()
    assert run_jobs().state == "succeeded"
    question.refresh_from_db()
    assert question.title.startswith("Who will")
    assert question.choice["question"] == "who_will"
    assert {item["column"] for item in question.readiness["leak_suspects"]} == {"plan"}


def test_a_question_that_does_not_fit_says_so_and_can_be_changed(owner_client, dataset, run_jobs):
    response = ask(owner_client, dataset, date="joined", group="plan")
    question = Question.objects.get()
    question.choice = {**question.choice, "target": "gone"}
    question.save()
    assert run_jobs().state == "failed"
    page = owner_client.get(response.url).content.decode()
    assert "has no column" in page
    assert "Change the question" in page


def test_a_viewer_reads_but_does_not_ask(viewer_client, dataset):
    assert viewer_client.get(f"/data/{dataset.uuid}/question/").status_code == 200
    assert ask(viewer_client, dataset).status_code == 403


def test_a_data_set_being_read_cannot_be_asked(cast, owner_client):
    from upshot.web.datasets.models import Dataset

    waiting = Dataset.objects.create(workspace=cast.workspace, name="x", original_name="x.csv")
    response = owner_client.get(f"/data/{waiting.uuid}/question/")
    assert response.url == f"/data/{waiting.uuid}/"


def test_a_column_that_says_what_people_do_words_the_question(owner_client, run_jobs):
    rows = [f"{n},{n % 4 == 0:d}" for n in range(80)]
    content = "\n".join(["visits,Churn", *rows]).encode()
    owner_client.post("/data/new/", {"file": upload_of(content, "clients.csv")})
    assert run_jobs().state == "succeeded"
    dataset = Dataset.objects.get(original_name="clients.csv")
    page = owner_client.get(f"/data/{dataset.uuid}/question/").content.decode()
    assert '<span class="sentence__question">Who will leave?</span>' in page
    assert "means yes." in page
