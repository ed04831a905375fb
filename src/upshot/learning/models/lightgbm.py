"""LightGBM: boosted trees grown leaf by leaf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.matrix import Matrix
from upshot.learning.models.base import Family, Fit, Trial, useful_cores
from upshot.learning.state import Array, State
from upshot.learning.task import TaskKind
from upshot.wording import mark, say

if TYPE_CHECKING:
    from lightgbm import Booster

    from upshot.learning.table_facts import TableFacts

_OBJECTIVES = {
    TaskKind.BINARY: "binary",
    TaskKind.MULTICLASS: "multiclass",
    TaskKind.REGRESSION: "regression",
}
_DEFAULT_ROUNDS = 2000
_DEFAULT_PATIENCE = 60
_ROUNDS_WITHOUT_VALIDATION = 300
# Between Poisson (1) and gamma (2): amounts that may be 0; LightGBM's own default.
_TWEEDIE_POWER = 1.5


@dataclass(frozen=True, eq=False)
class LightGBMModel:
    """A fitted LightGBM model."""

    booster: Booster
    iterations: int | None

    def predict(self, matrix: Matrix, cores: int) -> Array:
        """Predict encoded rows."""
        predicted = self.booster.predict(
            matrix.dense(),
            num_iteration=self.iterations,
            num_threads=useful_cores(matrix, cores),
        )
        return np.asarray(predicted, dtype=np.float64)

    def state(self) -> State:
        """Return the model as LightGBM's text."""
        text = self.booster.model_to_string(num_iteration=self.iterations)
        values = {"iterations": self.iterations}
        return State(values, blobs={"model.txt": text.encode()})


def fit_lightgbm(fit: Fit) -> LightGBMModel:
    """Fit with early stopping on the validation rows, or for the given rounds."""
    import lightgbm

    train = _dataset(fit.train, fit.target)
    has_valid = fit.valid is not None and fit.context.iterations is None
    callbacks: list[Any] = [_stop_in_time(fit)]
    valid_sets = []
    if has_valid and fit.valid is not None:
        valid_sets = [_dataset(fit.valid, fit.valid_target, train)]
        patience = int(fit.params.get("lightgbm.patience", _DEFAULT_PATIENCE))
        callbacks.append(lightgbm.early_stopping(patience, verbose=False))
    booster = lightgbm.train(
        _settings(fit),
        train,
        num_boost_round=_rounds(fit),
        valid_sets=valid_sets,
        callbacks=callbacks,
    )
    best = booster.best_iteration if has_valid else 0
    rounds = best if best > 0 else booster.current_iteration()
    return LightGBMModel(booster, int(rounds))


def _dataset(matrix: Matrix, target: Array | None, reference: Any = None) -> Any:
    import lightgbm

    numbers, codes = matrix.numbers.shape[1], matrix.codes.shape[1]
    return lightgbm.Dataset(
        matrix.dense(),
        label=target,
        reference=reference,
        categorical_feature=list(range(numbers, numbers + codes)),
        params={"verbosity": -1},
        free_raw_data=True,
    )


def _stop_in_time(fit: Fit) -> Any:
    from lightgbm.callback import EarlyStopException

    best: dict[str, Any] = {"score": np.inf, "round": 0, "results": []}

    def callback(env: Any) -> None:
        if env.evaluation_result_list:
            score = env.evaluation_result_list[0][2]
            if score < best["score"]:
                best.update(score=score, round=env.iteration, results=env.evaluation_result_list)
        else:
            best.update(round=env.iteration)
        if fit.context.is_over():
            raise EarlyStopException(best["round"], best["results"])

    callback.order = 20  # type: ignore[attr-defined]  # before early stopping, after evaluation
    return callback


def _rounds(fit: Fit) -> int:
    if fit.context.iterations:
        return fit.context.iterations
    rounds = int(fit.params.get("lightgbm.rounds", _DEFAULT_ROUNDS))
    return rounds if fit.valid is not None else min(rounds, _ROUNDS_WITHOUT_VALIDATION)


