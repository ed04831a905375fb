"""A model that can be read off is always compared, and offered when it is as good."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from upshot.learning.candidate import Candidate
from upshot.learning.glass_box import best_glass_box, is_glass_box

LINEAR = Candidate("linear-first", "linear", {"category.encoding": "onehot"})
DEEP = Candidate("deep", "catboost", {})


class _Baseline:
    def repeat(self, rows):
        return np.full(rows, 0.5)


def _result(candidate, predictions):
    return SimpleNamespace(
        candidate=candidate, predictions=predictions, rows=np.arange(len(predictions))
    )


def _compared(made_up, glass_strength):
    data = made_up.binary(2_000)
    rng = np.random.default_rng(0)
    signal = np.where(data.target == 1, 1.0, -1.0) + rng.normal(0, 1, 2_000)
    best, glass = 1 / (1 + np.exp(-2 * signal)), 1 / (1 + np.exp(-glass_strength * signal))
    results = [_result(DEEP, best), _result(LINEAR, glass)]
    return best_glass_box(data, results, np.array([1.0, 0.0]), _Baseline())


def test_a_glass_box_as_good_as_the_best_is_close(made_up):
    found = _compared(made_up, 1.95)
    assert found.name == "linear-first"
    assert found.is_close
    assert 0.97 < found.kept <= 1


def test_a_glass_box_far_behind_is_not_close(made_up):
    found = _compared(made_up, 0.3)
    assert not found.is_close
    assert found.kept < 0.8


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (LINEAR, True),
        (Candidate("crossed", "linear", {"category.crosses": 4}), False),
        (Candidate("stumps", "lightgbm", {"lightgbm.leaves": 2}), True),
        (Candidate("trees", "lightgbm", {"lightgbm.leaves": 5}), False),
        (DEEP, False),
    ],
)
def test_only_models_of_one_column_at_a_time_are_glass_boxes(candidate, expected):
    assert is_glass_box(candidate) is expected
