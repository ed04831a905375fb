"""Trees as arrays: exact, and safe against foreign arrays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesRegressor

from upshot.learning.models.forest import Forest


@pytest.fixture(scope="module")
def grown():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 5)).astype(np.float32)
    y = np.column_stack([X[:, 0] + rng.normal(size=400), X[:, 1] > 0])
    forest = ExtraTreesRegressor(12, random_state=0).fit(X, y)
    return X, forest, Forest.from_trees([tree.tree_ for tree in forest.estimators_], 5)


def test_arrays_predict_what_the_trees_predicted(grown):
    X, trees, forest = grown
    new = np.vstack([X, np.random.default_rng(1).normal(size=(500, 5)).astype(np.float32)])
    np.testing.assert_allclose(forest.predict(new, 2), trees.predict(new), atol=1e-6)


def test_a_reloaded_forest_is_the_same(grown):
    X, _, forest = grown
    again = Forest.from_state(forest.state())
    np.testing.assert_array_equal(again.predict(X, 1), forest.predict(X, 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("left", 0),
        ("left", 10**6),
        ("left", -7),
        ("right", -1),
        ("right", 0),
        ("feature", 5),
        ("feature", -3),
    ],
)
def test_arrays_that_point_outside_are_refused(grown, name, value):
    array = getattr(grown[2], name).copy()
    array[0] = value
    with pytest.raises(ValueError, match="outside"):
        replace(grown[2], **{name: array}).check()


def test_arrays_that_do_not_fit_each_other_are_refused(grown):
    forest = grown[2]
    for broken in (
        replace(forest, values=forest.values[:-1]),
        replace(forest, threshold=forest.threshold[:-1]),
        replace(forest, starts=forest.starts[:-1]),
        replace(forest, starts=forest.starts + 1),
        replace(forest, starts=np.zeros(1, dtype=np.int64)),
    ):
        with pytest.raises(ValueError, match="trees"):
            broken.check()


def test_rows_of_another_width_are_refused(grown):
    with pytest.raises(ValueError, match="5 columns"):
        grown[2].predict(np.zeros((3, 4), dtype=np.float32), 1)