def _settings(fit: Fit) -> dict[str, Any]:
    params, context = fit.params, fit.context
    settings: dict[str, Any] = {
        **_objective(fit),
        "learning_rate": float(params.get("lightgbm.learning_rate", 0.04)),
        "num_leaves": int(params.get("lightgbm.leaves", 50)),
        "extra_trees": bool(params.get("lightgbm.extra_trees", False)),
        "feature_fraction": float(params.get("lightgbm.columns", 0.8)),
        "bagging_fraction": float(params.get("lightgbm.subsample", 0.75)),
        "bagging_freq": 1,
        "min_data_in_leaf": int(params.get("lightgbm.min_leaf", 40)),
        "lambda_l1": float(params.get("lightgbm.l1", 0.0)),
        "lambda_l2": float(params.get("lightgbm.l2", 1.0)),
        "cat_smooth": float(params.get("lightgbm.category_smoothing", 10.0)),
        "cat_l2": float(params.get("lightgbm.category_l2", 10.0)),
        "min_data_per_group": int(params.get("lightgbm.category_rows", 50)),
        "max_bin": 255,
        "seed": context.seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": useful_cores(fit.train, context.cores),
        "verbosity": -1,
    }
    if fit.column_directions:
        settings["monotone_constraints"] = fit.column_directions
    if fit.kind is TaskKind.MULTICLASS:
        settings["num_class"] = fit.n_classes
    return settings


def _objective(fit: Fit) -> dict[str, Any]:
    """What is minimised; rounds are always judged by the loss of the task."""
    wanted = str(fit.params.get("lightgbm.objective", "squares"))
    if fit.kind is not TaskKind.REGRESSION or wanted == "squares" or np.min(fit.target) < 0:
        return {"objective": _OBJECTIVES[fit.kind]}
    if wanted == "gamma" and np.min(fit.target) > 0:
        return {"objective": "gamma", "metric": "l2"}
    return {"objective": "tweedie", "tweedie_variance_power": _TWEEDIE_POWER, "metric": "l2"}


def load_lightgbm(state: State) -> LightGBMModel:
    """Rebuild from LightGBM's text."""
    import lightgbm

    booster = lightgbm.Booster(model_str=state.blobs["model.txt"].decode())
    return LightGBMModel(booster, state.values["iterations"])


def sample_lightgbm(trial: Trial, facts: TableFacts) -> dict[str, Any]:
    """Draw within the ranges that AutoGluon's and pytabkit's portfolios span."""
    most = max(8, min(256, facts.rows // 20))
    params: dict[str, Any] = {}
    if facts.skewed_amount:
        params["lightgbm.objective"] = trial.suggest_categorical(
            "lightgbm.objective", ("squares", "gamma", "tweedie")
        )
    return {
        **params,
        "lightgbm.learning_rate": trial.suggest_float(
            "lightgbm.learning_rate", 0.01, 0.12, log=True
        ),
        "lightgbm.leaves": trial.suggest_int("lightgbm.leaves", 2, most, log=True),
        "lightgbm.extra_trees": trial.suggest_categorical("lightgbm.extra_trees", (False, True)),
        "lightgbm.columns": trial.suggest_float("lightgbm.columns", 0.35, 1.0),
        "lightgbm.subsample": trial.suggest_float("lightgbm.subsample", 0.6, 1.0),
        "lightgbm.min_leaf": trial.suggest_int("lightgbm.min_leaf", 2, 200, log=True),
        "lightgbm.l1": trial.suggest_float("lightgbm.l1", 1e-3, 10.0, log=True),
        "lightgbm.l2": trial.suggest_float("lightgbm.l2", 0.1, 60.0, log=True),
    }


def describe_lightgbm(params: Mapping[str, Any]) -> str:
    """Say how large the trees are."""
    if int(params.get("lightgbm.leaves", 50)) == 2:
        return say("one column at a time")
    most = int(params.get("lightgbm.leaves", 50))
    return say("up to {number} end groups a tree", number=str(most))


LIGHTGBM = Family(
    name="lightgbm",
    title=mark("boosted trees (LightGBM)"),
    native=True,
    complete=False,
    package="lightgbm",
    fit=fit_lightgbm,
    load=load_lightgbm,
    sample=sample_lightgbm,
    describe=describe_lightgbm,
)
