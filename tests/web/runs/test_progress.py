"""Stored events become what the learning page says."""

from __future__ import annotations

import pytest

from upshot.learning.events import CandidateFinished, FirstAnswer, StageStarted
from upshot.learning.outcome import Interval
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
        **more,
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
    assert [round(point[3], 1) for point in progress.points] == [0.0, 0.0, 15.7]
    assert [row.score for row in progress.tried] == ["best", "20 % behind", "14 % behind"]
    assert [row.number for row in progress.tried] == [3, 2, 1]
    assert [row.is_best for row in progress.tried] == [True, False, False]


def test_a_failed_candidate_is_shown_with_its_reason():
    progress = progress_of(stored(candidate(1, None, "failed", reason="Out of memory.")))
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


@pytest.mark.parametrize("metric", sorted(words.METRICS))
def test_every_metric_has_words(metric):
    assert words.metric_label(metric)
    assert words.metric_help(metric).endswith((".", ".)"))
    assert words.score_words(metric, 0.5)
    assert words.score_words(metric, -0.5, short=True)


def test_an_interval_reads_as_a_range():
    assert (
        words.interval_words("auc", Interval(0.812, 0.79, 0.831))
        == "81.2 of 100, probably between 79.0 and 83.1"
    )
    assert words.interval_words("auc", Interval(0.812)) == "81.2 of 100"


def test_an_unknown_metric_is_still_shown():
    assert words.score_words("new_metric", 0.5) == "new metric 0.500"


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


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1234567.8, "1,234,568"), (12.34, "12.3"), (1.234, "1.23"), (0.01, "0.0100")],
)
def test_amounts_show_no_more_digits_than_they_mean(value, expected):
    assert words.amount(value) == expected


def test_the_gain_over_the_first_attempt_is_told_once_it_counts():
    def event(number: int, score: float) -> dict[str, object]:
        return {
            "type": "CandidateFinished", "number": number, "name": f"c{number}", "family": "linear",
            "summary": "", "state": "done", "metric": "log_loss", "score": score,
            "best_score": score, "ensemble_score": None, "seconds": 1.0, "elapsed": float(number),
            "remaining": 5.0, "reason": "",
        }  # fmt: skip

    assert progress_of([event(1, -0.5)]).gained == ""
    told = progress_of([event(1, -0.5), event(2, -0.45)]).gained
    assert told == "The best so far is 10 % better than the first attempt."
