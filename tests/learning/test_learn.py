"""Learning as a whole, with a made-up pipeline that is instant and can be told to misbehave."""

from __future__ import annotations

import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from upshot.budget import Budget
from upshot.errors import Cancelled
from upshot.learning import evaluation, parts, pipeline, refit
from upshot.learning.candidate import Candidate
from upshot.learning.ensemble import FittedModel
from upshot.learning.events import CandidateFinished, FirstAnswer, StageStarted
from upshot.learning.glass_box import is_glass_box
from upshot.learning.learn import learn
from upshot.learning.recipe import Plan
from upshot.learning.state import State
from upshot.learning.task import TaskKind


class FakePipeline:
    """Looks at `visits` and the channel only; noise by family keeps candidates apart."""

    def __init__(self, figures, kind, iterations=10):
        self.figures, self.kind, self.iterations = np.asarray(figures, float), kind, iterations

    def predict(self, features):
        visits = np.nan_to_num(features["visits"].to_numpy(float), nan=3.0).clip(0, 8).astype(int)
        mail = (features["channel"] == "mail").to_numpy(int)
        return self.figures[visits, mail]

    def state(self):
        return State({"kind": str(self.kind)}, {"figures": self.figures})

    @classmethod
    def from_state(cls, state):
        return cls(state.arrays["figures"], state.values["kind"])


def _fit(candidate, train, valid, context):
    rng = np.random.default_rng(len(candidate.name) + context.seed)
    visits = np.nan_to_num(train.features["visits"].to_numpy(float), nan=3.0)
    visits = visits.clip(0, 8).astype(int)
    mail = (train.features["channel"] == "mail").to_numpy(int)
    kind, classes = train.task.kind, len(train.task.classes)
    outcome = np.eye(classes)[train.target] if classes else train.target[:, None]
    figures = np.zeros((9, 2, outcome.shape[1]))
    for place in np.ndindex(9, 2):
        chosen = outcome[(visits == place[0]) & (mail == place[1])]
        figures[place] = (chosen.sum(axis=0) + 5 * outcome.mean(axis=0)) / (len(chosen) + 5)
    if kind is TaskKind.REGRESSION:
        return FakePipeline(figures[..., 0] * rng.uniform(0.9, 1.1, (9, 2)), kind)
    figures *= rng.uniform(0.8, 1.2, figures.shape)
    figures /= figures.sum(axis=2, keepdims=True)
    return FakePipeline(figures[..., 1] if kind is TaskKind.BINARY else figures, kind)


def _through(control):
    def fit(*given):
        return control.fit(*given)

    return fit


@pytest.fixture
def fake(monkeypatch):
    """Replace the pipeline; ``fake.fit`` may be set to another function."""
    control = SimpleNamespace(fit=_fit)
    monkeypatch.setattr(pipeline, "fit_pipeline", _through(control))
    monkeypatch.setattr(pipeline, "FittedPipeline", FakePipeline)
    return control


def _learn(data, on_event=None, **limits):
    limits = {"seconds": None, "trials": 6, "cores": 1, **limits}
    return learn(data, Budget(**limits), on_event or (lambda event: None), reserve_seconds=0)


@pytest.mark.parametrize("make", ["binary", "multiclass", "regression"])
def test_learning_beats_the_baseline_and_survives_storage(made_up, fake, make):
    data = getattr(made_up, make)(600)
    learned = _learn(data)
    better = 1 if learned.metric == "accuracy" else -1
    gain = better * (learned.metrics[learned.metric].value - learned.baseline[learned.metric])
    assert gain > 0
    assert sum(member.weight for member in learned.ensemble) == pytest.approx(1)
    assert learned.refitted
    again = FittedModel.from_state(learned.model.state(), data.task)
    assert np.array_equal(again.predict(data.features), learned.model.predict(data.features))


def test_amounts_have_intervals_that_are_never_negative(made_up, fake):
    data = made_up.regression(800)
    model = _learn(data).model
    low, high = model.predict_interval(data.features)
    predictions = model.predict(data.features)
    assert (low >= 0).all()
    assert (low <= predictions).all()
    assert (predictions <= high).all()
    assert 0.7 < ((low <= data.target) & (data.target <= high)).mean() < 0.9


def test_the_holdout_is_never_shown_to_a_candidate_before_the_end(made_up, fake):
    data = made_up.binary(500)
    data.features["row"] = np.arange(500.0)
    seen = []

    def spy(candidate, train, valid, context):
        if valid is not None:
            seen.extend([train.features["row"], valid.features["row"]])
        return _fit(candidate, train, valid, context)

    fake.fit = spy
    learned = _learn(data)
    assert not set(np.concatenate(seen).astype(int)) & set(learned.holdout.rows)


