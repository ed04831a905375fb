"""Many trees, averaged: cut at random, or at the best place for a random sample of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.matrix import Matrix
from upshot.learning.models.base import Family, Fit, Trial
from upshot.learning.models.forest import Forest
from upshot.learning.state import Array, State, join, part
from upshot.learning.task import TaskKind
from upshot.wording import mark, say

if TYPE_CHECKING:
    from upshot.learning.table_facts import TableFacts

_DEFAULT_TREES = 128
# 128 trees of 1,500 end groups are about 400,000 nodes: 8 MB in a bundle.
_MOST_LEAVES = 1_500
# A tree sees at most this many rows; averaging makes up for it.
_MOST_ROWS_PER_TREE = 100_000


@dataclass(frozen=True, eq=False)
class ExtraTreesModel:
    """A fitted forest."""

    forest: Forest
    kind: TaskKind

    @property
    def iterations(self) -> int | None:
        """Number of trees."""
        return self.forest.n_trees

    def predict(self, matrix: Matrix, cores: int) -> Array:
        """Predict encoded rows."""
        table = self.forest.predict(matrix.dense(), cores)
        return table if self.kind is TaskKind.MULTICLASS else table[:, 0]

    def state(self) -> State:
        """Return the trees as arrays."""
        return join({"forest": self.forest.state()}, kind=str(self.kind))


def fit_extra_trees(fit: Fit) -> ExtraTreesModel:
    """Grow trees, a few at a time, until all are grown or the time is over.

    Outcomes are 0/1 columns: least squares on them cuts as the Gini index does.
    """
    X = np.ascontiguousarray(fit.train.dense())
    target: Array = fit.target.astype(np.float64)
    if fit.kind is TaskKind.MULTICLASS:
        target = (fit.target[:, None] == np.arange(fit.n_classes)).astype(np.float64)
    trees = fit.context.iterations or int(fit.params.get("extra_trees.trees", _DEFAULT_TREES))
    grower = _grower(fit, len(X))
    step = max(8, fit.context.cores * 8)
    grown = 0
    while grown < trees and not (grown and fit.context.is_over()):
        grown = min(trees, grown + step)
        grower.set_params(n_estimators=grown)
        grower.fit(X, target)
    forest = Forest.from_trees([tree.tree_ for tree in grower.estimators_], X.shape[1])
    return ExtraTreesModel(forest, fit.kind)


def _grower(fit: Fit, rows: int) -> Any:
    from sklearn.ensemble import ExtraTreesRegressor, RandomForestRegressor

    is_best = str(fit.params.get("extra_trees.cuts", "random")) == "best"
    has_many = rows > _MOST_ROWS_PER_TREE
    made = RandomForestRegressor if is_best else ExtraTreesRegressor
    return made(
        n_estimators=0,
        warm_start=True,
        max_features=float(fit.params.get("extra_trees.columns", 0.75)),
        min_samples_leaf=int(fit.params.get("extra_trees.min_leaf", 5)),
        max_leaf_nodes=_MOST_LEAVES if rows > _MOST_LEAVES else None,
        bootstrap=is_best or has_many,
        max_samples=_MOST_ROWS_PER_TREE if has_many else None,
        n_jobs=fit.context.cores,
        random_state=fit.context.seed,
        monotonic_cst=fit.column_directions or None,
    )


def load_extra_trees(state: State) -> ExtraTreesModel:
    """Rebuild from arrays."""
    forest = Forest.from_state(part(state, "forest"))
    return ExtraTreesModel(forest, TaskKind(state.values["kind"]))


def sample_extra_trees(trial: Trial, facts: TableFacts) -> dict[str, Any]:
    """Draw how random the cuts are and how small an end group may be."""
    return {
        "extra_trees.cuts": trial.suggest_categorical("extra_trees.cuts", ("random", "best")),
        "extra_trees.columns": trial.suggest_float("extra_trees.columns", 0.1, 1.0),
        "extra_trees.min_leaf": trial.suggest_int("extra_trees.min_leaf", 1, 100, log=True),
    }


def describe_extra_trees(params: Mapping[str, Any]) -> str:
    """Say how small an end group may be."""
    least = int(params.get("extra_trees.min_leaf", 5))
    return say("at least {number} rows in each end group", number=least)


EXTRA_TREES = Family(
    name="extra_trees",
    title=mark("averaged random trees"),
    native=False,
    complete=True,
    package="sklearn",
    fit=fit_extra_trees,
    load=load_extra_trees,
    sample=sample_extra_trees,
    describe=describe_extra_trees,
)
