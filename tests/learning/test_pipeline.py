"""Every family, on every shape of outcome, from a table with every kind of column."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from upshot.learning.models import FAMILIES, available_families
from upshot.learning.pipeline import Candidate, FitContext, FittedPipeline, fit_pipeline
from upshot.learning.state import State
from upshot.learning.task import LearningData, TaskKind

from .rich_table import features, learning_data

PREPROCESSING = {
    "number.missing": "indicators",
    "number.scale": "quantile",
    "number.as_category": 10,
    "category.encoding": "native+target",
    "category.crosses": 2,
    "number.combinations": 3,
    "group.statistics": 2,
    "text.encoding": "words",
    "text.dimensions": 8,
}
FAST = {
    "catboost.rounds": 40,
    "lightgbm.rounds": 40,
    "extra_trees.trees": 16,
    "network.width": 32,
    "network.layers": 2,
}
FAMILY_NAMES = available_families()[0]


@pytest.fixture(scope="module")
def fitted() -> dict[tuple[str, TaskKind], FittedPipeline]:
    """Each family fitted once on each shape of outcome."""
    pipelines = {}
    for kind in TaskKind:
        train, valid = learning_data(kind), learning_data(kind, rows=120, seed=5)
        for family in FAMILY_NAMES:
            candidate = Candidate(f"{family}-test", family, {**PREPROCESSING, **FAST})
            pipelines[family, kind] = fit_pipeline(candidate, train, valid, FitContext(seed=1))
    return pipelines


def reload(pipeline: FittedPipeline) -> FittedPipeline:
    """Through JSON and copies, as a bundle does."""
    state = pipeline.state()
    values = json.loads(json.dumps(state.values, allow_nan=False))
    arrays = {name: np.array(array) for name, array in state.arrays.items()}
    return FittedPipeline.from_state(State(values, arrays, dict(state.blobs)))


@pytest.mark.parametrize("kind", TaskKind)
@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_a_reloaded_pipeline_predicts_the_same(fitted, family, kind):
    pipeline, new = fitted[family, kind], features(200, seed=9)
    before, after = pipeline.predict(new), reload(pipeline).predict(new)
    np.testing.assert_allclose(after, before, rtol=0, atol=1e-6 if family == "network" else 1e-9)


@pytest.mark.parametrize("kind", TaskKind)
@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_predictions_have_the_shape_of_the_task(fitted, family, kind):
    pipeline = fitted[family, kind]
    for rows in (0, 1, 37):
        predicted = pipeline.predict(features(rows, seed=3))
        assert predicted.shape == ((rows, 3) if kind is TaskKind.MULTICLASS else (rows,))
        assert np.isfinite(predicted).all()
        assert (predicted >= 0).all()
        if kind is TaskKind.MULTICLASS:
            np.testing.assert_allclose(predicted.sum(axis=1), 1.0, atol=1e-6)
        if kind is TaskKind.BINARY:
            assert (predicted <= 1).all()


@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_every_family_learns_something(fitted, family):
    from sklearn.metrics import roc_auc_score

    fresh = learning_data(TaskKind.BINARY, rows=600, seed=20)
    predicted = fitted[family, TaskKind.BINARY].predict(fresh.features)
    assert roc_auc_score(fresh.target, predicted) > 0.65


@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_strange_new_rows_are_predicted(fitted, family):
    pipeline = fitted[family, TaskKind.BINARY]
    new = features(50, seed=4)
    strange = {
        "unseen levels": new.assign(channel=pd.Categorical(["pigeon post"] * 50)),
        "nothing known": new.assign(**{name: new[name].mask(new.index >= 0) for name in new}),
        "columns gone": new.drop(columns=["visits", "city", "joined", "comment"]),
        "huge numbers": new.assign(spend=1e300, visits=-np.inf),
        "other order": new[new.columns[::-1]],
    }
    for what, frame in strange.items():
        assert np.isfinite(pipeline.predict(frame)).all(), what
    np.testing.assert_array_equal(pipeline.predict(strange["other order"]), pipeline.predict(new))


@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_the_same_seed_gives_the_same_model(family):
    data = learning_data(TaskKind.BINARY, rows=150)
    candidate = Candidate("again", family, {**PREPROCESSING, **FAST})
    first, second = (
        fit_pipeline(candidate, data, None, FitContext(seed=3)).predict(data.features)
        for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_a_fit_whose_time_is_over_still_gives_a_model(family):
    data = learning_data(TaskKind.BINARY, rows=200)
    valid = learning_data(TaskKind.BINARY, rows=80, seed=2)
    endless = {"catboost.rounds": 10**6, "lightgbm.rounds": 10**6, "extra_trees.trees": 10**5}
    over = FitContext(deadline=time.monotonic())
    stopped = FitContext(is_stopped=lambda: True)
    for context in (over, stopped):
        for rows in (valid, None):
            pipeline = fit_pipeline(Candidate("late", family, endless), data, rows, context)
            assert np.isfinite(pipeline.predict(data.features)).all()


@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_a_refit_repeats_the_rounds_it_is_given(fitted, family):
    pipeline = fitted[family, TaskKind.BINARY]
    context = FitContext(iterations=pipeline.iterations)
    data = learning_data(TaskKind.BINARY)
    again = fit_pipeline(pipeline.candidate, data, None, context)
    assert again.iterations == pipeline.iterations


@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_a_class_absent_from_training_gets_no_chance(family):
    data = learning_data(TaskKind.MULTICLASS, rows=150)
    known = np.flatnonzero(data.target != 1)
    train = LearningData(data.features.iloc[known], data.target[known], data.schema, data.task)
    pipeline = fit_pipeline(Candidate("two", family, FAST), train, data, FitContext())
    predicted = pipeline.predict(data.features)
    assert (predicted[:, 1] == 0).all()
    np.testing.assert_allclose(predicted.sum(axis=1), 1.0, atol=1e-6)


def test_one_outcome_cannot_be_learned():
    data = learning_data(TaskKind.BINARY, rows=60)
    alike = replace(data, target=np.zeros(60, dtype=np.int64))
    with pytest.raises(ValueError, match="one outcome"):
        fit_pipeline(Candidate("none", "linear", {}), alike, None, FitContext())


def test_columns_without_variation_cannot_be_learned_from():
    data = learning_data(TaskKind.BINARY, rows=60)
    flat = replace(data, features=data.features[["empty"]])
    with pytest.raises(ValueError, match="nothing to learn"):
        fit_pipeline(Candidate("none", "linear", {}), flat, None, FitContext())


def test_amounts_stay_within_reason():
    data = learning_data(TaskKind.REGRESSION)
    far = data.features.assign(spend=1e12, visits=1e6)
    params = {"number.scale": "standard", "target.transform": "log1p"}
    pipeline = fit_pipeline(Candidate("log", "linear", params), data, None, FitContext())
    predicted = pipeline.predict(far)
    assert (predicted >= 0).all()
    assert predicted.max() <= 2 * data.target.max()


def test_the_model_sees_no_validation_outcome():
    train = learning_data(TaskKind.BINARY)
    valid = learning_data(TaskKind.BINARY, rows=100, seed=7)
    context = FitContext(iterations=20)
    turned = replace(valid, target=1 - valid.target)
    candidate = Candidate("fixed", "lightgbm", PREPROCESSING)
    one = fit_pipeline(candidate, train, valid, context).predict(valid.features)
    other = fit_pipeline(candidate, train, turned, context).predict(valid.features)
    np.testing.assert_array_equal(one, other)


def test_every_family_says_what_it_is():
    for name, family in FAMILIES.items():
        assert family.name == name
        summary = Candidate("x", name, {"category.encoding": "target"}).summary
        assert summary.startswith(family.title)
        assert "average outcome" in summary


def test_a_missing_library_is_named_with_its_consequence(monkeypatch):
    from upshot.learning import models

    monkeypatch.setattr(models, "find_spec", lambda name: None if name == "torch" else name)
    available, missing = models.available_families()
    assert "network" not in available
    assert "torch" in missing["network"]
