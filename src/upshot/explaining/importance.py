"""How much each column matters: the loss when its cells are shuffled among the holdout rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.metrics import row_losses
from upshot.learning.outcome import Interval
from upshot.learning.state import Array
from upshot.learning.task import TaskKind

if TYPE_CHECKING:
    import pandas as pd

    from upshot.explaining.surrogate import Surrogate

MOST_ROWS = 2_000
MOST_COLUMNS = 40
FEWEST_ROWS = 200
REPEATS = 3
BOOTSTRAPS = 200
COPIES_AT_ONCE = 10

Predict = Callable[["pd.DataFrame"], Array]


@dataclass(frozen=True, eq=False)
class Judged:
    """Rows whose truth is known, and the model to judge on them.

    Attributes
    ----------
    features : pandas.DataFrame, shape (n_rows, n_columns)
        Typed columns.
    target : numpy.ndarray, shape (n_rows,)
        The truth.
    predict : callable
        The model.
    kind : TaskKind
        The shape of the outcome; it decides the loss.
    """

    features: pd.DataFrame
    target: Array
    predict: Predict
    kind: TaskKind

    def head(self, rows: int) -> Judged:
        """Return the first rows only."""
        return Judged(self.features.iloc[:rows], self.target[:rows], self.predict, self.kind)

    def losses(self, predictions: Array) -> Array:
        """Return the loss of each prediction, the truth repeated as often as needed."""
        copies = len(predictions) // len(self.target)
        return row_losses(np.tile(self.target, copies), predictions, self.kind)


def screened(
    columns: tuple[str, ...], features: pd.DataFrame, guide: Surrogate | None
) -> dict[str, float]:
    """Return the columns worth shuffling with their mean |SHAP| in the imitation, strongest first.

    Without an imitation no column is known to be stronger than another, and all strengths are 0.
    """
    if guide is None:
        return dict.fromkeys(columns[:MOST_COLUMNS], 0.0)
    contributions, _ = guide.contributions(features)
    strength = dict(zip(guide.columns, np.abs(contributions).mean(axis=0).tolist(), strict=True))
    ranked = sorted(strength, key=lambda name: -strength[name])
    moving = [name for name in ranked if strength[name] > 0 and name in columns]
    return {name: strength[name] for name in moving[:MOST_COLUMNS]}


def shuffled_losses(
    judged: Judged, columns: list[str], rng: np.random.Generator, deadline: float | None
) -> dict[str, Array]:
    """Return, per column, each row's extra loss when the column's cells are shuffled.

    Permutation importance (Breiman 2001, Machine Learning 45:5–32), averaged over up to three
    shuffles. Columns for which the time did not suffice are left out; with no time at all, the
    result is empty.
    """
    started = time.monotonic()
    plain = judged.losses(judged.predict(judged.features))
    cost = time.monotonic() - started
    rows = len(judged.target)
    if deadline is not None:
        allowed = max(0.0, deadline - time.monotonic())
        affordable = int(rows * allowed / max(cost * min(len(columns), 12), 1e-6))
        rows = min(rows, max(min(rows, FEWEST_ROWS), affordable))
    judged, plain = judged.head(rows), plain[:rows]
    sums: dict[str, Array] = {}
    for repeat in range(1, REPEATS + 1):
        for start in range(0, len(columns), COPIES_AT_ONCE):
            part = columns[start : start + COPIES_AT_ONCE]
            part_cost = cost * rows * len(part) / len(plain)
            if deadline is not None and time.monotonic() + part_cost * 0.5 > deadline:
                return _complete(sums, columns, repeat)
            for name, extra in _extra_losses(judged, plain, part, rng).items():
                before = sums.get(name)
                sums[name] = extra if before is None else before + (extra - before) / repeat
    return sums


def _complete(sums: dict[str, Array], columns: list[str], repeat: int) -> dict[str, Array]:
    return {name: sums[name] for name in columns if name in sums}


def _extra_losses(
    judged: Judged, plain: Array, columns: list[str], rng: np.random.Generator
) -> dict[str, Array]:
    import pandas as pd

    copies = []
    for name in columns:
        copy = judged.features.copy(deep=False)
        order = rng.permutation(len(copy))
        copy[name] = judged.features[name].take(order).set_axis(copy.index)
        copies.append(copy)
    losses = judged.losses(judged.predict(pd.concat(copies, ignore_index=True)))
    parts = losses.reshape(len(columns), -1)
    return {name: part - plain for name, part in zip(columns, parts, strict=True)}


def shares(extra: dict[str, Array], rng: np.random.Generator) -> dict[str, Interval]:
    """Return each column's share of all losses with its 95 % interval, largest first.

    The interval is the percentile bootstrap over rows (Efron 1979).
    """
    if not extra:
        return {}
    names = list(extra)
    table = np.column_stack([extra[name] for name in names])
    rows = len(table)
    weights = rng.multinomial(rows, np.full(rows, 1 / rows), size=BOOTSTRAPS) / rows
    value = _as_shares(table.mean(axis=0)[None, :])[0]
    low, high = np.percentile(_as_shares(weights @ table), [2.5, 97.5], axis=0)
    ranked = sorted(range(len(names)), key=lambda column: -value[column])
    return {
        names[column]: Interval(float(value[column]), float(low[column]), float(high[column]))
        for column in ranked
    }


def _as_shares(means: Array) -> Array:
    means = np.clip(means, 0.0, None)
    total = means.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(means, total, out=np.zeros_like(means), where=total > 0))
