"""A person's own rule, entered on the answer page and judged on the rows set aside."""

from __future__ import annotations

import numpy as np
import pytest

from upshot.explaining.held_out import HeldOut
from upshot.web.runs.models import HeldOutRows

LINE = {"rule0-column": "visits", "rule0-comparison": ">", "rule0-value": "6"}


@pytest.fixture
def run(finished_run):
    """A finished run of the shop: 30 of its 60 rows were set aside."""
    rows = np.arange(0, 60, 2)
    target = (rows % 3 == 2).astype(float)
    held = HeldOut(rows, target, np.where(target == 1, 0.8, 0.1) + rows / 1000)
    HeldOutRows.objects.create(run=finished_run, packed=held.to_bytes())
    return finished_run


def page_of(client, run) -> str:
    return client.get(f"/runs/{run.uuid}/").content.decode()


def test_the_answer_page_asks_for_a_rule(owner_client, run):
    page = page_of(owner_client, run)
    assert "We contact everyone where" in page
    assert 'name="rule2-column"' in page


def test_a_rule_is_judged_and_kept_with_the_run(owner_client, run):
    response = owner_client.post(f"/runs/{run.uuid}/rule/", LINE)
    assert response.url == f"/runs/{run.uuid}/#rule"
    run.refresh_from_db()
    rule = run.answer["rule"]
    assert rule["contacted"] == sum(3 + row % 7 > 6 for row in range(0, 60, 2))
    assert rule["better"] == "model"
    page = page_of(owner_client, run)
    assert "reached by your rule" in page
    assert "your rule" in run.charts["gains"]["svg"]


def test_a_rule_can_be_taken_away(owner_client, run):
    before = run.verdict
    owner_client.post(f"/runs/{run.uuid}/rule/", LINE)
    owner_client.post(f"/runs/{run.uuid}/rule/forget/")
    run.refresh_from_db()
    assert run.answer["rule"] is None
    assert run.verdict == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rule0-value": "many"}, "holds numbers"),
        ({"rule0-value": ""}, "Enter a value"),
        ({"rule0-column": ""}, "Choose a column"),
    ],
)
def test_a_rule_that_cannot_be_judged_is_explained(owner_client, run, changes, words):
    response = owner_client.post(f"/runs/{run.uuid}/rule/", {**LINE, **changes})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_run_that_kept_no_rows_asks_for_no_rule(owner_client, finished_run):
    assert "We contact everyone where" not in page_of(owner_client, finished_run)
    assert owner_client.get(f"/runs/{finished_run.uuid}/rule/").status_code == 302


def test_the_slider_says_how_many_are_reached_and_what_they_earn(owner_client, finished_run):
    page = owner_client.get(
        f"/runs/{finished_run.uuid}/",
        {"share": "30", "cost": "1", "value": "20", "people": "1000", "capacity": "100"},
    ).content.decode()
    assert "The top 30 % are 300 of 1,000." in page
    assert "all contacts cost" in page
    assert "100 contacts set the limit" in page
