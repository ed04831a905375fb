"""A small, fast imitation of the ensemble that says which columns moved a row's prediction."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.budget import Budget
from upshot.explaining.encoder import (
    ColumnCode,
    code_from_values,
    code_values,
    encode,
    fit_codes,
    owners,
)
from upshot.learning.state import Array, State
from upshot.learning.task import LearningData, Task, TaskKind

if TYPE_CHECKING:
    import pandas as pd

    from upshot.learning.ensemble import FittedModel

MOST_ROWS = 20_000
MOST_CLASSES = 20
FEWEST_ROWS = 50
UNSEEN_SHARE = 0.2
MOST_SECONDS = 10.0
SHARE_OF_TIME_LEFT = 0.3
SMALLEST_PROBABILITY = 1e-4
TREES, RATE = 300, 0.1
FEWEST_TREES = 40
HURRIED_SECONDS = 3.0
HURRIED_TREES, HURRIED_RATE, HURRIED_ROWS = 80, 0.3, 5_000
SMALLEST_SPREAD = 1e-9
MODEL_FILE = "model.cbm"


@dataclass(frozen=True, eq=False)
class Surrogate:
    """An imitation of the ensemble on the raw typed columns.

    Attributes
    ----------
    task : {"binary", "multiclass", "regression"}
        What is imitated: the log-odds, the log-probability of each class, or the amount.
    classes : tuple of str
        Multiclass: the classes imitated, in the order of the outputs.
    codes : tuple of ColumnCode
        How columns become numbers.
    model : bytes
        The CatBoost model in its own format.
    fidelity : float
        R² against the ensemble on rows the imitation has not seen; 1 is a perfect imitation.
    """

    task: str
    classes: tuple[str, ...]
    codes: tuple[ColumnCode, ...]
    model: bytes
    fidelity: float

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it looks at."""
        return tuple(code.name for code in self.codes)

    def predict(self, features: pd.DataFrame) -> Array:
        """Return what the ensemble would say, on the imitated scale."""
        return np.asarray(self._booster.predict(encode(self.codes, features)))

    def imitate(self, features: pd.DataFrame) -> Array:
        """Return what the ensemble would say, as it would say it: probabilities or amounts."""
        raw = self.predict(features)
        if self.task == TaskKind.BINARY:
            return np.asarray(1 / (1 + np.exp(-raw)))
        if self.task == TaskKind.MULTICLASS:
            likely = np.exp(raw - raw.max(axis=1, keepdims=True))
            return np.asarray(likely / likely.sum(axis=1, keepdims=True))
        return raw

    def contributions(self, features: pd.DataFrame) -> tuple[Array, Array]:
        """Return how far each column moves each row's prediction from the average.

        Returns
        -------
        contributions : numpy.ndarray, shape (n_rows, n_columns)
            SHAP values (Lundberg & Lee 2017) on the imitated scale, in the order of `columns`;
            multiclass: of the class predicted for the row.
        outputs : numpy.ndarray of int64, shape (n_rows,)
            Position in `classes` of the class spoken of; 0 for the other tasks.
        """
        from catboost import Pool

        numbers = encode(self.codes, features)
        if not len(numbers):
            return np.zeros((0, len(self.codes))), np.zeros(0, dtype=np.int64)
        booster = self._booster
        shap = np.asarray(booster.get_feature_importance(Pool(numbers), type="ShapValues"))
        outputs = np.zeros(len(numbers), dtype=np.int64)
        if shap.ndim == 3:
            outputs = shap.sum(axis=2).argmax(axis=1)
            shap = shap[np.arange(len(numbers)), outputs]
        summed = np.zeros((len(numbers), len(self.codes)))
        for position, owner in enumerate(owners(self.codes)):
            summed[:, owner] += shap[:, position]
        return summed, outputs

    def reasons(self, features: pd.DataFrame, n: int) -> list[list[str]]:
        """Say per row, in up to `n` short phrases, what moved its prediction most.

        A phrase reads "`Contract` is Month-to-month (raises)".
        """
        from upshot.explaining.reasons import phrases

        contributions, outputs = self.contributions(features)
        spoken = tuple(self.classes[output] for output in outputs) if self.classes else ()
        return phrases(features[list(self.columns)], self.codes, contributions, spoken, n)

    def state(self) -> State:
        """Return what a bundle stores."""
        values = {
            "task": str(self.task),
            "classes": list(self.classes),
            "codes": [code_values(code) for code in self.codes],
            "fidelity": self.fidelity,
        }
        return State(values, {}, {MODEL_FILE: self.model})

    @classmethod
    def from_state(cls, state: State) -> Surrogate:
        """Rebuild a surrogate from what a bundle stores."""
        values = state.values
        return cls(
            task=str(values["task"]),
            classes=tuple(str(name) for name in values["classes"]),
            codes=tuple(code_from_values(code) for code in values["codes"]),
            model=state.blobs[MODEL_FILE],
            fidelity=float(values["fidelity"]),
        )

    @cached_property
    def _booster(self) -> Any:
        from catboost import CatBoost

        booster = CatBoost()
        booster.load_model(blob=self.model)
        return booster


