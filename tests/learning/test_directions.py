"""A prediction never goes against a direction that a person stated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from upshot.errors import QuestionProblem
from upshot.learning.directions import with_directions
from upshot.learning.models import FAMILIES
from upshot.learning.pipeline import Candidate, FitContext, fit_pipeline
from upshot.learning.splits import take
from upshot.learning.task import TaskKind

from .rich_table import features, learning_data

HEEDING = [name for name, family in FAMILIES.items() if family.heeds_directions]
PARAMS = {
    "number.combinations": 6,
    "group.statistics": 4,
    "number.as_category": 25,
    "catboost.rounds": 80,
    "lightgbm.rounds": 80,
    "lightgbm.min_leaf": 5,
    "extra_trees.trees": 16,
}


def _along(pipeline, column):
    """Predictions of the same rows while one column grows."""
    rows = features(60, seed=8)
    grid = np.linspace(0, 200, 25)
    return np.stack([pipeline.predict(rows.assign(**{column: value})) for value in grid])


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("kind", [TaskKind.BINARY, TaskKind.REGRESSION])
@pytest.mark.parametrize("family", HEEDING)
def test_a_stated_direction_is_never_crossed(family, kind, sign):
    data = replace(learning_data(kind, rows=500), directions={"spend": sign})
    params = {**PARAMS, "linear.lasso_share": 0.5 if sign > 0 else 0.0}
    pipeline = fit_pipeline(Candidate("x", family, params), data, None, FitContext())
    steps = np.diff(_along(pipeline, "spend"), axis=0) * sign
    assert steps.min() > -1e-9


def test_directions_stay_with_some_of_the_rows():
    data = replace(learning_data(TaskKind.BINARY), directions={"spend": 1})
    assert take(data, np.arange(10)).directions == {"spend": 1}


def test_directions_are_stated_of_known_numbers_once():
    data = learning_data(TaskKind.BINARY)
    assert with_directions(data, ["spend"], ["visits"]).directions == {"spend": 1, "visits": -1}
    assert with_directions(data) is data
    for given in ((["channel"], []), (["nowhere"], []), (["spend"], ["spend"])):
        with pytest.raises(QuestionProblem):
            with_directions(data, *given)
    with pytest.raises(QuestionProblem):
        with_directions(learning_data(TaskKind.MULTICLASS), ["spend"])
