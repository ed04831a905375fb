"""Regularised linear models: logistic, softmax or least squares, along a path of strengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.features.matrix import Matrix
from upshot.learning.models.base import Family, Fit, Trial, useful_cores
from upshot.learning.state import Array, State, contiguous
from upshot.learning.task import TaskKind
from upshot.wording import mark, say

if TYPE_CHECKING:
    from upshot.learning.table_facts import TableFacts

# Penalties per row, strongest first: each fit starts from the one before it. The position on this
# path is the family's "iterations", so that a refit repeats the strength that validated best.
PATH = tuple(float(v) for v in np.geomspace(0.3, 1e-6, 12))
# Without validation rows and without a known position: mild, as scikit-learn's C = 1 at 1,000 rows.
_DEFAULT_POSITION = 6
# Two weaker penalties in a row that do not help end the path.
_PATIENCE = 2
_MOST_STEPS = 200


@dataclass(frozen=True, eq=False)
class LinearModel:
    """Weights of a linear model; the last row is the intercept."""

    weights: Array
    centre: float
    spread: float
    kind: TaskKind
    iterations: int | None

    def predict(self, matrix: Matrix, cores: int) -> Array:
        """Predict encoded rows."""
        scores = _scores(matrix.dense(), self.weights)
        if self.kind is TaskKind.REGRESSION:
            return np.asarray(scores[:, 0] * self.spread + self.centre)
        if self.kind is TaskKind.BINARY:
            from scipy.special import expit

            return np.asarray(expit(scores[:, 0]))
        from scipy.special import softmax

        return np.asarray(softmax(scores, axis=1))

    def state(self) -> State:
        """Return the weights."""
        return State(
            {
                "centre": self.centre,
                "spread": self.spread,
                "kind": str(self.kind),
                "iterations": self.iterations,
            },
            {"weights": contiguous(self.weights, np.float64)},
        )


def _scores(X: Array, weights: Array) -> Array:
    return np.asarray(X.astype(np.float64) @ weights[:-1] + weights[-1])


@dataclass(frozen=True, eq=False)
class _Objective:
    """Mean loss and its gradient in float32, penalised in float64.

    `share` is the share of the absolute-value penalty (elastic net); it is made smooth by writing
    each weight as the difference of two non-negative ones.
    """

    X: Array
    target: Array
    kind: TaskKind
    strength: float
    share: float

    def __call__(self, flat: Array) -> tuple[float, Array]:
        width = self.target.shape[1]
        parts = flat.reshape(-1, self.X.shape[1] + 1, width)
        weights = parts[0] - parts[1] if len(parts) == 2 else parts[0]
        loss, slope = self._loss(weights)
        inner = weights[:-1]
        ridge = self.strength * (1.0 - self.share)
        loss += 0.5 * ridge * float((inner**2).sum())
        slope[:-1] += ridge * inner
        if len(parts) == 1:
            return loss, slope.ravel()
        lasso = self.strength * self.share
        loss += lasso * float(parts[:, :-1].sum())
        both = np.stack([slope, -slope])
        both[:, :-1] += lasso
        return loss, both.ravel()

    def _loss(self, weights: Array) -> tuple[float, Array]:
        rows = len(self.X)
        scores = self.X @ weights[:-1].astype(np.float32) + weights[-1].astype(np.float32)
        if self.kind is TaskKind.REGRESSION:
            error = scores - self.target
            loss = 0.5 * float(np.mean(error.astype(np.float64) ** 2))
        elif self.kind is TaskKind.BINARY:
            from scipy.special import expit

            loss = float(np.mean(np.logaddexp(0, scores) - self.target * scores))
            error = expit(scores) - self.target
        else:
            from scipy.special import log_softmax

            logs = log_softmax(scores, axis=1)
            loss = -float(np.mean((self.target * logs).sum(axis=1)))
            error = np.exp(logs) - self.target
        slope = np.vstack([self.X.T @ error, error.sum(axis=0)])
        return loss, slope.astype(np.float64) / rows


def fit_linear(fit: Fit) -> LinearModel:
    """Follow the path to the strength that validates best, or to the given position."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(useful_cores(fit.train, fit.context.cores), user_api="blas"):
        return _follow_path(fit)


def _follow_path(fit: Fit) -> LinearModel:
    X, target, centre, spread = _prepared(fit)
    share = float(fit.params.get("linear.lasso_share", 0.0))
    last = _last_position(fit)
    flat = _start(X.shape[1], target, fit.kind, split=share > 0)
    best: tuple[float, int, Array] | None = None
    worse = 0
    for position, strength in enumerate(PATH[: last + 1]):
        flat = _minimise(_Objective(X, target, fit.kind, strength, share), flat, fit)
        weights = _joined(flat, X.shape[1], target.shape[1], split=share > 0)
        model = LinearModel(weights, centre, spread, fit.kind, position)
        loss = _validation_loss(model, fit)
        if best is None or loss <= best[0]:
            best, worse = (loss, position, weights), 0
        else:
            worse += 1
        if worse >= _PATIENCE or (fit.context.is_over() and position > 0):
            break
    if best is None:
        raise ValueError(say("The path of strengths is empty."))
    return LinearModel(best[2], centre, spread, fit.kind, best[1])


