"""CatBoost: boosted symmetric trees with native categories."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.matrix import Matrix
from upshot.learning.models.base import Family, Fit, Trial
from upshot.learning.state import Array, State
from upshot.learning.task import TaskKind
from upshot.wording import mark, say

if TYPE_CHECKING:
    from catboost import CatBoost, Pool

    from upshot.learning.table_facts import TableFacts

_LOSSES = {
    TaskKind.BINARY: "Logloss",
    TaskKind.MULTICLASS: "MultiClass",
    TaskKind.REGRESSION: "RMSE",
}
_DEFAULT_ROUNDS = 1000
_DEFAULT_PATIENCE = 60
_ROUNDS_WITHOUT_VALIDATION = 300


class _StopInTime:
    """CatBoost's callback: go on while there is time."""

    def __init__(self, fit: Fit) -> None:
        self._context = fit.context

    def after_iteration(self, info: Any) -> bool:
        return not self._context.is_over()


@dataclass(frozen=True, eq=False)
class CatBoostModel:
    """A fitted CatBoost model."""

    booster: CatBoost
    kind: TaskKind
    iterations: int | None

    def predict(self, matrix: Matrix, cores: int) -> Array:
        """Predict encoded rows."""
        pool = make_pool(matrix, None, cores)
        if self.kind is TaskKind.REGRESSION:
            amounts = self.booster.predict(pool, thread_count=cores)
            return np.asarray(amounts, dtype=np.float64)
        chances = self.booster.predict(pool, prediction_type="Probability", thread_count=cores)
        table = np.asarray(chances, dtype=np.float64)
        return table[:, 1] if self.kind is TaskKind.BINARY else table

    def state(self) -> State:
        """Return the model in CatBoost's own binary format."""
        with tempfile.TemporaryDirectory(prefix="upshot-") as folder:
            path = Path(folder) / "model.cbm"
            self.booster.save_model(str(path), format="cbm")
            blob = path.read_bytes()
        values = {"kind": str(self.kind), "iterations": self.iterations}
        return State(values, blobs={"model.cbm": blob})


def make_pool(matrix: Matrix, target: Array | None, cores: int) -> Pool:
    """Build CatBoost's data set; codes travel as pandas categories, far faster than text."""
    import pandas as pd
    from catboost import Pool

    columns: dict[str, Any] = {
        f"n{i}": matrix.numbers[:, i] for i in range(matrix.numbers.shape[1])
    }
    names = [f"c{i}" for i in range(matrix.codes.shape[1])]
    for i, (name, size) in enumerate(zip(names, matrix.cardinalities, strict=True)):
        levels = pd.Index([str(code) for code in range(size)])
        columns[name] = pd.Categorical.from_codes(matrix.codes[:, i], categories=levels)
    frame = pd.DataFrame(columns, copy=False)
    return Pool(frame, label=target, cat_features=names, thread_count=cores)


def fit_catboost(fit: Fit) -> CatBoostModel:
    """Fit with early stopping on the validation rows, or for the given rounds."""
    from catboost import CatBoost

    cores = fit.context.cores
    booster = CatBoost(_settings(fit))
    pool = make_pool(fit.train, fit.target, cores)
    valid = None
    if fit.valid is not None and fit.context.iterations is None:
        valid = make_pool(fit.valid, fit.valid_target, cores)
    booster.fit(
        pool,
        eval_set=valid,
        use_best_model=valid is not None,
        early_stopping_rounds=_patience(fit.params) if valid is not None else None,
        callbacks=[_StopInTime(fit)],
        verbose=False,
    )
    return CatBoostModel(booster, fit.kind, int(booster.tree_count_))


def _patience(params: Mapping[str, Any]) -> int:
    return int(params.get("catboost.patience", _DEFAULT_PATIENCE))


def _settings(fit: Fit) -> dict[str, Any]:
    params, context = fit.params, fit.context
    rounds = int(params.get("catboost.rounds", _DEFAULT_ROUNDS))
    if fit.valid is None:
        rounds = min(rounds, _ROUNDS_WITHOUT_VALIDATION)
    settings: dict[str, Any] = {
        "loss_function": _LOSSES[fit.kind],
        "iterations": context.iterations or rounds,
        "learning_rate": float(params.get("catboost.learning_rate", 0.05)),
        "depth": int(params.get("catboost.depth", 6)),
        "l2_leaf_reg": float(params.get("catboost.l2", 3.0)),
        "random_strength": float(params.get("catboost.random_strength", 1.0)),
        "one_hot_max_size": int(params.get("catboost.one_hot", 10)),
        "max_ctr_complexity": int(params.get("catboost.ctr_complexity", 2)),
        "leaf_estimation_iterations": int(params.get("catboost.leaf_iterations", 1)),
        "border_count": int(params.get("catboost.borders", 128)),
        "boosting_type": "Plain",
        "bootstrap_type": "Bernoulli",
        "subsample": float(params.get("catboost.subsample", 0.8)),
        "rsm": float(params.get("catboost.columns", 1.0)),
        "min_data_in_leaf": int(params.get("catboost.min_leaf", 1)),
        "grow_policy": str(params.get("catboost.grow", "SymmetricTree")),
        "random_seed": context.seed,
        "thread_count": context.cores,
        "allow_writing_files": False,
    }
    if fit.column_directions:
        stated = {place: sign for place, sign in enumerate(fit.directions) if sign}
        settings["monotone_constraints"] = stated
    return settings


def load_catboost(state: State) -> CatBoostModel:
    """Rebuild from CatBoost's own format."""
    from catboost import CatBoost

    booster = CatBoost()
    booster.load_model(blob=state.blobs["model.cbm"])
    return CatBoostModel(booster, TaskKind(state.values["kind"]), state.values["iterations"])


def sample_catboost(trial: Trial, facts: TableFacts) -> dict[str, Any]:
    """Draw depth, learning rate and regularisation around the values of published portfolios."""
    return {
        "catboost.depth": trial.suggest_int("catboost.depth", 3, 9 if facts.rows > 3000 else 7),
        "catboost.learning_rate": trial.suggest_float(
            "catboost.learning_rate", 0.01, 0.15, log=True
        ),
        "catboost.l2": trial.suggest_float("catboost.l2", 0.5, 60.0, log=True),
        "catboost.random_strength": trial.suggest_float(
            "catboost.random_strength", 0.3, 5.0, log=True
        ),
        "catboost.subsample": trial.suggest_float("catboost.subsample", 0.5, 1.0),
        "catboost.columns": trial.suggest_float("catboost.columns", 0.4, 1.0),
        "catboost.one_hot": trial.suggest_categorical("catboost.one_hot", (2, 10, 30)),
        "catboost.ctr_complexity": trial.suggest_int("catboost.ctr_complexity", 1, 3),
        "catboost.leaf_iterations": trial.suggest_categorical("catboost.leaf_iterations", (1, 5)),
    }


def describe_catboost(params: Mapping[str, Any]) -> str:
    """Say how deep the trees are."""
    depth = int(params.get("catboost.depth", 6))
    return say("{number} levels deep", number=depth)


CATBOOST = Family(
    name="catboost",
    title=mark("boosted trees (CatBoost)"),
    native=True,
    complete=False,
    package="catboost",
    fit=fit_catboost,
    load=load_catboost,
    sample=sample_catboost,
    describe=describe_catboost,
)
