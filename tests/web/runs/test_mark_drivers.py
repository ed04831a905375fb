"""A person says which drivers can be changed; and the simple model is offered."""

from __future__ import annotations

from dataclasses import replace

from upshot.errors import Note
from upshot.jsonable import to_jsonable
from upshot.web.runs.models import Run
from web.conftest import made_up_answer


def test_a_mark_is_kept_shown_and_reported(owner_client, finished_run):
    response = owner_client.post(f"/runs/{finished_run.uuid}/mark/", {"d0": "fixed", "d1": "odd"})
    assert response.url.endswith("#drivers")
    finished_run.refresh_from_db()
    assert finished_run.marks == {"visits": "fixed"}
    page = owner_client.get(f"/runs/{finished_run.uuid}/").content.decode()
    assert "you cannot change it</span>" in page
    report = owner_client.get(f"/runs/{finished_run.uuid}/report/").content.decode()
    assert "You cannot change it" in report


def test_the_simple_model_is_offered_and_learned(owner_client, finished_run):
    note = Note("simple-is-enough", "A simple model is nearly as good.", level="info")
    answer = replace(made_up_answer(), warnings=(note,))
    finished_run.answer = to_jsonable(answer)
    finished_run.save()
    page = owner_client.get(f"/runs/{finished_run.uuid}/").content.decode()
    assert "Learn the simple model" in page
    owner_client.post(f"/runs/{finished_run.uuid}/simple/")
    again = Run.objects.order_by("-pk").first()
    assert again.choice["simple"] is True
    assert again.question == finished_run.question
