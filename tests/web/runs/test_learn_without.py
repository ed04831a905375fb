"""A result too good to be true leads to one click: the same again without the column in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from upshot.jsonable import to_jsonable
from upshot.web.runs.models import Run
from web.conftest import made_up_answer


@pytest.fixture
def doubted_run(finished_run):
    answer = made_up_answer()
    doubted = replace(answer, verdict=replace(answer.verdict, suspicious=True))
    finished_run.answer = to_jsonable(doubted)
    finished_run.save()
    return finished_run


def test_the_column_in_doubt_is_left_out_with_one_click(owner_client, doubted_run):
    page = owner_client.get(f"/runs/{doubted_run.uuid}/").content.decode()
    assert "Learn again without visits" in page
    owner_client.post(f"/runs/{doubted_run.uuid}/without/", {"column": "visits"})
    again = Run.objects.order_by("-pk").first()
    assert again.choice["ignore"] == [*doubted_run.choice.get("ignore", ()), "visits"]
    assert again.question == doubted_run.question


def test_a_column_that_was_not_learned_from_starts_nothing(owner_client, doubted_run):
    owner_client.post(f"/runs/{doubted_run.uuid}/without/", {"column": "no such column"})
    assert Run.objects.count() == 1


def test_a_good_result_offers_nothing_to_leave_out(owner_client, viewer_client, finished_run):
    page = owner_client.get(f"/runs/{finished_run.uuid}/").content.decode()
    assert "Learn again without" not in page


def test_a_viewer_sees_no_such_button(viewer_client, doubted_run):
    page = viewer_client.get(f"/runs/{doubted_run.uuid}/").content.decode()
    assert "Learn again without" not in page