def test_a_trial_budget_repeats_exactly(made_up, fake):
    data = made_up.binary(400)
    first, again = _learn(data, trials=9), _learn(data, trials=9)
    assert first.candidates[1].name == again.candidates[1].name
    assert first.metrics == again.metrics
    assert [r.params for r in first.candidates] == [r.params for r in again.candidates]
    assert np.array_equal(first.model.predict(data.features), again.model.predict(data.features))


def test_one_failing_family_is_recorded_and_the_run_goes_on(made_up, fake):
    def fit(candidate, train, valid, context):
        if candidate.family == "catboost":
            raise MemoryError("not enough memory")
        return _fit(candidate, train, valid, context)

    fake.fit = fit
    learned = _learn(made_up.binary(400))
    failed = [record for record in learned.candidates if record.state == "failed"]
    assert {record.family for record in failed} == {"catboost"}
    assert "more memory" in failed[0].reason
    assert any(
        record.state == "done" and record.family == "linear" for record in learned.candidates
    )


def test_predictions_that_are_not_numbers_are_a_failure(made_up, fake):
    fake.fit = lambda *given: FakePipeline(np.full((9, 2), np.nan), TaskKind.BINARY)
    learned = _learn(made_up.binary(300))
    assert {r.state for r in learned.candidates if r.family != "baseline"} == {"failed"}


@pytest.mark.parametrize("make", ["binary", "multiclass", "regression"])
def test_when_everything_fails_the_baseline_is_the_model(made_up, fake, make):
    def fit(*given):
        raise ValueError("broken")

    fake.fit = fit
    data = getattr(made_up, make)(200)
    learned = _learn(data, trials=None, seconds=20)
    assert [member.name for member in learned.ensemble] == ["baseline"]
    assert len(learned.model.predict(data.features)) == 200
    assert not learned.refitted
    again = FittedModel.from_state(learned.model.state(), data.task)
    assert np.array_equal(again.predict(data.features), learned.model.predict(data.features))


def test_a_failing_refit_keeps_the_models_of_the_comparison(made_up, fake):
    def fit(candidate, train, valid, context):
        if valid is None:
            raise RuntimeError("no")
        return _fit(candidate, train, valid, context)

    fake.fit = fit
    learned = _learn(made_up.binary(400))
    assert not learned.refitted
    assert learned.ensemble[0].name != "baseline"
    assert {note.code for note in learned.notes} - {"simple-is-enough"} == {"refit-failed"}


def test_a_permuted_target_is_called_nothing_learned(made_up, fake):
    learned = _learn(made_up.permuted(900))
    assert "nothing-learned" in {note.code for note in learned.notes}
    assert learned.metrics["auc"].low <= 0.5


def test_few_outcomes_are_called_too_few(made_up, fake):
    data = made_up.binary(200)
    rare = replace(data, target=(np.arange(200) % 25 == 0).astype(np.int64))
    assert "too-few-outcomes" in {note.code for note in _learn(rare).notes}


def test_cancelling_keeps_nothing(made_up, fake):
    calls = []
    with pytest.raises(Cancelled):
        _learn(made_up.binary(300), calls.append, is_cancelled=lambda: len(calls) > 4)


def test_stopping_keeps_the_best_so_far(made_up, fake):
    calls = []
    learned = _learn(
        made_up.binary(300), calls.append, trials=None, is_stopped=lambda: len(calls) > 4
    )
    assert 1 < len(learned.candidates) < 9
    assert learned.ensemble[0].name != "baseline"


def test_stopping_before_anything_leaves_the_baseline(made_up, fake):
    learned = _learn(made_up.binary(300), is_stopped=lambda: True)
    assert [member.name for member in learned.ensemble] == ["baseline"]


def test_the_time_limit_holds_with_slow_fits(made_up, fake):
    def slow(candidate, train, valid, context):
        time.sleep(0.1)
        return _fit(candidate, train, valid, context)

    fake.fit = slow
    budget = Budget(seconds=3.0, cores=1)
    learned = learn(made_up.binary(1_200), budget, reserve_seconds=0.5)
    assert budget.elapsed() < 2.6
    assert learned.ensemble[0].name != "baseline"
    assert learned.refitted


def test_a_hopeless_time_limit_still_gives_a_model(made_up, fake):
    budget = Budget(seconds=0.0, cores=1)
    learned = learn(made_up.binary(300), budget, reserve_seconds=0)
    assert learned.ensemble


def test_events_tell_the_whole_story(made_up, fake):
    events = []
    learned = _learn(made_up.binary(400), events.append)
    stages = [event.stage for event in events if isinstance(event, StageStarted)]
    assert stages == ["splitting", "searching", "finishing"]
    answers = [event for event in events if isinstance(event, FirstAnswer)]
    assert len(answers) == 1
    assert answers[0].metric == "auc"
    assert answers[0].score > answers[0].baseline == 0.5
    told = [event for event in events if isinstance(event, CandidateFinished)]
    assert [event.name for event in told] == [record.name for record in learned.candidates[1:]]
    assert [event.number for event in told] == list(range(1, len(told) + 1))
    assert told[-1].told_best is not None
    best = [event.best_score for event in told if event.best_score is not None]
    assert best == sorted(best)


