"""Stored events become what the learning page says."""

from __future__ import annotations

import pytest

from upshot.explaining import measures
from upshot.learning.events import CandidateFinished, FirstAnswer, StageStarted
from upshot.web.runs import words
from upshot.web.runs.progress import event_from_json, event_to_json, progress_of


def candidate(number: int, score: float | None, state: str = "done", **more) -> CandidateFinished:
    return CandidateFinished(
        number=number,
        name=f"candidate-{number}",
        family="linear",
        summary="A straight-line model",
        state=state,
        metric="auc",
        score=score,
        best_score=score,
        ensemble_score=None,
        seconds=0.5,
        elapsed=2.0 * number,
        remaining=10.0 - 2.0 * number,
        **{"told_metric": "top_decile_lift", "told": 4 * (score or 0), "told_best": 3.5, **more},
    )


def stored(*events) -> list[dict]:
    return [event_to_json(event) for event in events]


def test_an_event_survives_storage():
    event = candidate(1, 0.8)
    assert event_from_json(event_to_json(event)) == event


def test_an_unknown_event_is_passed_over():
    assert event_from_json({"type": "FromTheFuture", "x": 1}) is None
    assert progress_of([{"type": "FromTheFuture"}]).stage == "Waiting for a free worker"


def test_before_any_event_nothing_is_claimed():
    progress = progress_of([])
    assert (progress.percent, progress.points, progress.first_answer) == (0, (), "")


def test_stage_time_and_best_follow_the_events():
    progress = progress_of(
        stored(
            StageStarted("searching", 1.0, 9.0),
            candidate(1, 0.70),
            candidate(2, 0.65),
            candidate(3, 0.81),
        )
    )
    assert progress.stage == "Trying out ways to predict"
    assert progress.percent == 60
    assert progress.remaining == 4.0
    assert [(round(point[2], 2), point[3]) for point in progress.points] == [
        (2.8, 3.5), (2.6, 3.5), (3.24, 3.5)
    ]  # fmt: skip
    assert [row.score for row in progress.tried] == ["3.2 times", "2.6 times", "2.8 times"]
    assert progress.best == "its top tenth holds 3.5 times as many hits as one picked at random"
    assert progress.unit.startswith("Times as many hits")
    assert [row.number for row in progress.tried] == [3, 2, 1]
    assert [row.is_best for row in progress.tried] == [True, False, False]


def test_a_failed_candidate_is_shown_with_its_reason():
    progress = progress_of(stored(candidate(1, None, "failed", reason="Out of memory.", told=None)))
    (row,) = progress.tried
    assert (row.state_words, row.reason, row.score) == ("did not work", "Out of memory.", "")


def test_the_first_answer_is_provisional():
    progress = progress_of(stored(FirstAnswer("auc", 0.8, 0.5, 3.0)))
    assert progress.first_answer.startswith("There is something to learn here")
    nothing = progress_of(stored(FirstAnswer("auc", 0.5, 0.5, 3.0)))
    assert "nothing beats a plain guess" in nothing.first_answer


def test_percent_never_says_done_while_learning():
    progress = progress_of(stored(StageStarted("saving", 10.0, 0.0)))
    assert progress.percent == 99


@pytest.mark.parametrize(
    ("score", "best", "expected"),
    [
        (-0.5, -0.5, "best"),
        (-0.504, -0.5, "as good as the best"),
        (-0.55, -0.5, "10 % behind"),
        (-5.0, -0.5, "far behind"),
        (None, -0.5, ""),
    ],
)
def test_a_candidate_is_told_beside_the_best(score, best, expected):
    assert words.behind_words(score, best) == expected


def test_events_of_an_earlier_release_claim_no_figure():
    event = {
        "type": "CandidateFinished", "number": 1, "name": "c1", "family": "linear", "summary": "",
        "state": "done", "metric": "log_loss", "score": -0.5, "best_score": -0.5,
        "ensemble_score": None, "seconds": 1.0, "elapsed": 1.0, "remaining": 5.0, "reason": "",
    }  # fmt: skip
    progress = progress_of([event])
    assert (progress.best, progress.points, progress.tried[0].score) == ("", (), "")


def test_every_model_family_has_plain_words():
    from upshot.learning.models import FAMILIES

    assert all(words.family_words(family) for family in FAMILIES)


def test_every_figure_of_a_search_has_words_and_a_chart():
    from upshot.learning.telling import PLAINEST

    for metric in PLAINEST.values():
        assert metric.name in words.CHART_UNITS
        assert measures.label(metric.name)
