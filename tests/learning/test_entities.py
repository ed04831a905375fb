"""A category with many values that repeat: households and their habits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from upshot.learning.pipeline import Candidate, FitContext, FittedPipeline, fit_pipeline
from upshot.learning.task import LearningData, Task, TaskKind
from upshot.tables.schema import Column, Kind, Schema

HABITS = np.random.default_rng(0).normal(0, 2, 150)
FAMILIES = {
    "catboost": {"catboost.rounds": 60},
    "lightgbm": {"lightgbm.rounds": 60, "category.encoding": "target"},
}


def purchases(rows: int, seed: int) -> LearningData:
    rng = np.random.default_rng(seed)
    household = rng.integers(0, len(HABITS), rows)
    frame = pd.DataFrame(
        {
            "household": pd.Categorical([f"H{i}" for i in household]),
            "price": rng.normal(0, 1, rows),
        }
    )
    bought = rng.random(rows) < 1 / (1 + np.exp(frame["price"].to_numpy() - HABITS[household]))
    schema = Schema((Column("household", Kind.CATEGORY), Column("price", Kind.NUMBER)))
    task = Task(TaskKind.BINARY, "bought", ("no", "yes"))
    return LearningData(frame, bought.astype(np.int64), schema, task)


@pytest.fixture(scope="module", params=FAMILIES)
def fitted(request) -> FittedPipeline:
    candidate = Candidate(request.param, request.param, FAMILIES[request.param])
    return fit_pipeline(candidate, purchases(1500, 1), purchases(300, 2), FitContext(seed=1))


def test_the_habits_of_each_value_are_learned(fitted) -> None:
    fresh = purchases(1000, 3)
    assert roc_auc_score(fresh.target, fitted.predict(fresh.features)) > 0.8


@pytest.mark.parametrize("dtype", ["category", "str"])
def test_values_never_seen_are_all_predicted_alike(fitted, dtype: str) -> None:
    new = pd.DataFrame({"household": [f"new {i}" for i in range(50)], "price": 0.0})
    predicted = fitted.predict(new.astype({"household": dtype}))
    assert np.isfinite(predicted).all()
    assert np.ptp(predicted) == pytest.approx(0)
    assert 0.2 < predicted[0] < 0.8, "near the average, not one household's habit"