def fit_surrogate(
    model: FittedModel, data: LearningData, budget: Budget, *, seconds: float | None = None
) -> Surrogate | None:
    """Fit the imitation of a model.

    Parameters
    ----------
    model : FittedModel
        The ensemble to imitate.
    data : LearningData
        Rows to imitate it on; at most 20,000 are taken.
    budget : Budget
        Seed, cores and time: at most `seconds`, by default 10 s and 30 % of what is left.

    Returns
    -------
    Surrogate or None
        None when there are too few rows or no usable column to imitate anything, or when the
        model says the same of every row.
    """
    allowed = seconds or min(MOST_SECONDS, SHARE_OF_TIME_LEFT * budget.remaining())
    deadline = None if budget.seconds is None else time.monotonic() + allowed
    hurried = deadline is not None and allowed < HURRIED_SECONDS
    rng = np.random.default_rng(budget.seed)
    most = HURRIED_ROWS if hurried else MOST_ROWS
    rows = _rows_in_time(model, data, rng.permutation(data.rows)[:most], deadline)
    if len(rows) < FEWEST_ROWS:
        return None
    features = data.features.iloc[rows]
    imitated, classes = _imitated(model.predict(features), data.task)
    if float(np.ptp(imitated, axis=0).max()) <= SMALLEST_SPREAD:
        return None
    unseen = max(1, int(len(rows) * UNSEEN_SHARE))
    seen = slice(unseen, None)
    scale = imitated if imitated.ndim == 1 else imitated[:, 0]
    codes = fit_codes(features.iloc[seen], data.schema, scale[seen])
    if not codes:
        return None
    numbers = encode(codes, features)
    booster = _booster_for(imitated, budget, hurried=hurried)
    callbacks = None if deadline is None else [_StopAt(deadline)]
    booster.fit(numbers[seen], imitated[seen], callbacks=callbacks)
    fidelity = _r2(imitated[:unseen], np.asarray(booster.predict(numbers[:unseen])))
    return Surrogate(str(data.task.kind), classes, codes, _saved(booster), fidelity)


def _rows_in_time(
    model: FittedModel, data: LearningData, rows: Array, deadline: float | None
) -> Array:
    """Keep as many rows as the ensemble can predict in 40 % of the time."""
    trial = rows[:500]
    if deadline is None or len(rows) <= len(trial):
        return rows
    started = time.monotonic()
    model.predict(data.features.iloc[trial])
    now = time.monotonic()
    cost = max(now - started, 1e-4)
    affordable = int(len(trial) * 0.4 * max(deadline - now, 0.0) / cost)
    return rows[: max(len(trial), affordable)]


def _imitated(predictions: Array, task: Task) -> tuple[Array, tuple[str, ...]]:
    clipped = np.clip(predictions, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY)
    if task.kind is TaskKind.BINARY:
        return np.log(clipped / (1 - clipped)), ()
    if task.kind is TaskKind.MULTICLASS:
        return np.log(clipped[:, :MOST_CLASSES]), task.classes[:MOST_CLASSES]
    return np.asarray(predictions, dtype=float), ()


def _booster_for(imitated: Array, budget: Budget, *, hurried: bool) -> Any:
    from catboost import CatBoostRegressor

    return CatBoostRegressor(
        loss_function="RMSE" if imitated.ndim == 1 else "MultiRMSE",
        iterations=HURRIED_TREES if hurried else TREES,
        learning_rate=HURRIED_RATE if hurried else RATE,
        depth=5,
        l2_leaf_reg=1.0,
        border_count=64,
        boosting_type="Plain",
        random_seed=budget.seed,
        thread_count=budget.cores,
        allow_writing_files=False,
        logging_level="Silent",
    )


class _StopAt:
    """Ends boosting at a moment of the monotonic clock, but not before it can be of any use."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline

    def after_iteration(self, info: Any) -> bool:
        return bool(info.iteration < FEWEST_TREES or time.monotonic() < self.deadline)


def _saved(booster: Any) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / MODEL_FILE
        booster.save_model(str(path))
        return path.read_bytes()


def _r2(truth: Array, guess: Array) -> float:
    spread = float(((truth - truth.mean(axis=0)) ** 2).sum())
    if spread <= 0:
        return 1.0
    return 1.0 - float(((truth - guess) ** 2).sum()) / spread