def _prepared(fit: Fit) -> tuple[Array, Array, float, float]:
    X = np.ascontiguousarray(fit.train.dense(), dtype=np.float32)
    centre, spread = 0.0, 1.0
    if fit.kind is TaskKind.MULTICLASS:
        target = fit.target[:, None] == np.arange(fit.n_classes)[None, :]
    elif fit.kind is TaskKind.BINARY:
        target = fit.target[:, None]
    else:
        centre = float(np.mean(fit.target))
        spread = float(np.std(fit.target)) or 1.0
        target = (fit.target[:, None] - centre) / spread
    return X, target.astype(np.float32), centre, spread


def _last_position(fit: Fit) -> int:
    if fit.context.iterations is not None:
        return min(max(fit.context.iterations, 0), len(PATH) - 1)
    return len(PATH) - 1 if fit.valid is not None else _DEFAULT_POSITION


def _start(width: int, target: Array, kind: TaskKind, *, split: bool) -> Array:
    weights = np.zeros((width + 1, target.shape[1]))
    if kind is not TaskKind.REGRESSION:
        share = np.clip(target.mean(axis=0, dtype=np.float64), 1e-6, 1 - 1e-6)
        is_binary = kind is TaskKind.BINARY
        weights[-1] = np.log(share / (1 - share)) if is_binary else np.log(share)
    if not split:
        return weights.ravel()
    return np.stack([np.maximum(weights, 0), np.maximum(-weights, 0)]).ravel()


def _joined(flat: Array, width: int, columns: int, *, split: bool) -> Array:
    parts = flat.reshape(2 if split else 1, width + 1, columns)
    return np.asarray(parts[0] - parts[1]) if split else np.array(parts[0])


def _minimise(objective: _Objective, flat: Array, fit: Fit) -> Array:
    from scipy.optimize import minimize

    def stop_in_time(intermediate_result: Any) -> None:
        if fit.context.is_over():
            raise StopIteration

    result = minimize(
        objective,
        flat,
        jac=True,
        method="L-BFGS-B",
        bounds=_bounds(len(flat), fit, split=objective.share > 0),
        callback=stop_in_time,
        options={"maxiter": _MOST_STEPS, "ftol": 1e-7, "gtol": 1e-5},
    )
    return np.asarray(result.x)


def _bounds(size: int, fit: Fit, *, split: bool) -> list[tuple[float | None, float | None]] | None:
    """Signs of weights: stated directions, and parts of a split weight that are never negative."""
    directions = fit.column_directions
    if not directions and not split:
        return None
    bounds: list[tuple[float | None, float | None]] = [(0.0 if split else None, None)] * size
    columns = size // (2 if split else 1) // (len(directions) + 1) if directions else 1
    for place, sign in enumerate(directions):
        for at in range(place * columns, (place + 1) * columns):
            if split and sign:
                # The part that pulls the wrong way stays 0: the second for 1, the first for −1.
                bounds[at + (size // 2 if sign > 0 else 0)] = (0.0, 0.0)
            elif sign:
                bounds[at] = (0.0, None) if sign > 0 else (None, 0.0)
    return bounds


def _validation_loss(model: LinearModel, fit: Fit) -> float:
    """Mean loss on the validation rows; without them the latest position is the best."""
    if fit.valid is None or fit.valid_target is None or fit.context.iterations is not None:
        return 0.0
    predicted = model.predict(fit.valid, fit.context.cores)
    if fit.kind is TaskKind.REGRESSION:
        return float(np.mean((predicted - fit.valid_target) ** 2))
    table = np.column_stack([1 - predicted, predicted]) if predicted.ndim == 1 else predicted
    chosen = table[np.arange(len(table)), fit.valid_target]
    return float(-np.mean(np.log(np.clip(chosen, 1e-12, None))))


def load_linear(state: State) -> LinearModel:
    """Rebuild from weights."""
    values = state.values
    return LinearModel(
        state.arrays["weights"],
        float(values["centre"]),
        float(values["spread"]),
        TaskKind(values["kind"]),
        values["iterations"],
    )


def sample_linear(trial: Trial, facts: TableFacts) -> dict[str, Any]:
    """Draw the share of the absolute-value penalty; the strength is found by validation."""
    return {
        "linear.lasso_share": trial.suggest_categorical("linear.lasso_share", (0.0, 0.5, 0.95)),
    }


def describe_linear(params: Mapping[str, Any]) -> str:
    """Say whether columns may drop out."""
    return say("unhelpful columns dropped") if params.get("linear.lasso_share", 0.0) else ""


LINEAR = Family(
    name="linear",
    title=mark("linear model"),
    native=False,
    complete=True,
    package="scipy",
    fit=fit_linear,
    load=load_linear,
    sample=sample_linear,
    describe=describe_linear,
)