def test_a_search_without_gain_stops_early(made_up, fake):
    learned = _learn(made_up.permuted(90), trials=400)
    assert len(learned.candidates) < 40


def test_candidate_names_are_unique(made_up, fake):
    learned = _learn(made_up.binary(400), trials=30)
    names = [record.name for record in learned.candidates]
    assert len(set(names)) == len(names)


def test_big_tables_are_screened_on_a_sample_with_every_positive(made_up, fake, monkeypatch):
    monkeypatch.setattr(evaluation, "MOST_SCREENING_ROWS", 800)
    data = made_up.binary(4_000)
    chance = np.where(data.features["channel"] == "mail", 0.1, 0.02)
    target = (np.random.default_rng(0).random(4_000) < chance).astype(np.int64)
    rare = replace(data, target=target)
    shares = []

    def spy(candidate, train, valid, context):
        if "all rows" not in candidate.name and valid is not None:
            shares.append((train.rows, train.target.sum()))
        return _fit(candidate, train, valid, context)

    fake.fit = spy
    learned = _learn(rare)
    assert {rows for rows, _ in shares} == {800}
    assert min(positives for _, positives in shares) > 0.54 * target.sum()
    assert any(record.name.endswith("on all rows") for record in learned.candidates)
    assert learned.model.predict(rare.features).mean() == pytest.approx(target.mean(), rel=0.15)


def test_thinned_negatives_are_corrected(made_up):
    model = FakePipeline(np.full((9, 2), 0.5), TaskKind.BINARY)
    corrected = parts.Corrected(model, float(np.log(0.1)))
    features = made_up.features(5)
    assert corrected.predict(features) == pytest.approx(np.full(5, 1 / 11))


def test_more_rows_get_slightly_more_boosting_rounds():
    fit = SimpleNamespace(iterations=100, fitted_rows=1_000)
    result = SimpleNamespace(fits=(fit,), candidate=SimpleNamespace(family="catboost"))
    assert 100 < refit._rounds(result, 2_000) < 130
    result.candidate.family = "network"
    assert refit._rounds(result, 2_000) == 100


def test_a_fit_that_memory_cannot_hold_is_recorded_with_its_need(made_up, fake):
    learned = _learn(made_up.binary(300), trials=None, memory_bytes=1)
    skipped = [record for record in learned.candidates if record.state == "skipped"]
    assert 0 < len(skipped) < 50
    assert all("of memory" in record.reason for record in skipped)
    assert [member.name for member in learned.ensemble] == ["baseline"]


@pytest.mark.parametrize("make", ["binary", "regression"])
def test_a_fast_model_is_one_model_and_says_what_that_costs(made_up, fake, make):
    data = getattr(made_up, make)(600)
    budget = Budget(seconds=None, trials=6, cores=1)
    learned = learn(data, budget, reserve_seconds=0, plan=Plan(fast=True))
    assert [member.weight for member in learned.ensemble] == [1.0]
    assert len(learned.model.members[0].models) == 1
    (note,) = [note for note in learned.notes if note.code == "one-model"]
    assert learned.metric in note.message
    (top,) = [note for note in learned.notes if note.code == "one-model-top"]
    assert "the same as with the combination" in top.message


def test_a_simple_model_is_one_that_can_be_read_off(made_up, fake):
    budget = Budget(seconds=None, trials=40, cores=1)
    learned = learn(made_up.binary(600), budget, reserve_seconds=0, plan=Plan(simple=True))
    (member,) = learned.ensemble
    tried = {record.name: record for record in learned.candidates if record.state == "done"}
    chosen = tried[member.name]
    assert is_glass_box(Candidate(chosen.name, chosen.family, chosen.params))


def test_the_first_model_is_fitted_even_when_the_time_is_over(made_up, fake):
    budget = Budget(seconds=1.0, started=time.monotonic() - 5, cores=1)
    learned = learn(made_up.binary(600), budget, reserve_seconds=2)
    assert [record.name for record in learned.candidates if record.state == "done"] == [
        "baseline",
        "linear-first",
    ]
    assert learned.metrics["auc"].value > 0.55
    assert "no-model" not in {note.code for note in learned.notes}


def test_a_run_without_any_model_says_so(made_up, fake):
    def fit(candidate, train, valid, context):
        raise ValueError("it cannot be fitted")

    fake.fit = fit
    assert "no-model" in {note.code for note in _learn(made_up.binary(300)).notes}
