"""Metrics: how good predictions are, with 95 % intervals.

Every metric is written for weighted rows and many weightings at once, so that the bootstrap
(Efron 1979) is one call: a resample is a row of counts. Inside the library a *score* is always
greater-is-better; people are shown the *value* in the metric's own direction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from upshot.learning.outcome import Interval
from upshot.learning.state import Array
from upshot.learning.task import Task, TaskKind

SMALLEST_PROBABILITY = 1e-6
FEWEST_OUTCOMES = 10
FEWEST_ROWS = 20
_TOP_SHARE = 0.1
_CHUNK_CELLS = 4_000_000

Weighted = Callable[[Array, Array, Array], Array]


@dataclass(frozen=True)
class Metric:
    """A way to judge predictions.

    Attributes
    ----------
    name : str
        Stable slug.
    greater_is_better : bool
        The direction of `value`; `score` is turned so that greater is better.
    weighted : callable
        (target (n,), predictions, weights (b, n)) → (b,).
    """

    name: str
    greater_is_better: bool
    weighted: Weighted

    def value(self, target: Array, predictions: Array) -> float:
        """The metric in its own direction."""
        return float(self.weighted(target, predictions, np.ones((1, len(target))))[0])

    def score(self, target: Array, predictions: Array) -> float:
        """The metric, greater is better."""
        value = self.value(target, predictions)
        return value if self.greater_is_better else -value


def clip_probability(predictions: Array) -> Array:
    """Keep probabilities away from 0 and 1, where the log-loss has no bound."""
    clipped = np.clip(predictions, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY)
    return np.asarray(clipped)


def true_probability(target: Array, predictions: Array) -> Array:
    """Probability given to what happened; predictions (n,) for two outcomes, else (n, k)."""
    codes = target.astype(np.int64)
    if predictions.ndim == 1:
        return np.asarray(np.where(codes == 1, predictions, 1 - predictions))
    return np.asarray(predictions[np.arange(len(codes)), codes])


def row_losses(target: Array, predictions: Array, kind: TaskKind) -> Array:
    """Loss of each row: log-loss for classes, squared error for amounts."""
    if kind is TaskKind.REGRESSION:
        return np.asarray((target - predictions) ** 2)
    return np.asarray(-np.log(clip_probability(true_probability(target, predictions))))


def _mean(rows: Array, weights: Array) -> Array:
    return np.asarray(weights @ rows / weights.sum(axis=1))


def _log_loss(target: Array, predictions: Array, weights: Array) -> Array:
    return _mean(row_losses(target, predictions, TaskKind.BINARY), weights)


def _brier(target: Array, predictions: Array, weights: Array) -> Array:
    return _mean((predictions - target) ** 2, weights)


def _grouped(target: Array, predictions: Array, weights: Array) -> tuple[Array, Array]:
    """Weights of positives and negatives per distinct prediction, from the highest down."""
    order = np.argsort(-predictions, kind="stable")
    ordered = predictions[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sorted_weights = weights[:, order]
    positive = sorted_weights * (target[order] == 1)
    positives = np.add.reduceat(positive, starts, axis=1)
    return positives, np.add.reduceat(sorted_weights, starts, axis=1) - positives


def _ratio(part: Array, whole: Array) -> Array:
    empty = np.full(np.shape(whole), np.nan)
    return np.asarray(np.divide(part, whole, out=empty, where=whole > 0))


def _auc(target: Array, predictions: Array, weights: Array) -> Array:
    positives, negatives = _grouped(target, predictions, weights)
    below = negatives.sum(axis=1, keepdims=True) - np.cumsum(negatives, axis=1)
    won = (positives * (below + negatives / 2)).sum(axis=1)
    return _ratio(won, positives.sum(axis=1) * negatives.sum(axis=1))


def _average_precision(target: Array, predictions: Array, weights: Array) -> Array:
    positives, negatives = _grouped(target, predictions, weights)
    reached = np.cumsum(positives, axis=1)
    precision = _ratio(reached, reached + np.cumsum(negatives, axis=1))
    return _ratio(np.nansum(precision * positives, axis=1), positives.sum(axis=1))


def _top_decile_lift(target: Array, predictions: Array, weights: Array) -> Array:
    positives, negatives = _grouped(target, predictions, weights)
    size = positives + negatives
    before = np.cumsum(size, axis=1) - size
    contacted = _TOP_SHARE * size.sum(axis=1, keepdims=True)
    share = np.nan_to_num(_ratio(np.clip(contacted - before, 0, size), size))
    return _ratio((share * positives).sum(axis=1), positives.sum(axis=1)) / _TOP_SHARE


def _accuracy(target: Array, predictions: Array, weights: Array) -> Array:
    return _mean((predictions.argmax(axis=1) == target).astype(np.float64), weights)


def _macro_f1(target: Array, predictions: Array, weights: Array) -> Array:
    chosen = predictions.argmax(axis=1)
    scores = []
    for code in range(predictions.shape[1]):
        hit = weights @ ((chosen == code) & (target == code)).astype(np.float64)
        named = weights @ (chosen == code).astype(np.float64)
        there = weights @ (target == code).astype(np.float64)
        scores.append(np.nan_to_num(_ratio(2 * hit, named + there)))
    return np.asarray(np.mean(scores, axis=0))


def _rmse(target: Array, predictions: Array, weights: Array) -> Array:
    return np.asarray(np.sqrt(_mean((target - predictions) ** 2, weights)))


def _mae(target: Array, predictions: Array, weights: Array) -> Array:
    return _mean(np.abs(target - predictions), weights)


def _r2(target: Array, predictions: Array, weights: Array) -> Array:
    # Centring first keeps the variance exact when amounts are large and alike.
    centred = target - target.mean()
    variance = _mean(centred**2, weights) - _mean(centred, weights) ** 2
    return 1 - _ratio(_mean((target - predictions) ** 2, weights), variance)


LOG_LOSS = Metric("log_loss", False, _log_loss)
AUC = Metric("auc", True, _auc)
ACCURACY = Metric("accuracy", True, _accuracy)
RMSE = Metric("rmse", False, _rmse)
R2 = Metric("r2", True, _r2)
TOP_DECILE_LIFT = Metric("top_decile_lift", True, _top_decile_lift)

METRICS: Mapping[TaskKind, tuple[Metric, ...]] = {
    TaskKind.BINARY: (
        AUC,
        Metric("average_precision", True, _average_precision),
        LOG_LOSS,
        Metric("brier", False, _brier),
        TOP_DECILE_LIFT,
    ),
    TaskKind.MULTICLASS: (LOG_LOSS, ACCURACY, Metric("macro_f1", True, _macro_f1)),
    TaskKind.REGRESSION: (RMSE, Metric("mae", False, _mae), R2),
}


def optimised(kind: TaskKind) -> Metric:
    """The metric the search optimises."""
    return RMSE if kind is TaskKind.REGRESSION else LOG_LOSS


def telling(kind: TaskKind) -> Metric:
    """The metric that says most plainly whether anything was learned."""
    return {TaskKind.BINARY: AUC, TaskKind.MULTICLASS: ACCURACY, TaskKind.REGRESSION: R2}[kind]


def values(task: Task, target: Array, predictions: Array) -> dict[str, float]:
    """Every metric of the task, in its own direction."""
    return {metric.name: metric.value(target, predictions) for metric in METRICS[task.kind]}


def intervals(task: Task, target: Array, predictions: Array, *, seed: int) -> dict[str, Interval]:
    """Every metric of the task with its bootstrap 95 % interval."""
    metrics = METRICS[task.kind]
    found = {metric.name: metric.value(target, predictions) for metric in metrics}
    if not _enough(task.kind, target):
        return {name: Interval(value) for name, value in found.items()}
    draws: dict[str, list[Array]] = {metric.name: [] for metric in metrics}
    for weights in resamples(target, task.kind, seed=seed):
        for metric in metrics:
            draws[metric.name].append(metric.weighted(target, predictions, weights))
    return {name: _percentiles(value, np.concatenate(draws[name])) for name, value in found.items()}


def resamples(target: Array, kind: TaskKind, *, seed: int) -> list[Array]:
    """Bootstrap counts (b, n) in chunks; each class keeps its number of rows."""
    rng = np.random.default_rng([seed, 2])
    rows = len(target)
    count = 500 if rows <= 5_000 else 200
    strata = np.zeros(rows, dtype=np.int64) if kind is TaskKind.REGRESSION else target
    members = [np.flatnonzero(strata == stratum) for stratum in np.unique(strata)]
    size = max(1, min(count, _CHUNK_CELLS // rows))
    chunks = []
    for start in range(0, count, size):
        weights = np.zeros((min(size, count - start), rows), dtype=np.float32)
        for row in weights:
            for member in members:
                drawn = rng.integers(0, len(member), len(member))
                row[member] = np.bincount(drawn, minlength=len(member))
        chunks.append(weights)
    return chunks


def _enough(kind: TaskKind, target: Array) -> bool:
    if kind is TaskKind.BINARY:
        counts = np.bincount(target.astype(np.int64), minlength=2)
        return bool(counts.min() >= FEWEST_OUTCOMES)
    return len(target) >= FEWEST_ROWS


def _percentiles(value: float, draws: Array) -> Interval:
    finite = draws[np.isfinite(draws)]
    if len(finite) < len(draws) // 2:
        return Interval(value)
    low, high = np.percentile(finite, [2.5, 97.5])
    # Ties broken by resampling can push a percentile past the estimate; the interval holds it.
    return Interval(value, float(min(low, value)), float(max(high, value)))
