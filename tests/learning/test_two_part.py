"""Amounts of which many are 0 are learned in two steps."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from upshot.learning.models.two_part import has_two_parts
from upshot.learning.pipeline import Candidate, FitContext, FittedPipeline, fit_pipeline
from upshot.learning.table_facts import table_facts
from upshot.learning.task import LearningData, Task, TaskKind
from upshot.tables.schema import Column, Kind, Schema


def spending(rows: int, seed: int) -> LearningData:
    """Most people spend nothing; how much the others spend depends on another column."""
    rng = np.random.default_rng(seed)
    wish, purse = rng.normal(size=rows), rng.normal(size=rows)
    buys = rng.random(rows) < 1 / (1 + np.exp(2 - 1.5 * wish))
    amount = np.where(buys, np.exp(3 + 0.8 * purse + 0.3 * rng.normal(size=rows)), 0.0)
    return LearningData(
        features=pd.DataFrame({"wish": wish, "purse": purse}),
        target=amount,
        schema=Schema((Column("wish", Kind.NUMBER), Column("purse", Kind.NUMBER))),
        task=Task(TaskKind.REGRESSION, "spend", nonnegative=True),
    )


@pytest.mark.parametrize("family", ["linear", "lightgbm", "catboost", "extra_trees"])
def test_two_steps_predict_the_mean_of_amounts_that_are_mostly_zero(family):
    train, new = spending(3_000, 1), spending(3_000, 2)
    params = {"target.transform": "two_part", "catboost.rounds": 100}
    pipeline = fit_pipeline(Candidate("split", family, params), train, None, FitContext())
    predicted = pipeline.predict(new.features)
    assert pipeline.shape.transform == "two_part"
    assert abs(predicted.mean() / new.target.mean() - 1) < 0.15
    error = np.mean((predicted - new.target) ** 2)
    assert error < 0.9 * np.var(new.target)
    state = pipeline.state()
    np.testing.assert_allclose(FittedPipeline.from_state(state).predict(new.features), predicted)


def test_two_steps_fall_back_to_one_where_there_is_nothing_to_split():
    data = spending(400, 1)
    without = LearningData(data.features, data.target + 1, data.schema, data.task)
    candidate = Candidate("split", "lightgbm", {"target.transform": "two_part"})
    assert fit_pipeline(candidate, without, None, FitContext()).shape.transform == "none"


def test_many_zeros_are_a_fact_of_the_table():
    assert table_facts(spending(1_000, 1)).zero_inflated
    assert "zero_inflated" in table_facts(spending(1_000, 1)).traits
    assert not has_two_parts(np.r_[np.zeros(100), np.ones(10)])
    assert not has_two_parts(np.ones(100))
    assert not has_two_parts(np.r_[-1.0, np.zeros(50), np.ones(100)])
