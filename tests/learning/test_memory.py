"""Preprocessing kept during a search: the same results, within its bytes."""

from __future__ import annotations

import numpy as np
import pytest

from upshot.budget import Budget
from upshot.learning.candidate import Candidate
from upshot.learning.evaluation import Folds
from upshot.learning.features import text
from upshot.learning.features.memory import EncodingMemory, FoldMemory
from upshot.learning.models import available_families
from upshot.learning.splits import split
from upshot.learning.task import TaskKind

from .rich_table import learning_data

FAST = {"catboost.rounds": 5, "lightgbm.rounds": 5, "extra_trees.trees": 8, "network.width": 16}


class Forgetful(EncodingMemory):
    """Keeps nothing."""

    def recall(self, key, make, size):
        return make()


def candidates(families) -> list[Candidate]:
    """Each family three times: twice alike, once with another preprocessing."""
    other = {
        "category.encoding": "onehot+target",
        "number.missing": "median",
        "category.crosses": 2,
        "text.dimensions": 8,
        "target.transform": "log1p",
        "select.keep": 0.75,
    }
    return [
        Candidate(f"{family}-{i}", family, {**params, **FAST})
        for i, params in enumerate(({}, other, {}))
        for family in families
    ]


@pytest.mark.parametrize("kind", TaskKind)
def test_results_are_the_same_with_and_without_a_memory(kind):
    families = available_families()[0] if kind is TaskKind.BINARY else ("linear", "lightgbm")
    data = learning_data(kind, rows=160)
    budget = Budget(seconds=None, trials=1, cores=1)
    folds = split(data, seed=0, seconds=None).folds[:1]
    memory = EncodingMemory()
    keeping = Folds(data, folds, budget, memory=memory)
    forgetting = Folds(data, folds, budget, memory=Forgetful())
    for candidate in candidates(families):
        one, other = keeping.fit(candidate, 0, None), forgetting.fit(candidate, 0, None)
        assert np.array_equal(one.predictions, other.predictions), candidate.name
        assert one.iterations == other.iterations
    assert memory.held_bytes > 0


def test_folds_of_more_rows_share_the_memory_but_no_encoding():
    data = learning_data(TaskKind.BINARY, rows=300)
    budget = Budget(seconds=None, trials=1, cores=1)
    folds = Folds(data, split(data, seed=0, seconds=None).folds[:1], budget, most_rows=100)
    linear = Candidate("linear", "linear")
    few = folds.fit(linear, 0, None)
    more = folds.with_rows(150).fit(linear, 0, None)
    fresh = Folds(data, folds.folds, budget, most_rows=150).fit(linear, 0, None)
    assert (few.fitted_rows, more.fitted_rows) == (100, 150)
    assert np.array_equal(more.predictions, fresh.predictions)


def test_texts_are_encoded_once_for_candidates_that_treat_them_alike(monkeypatch):
    fitted = []
    directions = text._main_directions
    monkeypatch.setattr(
        text, "_main_directions", lambda *given: fitted.append(1) or directions(*given)
    )
    data = learning_data(TaskKind.BINARY, rows=200)
    budget = Budget(seconds=None, trials=1, cores=1)
    folds = Folds(data, split(data, seed=0, seconds=None).folds[:1], budget)
    for params in ({}, {"category.encoding": "target"}, {"number.scale": "quantile"}):
        folds.fit(Candidate("linear", "linear", params), 0, None)
    assert len(fitted) == 1


def test_the_least_recently_used_goes_first():
    memory = EncodingMemory(8 * 100)
    made = []

    def recall(key):
        return memory.recall(key, lambda: made.append(key) or key, lambda kept: 40)

    for key in ("a", "b", "a", "c", "a", "b"):
        assert recall(key) == key
    assert made == ["a", "b", "c", "b"]
    assert memory.held_bytes == 80


def test_what_is_too_big_is_made_but_not_kept():
    memory = EncodingMemory(8 * 100)
    assert memory.recall("big", lambda: 1, lambda kept: 101) == 1
    assert memory.held_bytes == 0


def test_a_fold_without_memory_makes_everything_anew():
    made = []
    for _ in range(2):
        FoldMemory().recall("key", lambda: made.append(1), lambda kept: 1)
    assert len(made) == 2


def test_what_was_spared_counts_what_was_recalled_inside(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("upshot.learning.features.memory.time.monotonic", lambda: clock[0])
    memory = EncodingMemory()

    def takes(seconds, inner=None):
        def make():
            clock[0] += seconds
            return inner and memory.recall("texts", takes(2.0), lambda kept: 1)

        return make

    memory.recall("texts", takes(2.0), lambda kept: 1)
    memory.recall("whole", takes(1.0, inner=True), lambda kept: 1)
    assert memory.spared_seconds == 2.0
    memory.recall("whole", takes(1.0, inner=True), lambda kept: 1)
    assert memory.spared_seconds == 5.0
