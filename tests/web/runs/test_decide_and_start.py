"""The checklist: a leak suspect is never dropped and never kept silently."""

from __future__ import annotations

import copy

from upshot.web.runs.models import Run


def decide(client, question, decision, *columns):
    return client.post(
        f"/questions/{question.uuid}/decide/", {"decision": decision, "column": list(columns)}
    )


def start(client, question, effort="quick"):
    return client.post(f"/questions/{question.uuid}/start/", {"effort": effort})


def page_of(client, question):
    return client.get(f"/questions/{question.uuid}/").content.decode()


def test_suspects_are_shown_with_evidence_and_consequence(owner_client, question):
    page = page_of(owner_client, question)
    assert "tells it all" in page
    assert "New rows will be scored wrongly." in page
    assert "Ignore this column" in page
    assert "Keep it: it is known in advance" in page


def test_learning_waits_for_every_decision(owner_client, question):
    assert "disabled" in page_of(owner_client, question)
    start(owner_client, question)
    decide(owner_client, question, "ignore", "visits")
    start(owner_client, question)
    assert not Run.objects.exists()
    decide(owner_client, question, "keep", "plan")
    response = start(owner_client, question)
    run = Run.objects.get()
    assert response.url == f"/runs/{run.uuid}/"
    assert run.choice["ignore"] == ["visits"]
    question.refresh_from_db()
    assert question.decisions == {"visits": "ignore", "plan": "keep"}


def test_all_suspects_can_be_ignored_at_once(owner_client, question):
    decide(owner_client, question, "ignore", "visits", "plan")
    assert "Start learning" in page_of(owner_client, question)
    start(owner_client, question)
    assert sorted(Run.objects.get().choice["ignore"]) == ["plan", "visits"]


def test_a_decision_can_be_taken_back(owner_client, question):
    decide(owner_client, question, "ignore", "visits")
    decide(owner_client, question, "open", "visits")
    question.refresh_from_db()
    assert question.decisions == {}


def test_only_suspects_are_decided_on(owner_client, question):
    decide(owner_client, question, "ignore", "bought", "no such")
    question.refresh_from_db()
    assert question.decisions == {}


def test_a_blocker_stops_the_road(owner_client, question):
    readiness = copy.deepcopy(question.readiness)
    readiness["leak_suspects"] = []
    readiness["blockers"] = [
        {
            "code": "too-few-rows",
            "message": "Only 12 rows.",
            "column": None,
            "remedy": "Add 8 more.",
            "level": "blocker",
        }
    ]
    question.readiness = readiness
    question.save()
    page = page_of(owner_client, question)
    assert "Only 12 rows." in page
    assert "Add 8 more." in page
    start(owner_client, question)
    assert not Run.objects.exists()


def test_the_effort_can_still_be_changed(owner_client, question):
    decide(owner_client, question, "ignore", "visits", "plan")
    start(owner_client, question, effort="thorough")
    assert Run.objects.get().effort == "thorough"


def test_changing_the_question_keeps_what_was_filled_in(owner_client, question):
    page = page_of(owner_client, question)
    assert "?target=bought&amp;positive=yes&amp;effort=quick" in page
    assert '<input type="hidden" name="value" value="joined">' in page


def test_a_viewer_does_not_decide_or_start(viewer_client, question):
    assert viewer_client.get(f"/questions/{question.uuid}/").status_code == 200
    assert decide(viewer_client, question, "ignore", "visits").status_code == 403
    assert start(viewer_client, question).status_code == 403


def test_a_column_that_is_ignored_is_not_counted_as_one_to_learn_from(owner_client, question):
    assert "3 columns to learn from" in page_of(owner_client, question)
    decide(owner_client, question, "ignore", "visits", "plan")
    assert "1 column to learn from" in page_of(owner_client, question)


def start_with(client, question, **wishes):
    decide(client, question, "keep", "visits", "plan")
    return client.post(f"/questions/{question.uuid}/start/", {"effort": "quick", **wishes})


def test_the_kind_of_model_and_directions_are_kept_with_the_run(owner_client, question):
    assert "Which model do you want?" in page_of(owner_client, question)
    start_with(owner_client, question, model="fast", rising=["visits"])
    choice = Run.objects.get().choice
    assert (choice["fast"], choice["simple"]) == (True, False)
    assert (choice["rising"], choice["falling"]) == (["visits"], [])


def test_without_a_wish_the_best_model_is_learned(owner_client, question):
    start_with(owner_client, question)
    choice = Run.objects.get().choice
    assert not any(choice[part] for part in ("fast", "simple", "rising", "falling"))


def test_a_number_cannot_act_both_ways(owner_client, question):
    start_with(owner_client, question, rising=["visits"], falling=["visits"])
    assert not Run.objects.exists()
    assert "State one direction" in page_of(owner_client, question)


def test_only_numbers_that_are_learned_from_have_a_direction(owner_client, question):
    start_with(owner_client, question, rising=["plan"])
    assert not Run.objects.exists()
