"""A made-up shop, a model that knows how it works, and what learning would have left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from upshot.explaining.facts import Wording
from upshot.learning.intervals import AmountIntervals
from upshot.learning.metrics import intervals, values
from upshot.learning.outcome import CandidateRecord, Holdout, Learned, Member, SplitFacts
from upshot.learning.state import Array
from upshot.learning.task import LearningData, Task, TaskKind
from upshot.tables.schema import Column, Kind, Schema

PLANS = ("Month-to-month", "One year", "Two year")
SCHEMA = Schema(
    (
        Column("plan", Kind.CATEGORY),
        Column("tenure", Kind.NUMBER),
        Column("newsletter", Kind.BOOLEAN),
        Column("joined", Kind.DATETIME),
        Column("comment", Kind.TEXT),
        Column("noise", Kind.NUMBER),
    )
)
WORDING = Wording("Who will leave?", "`left` is yes", "customers", "leavers")


def shop(rows: int, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    tenure = rng.integers(0, 72, rows).astype(float)
    tenure[rng.random(rows) < 0.05] = np.nan
    joined = np.datetime64("2020-01-01", "us") + rng.integers(0, 1500, rows).astype("m8[D]")
    comment = np.where(rng.random(rows) < 0.2, "price far too high", "all fine here thanks")
    return pd.DataFrame(
        {
            "plan": pd.Series(rng.choice(PLANS, rows, p=[0.5, 0.3, 0.2]), dtype="category"),
            "tenure": tenure,
            "newsletter": pd.Series(rng.random(rows) < 0.4, dtype="boolean"),
            "joined": pd.Series(joined).astype("datetime64[us]"),
            "comment": pd.Series(comment, dtype="str"),
            "noise": rng.normal(size=rows),
        }
    )


def pull(features: pd.DataFrame) -> Array:
    """What moves a customer: plan most, tenure next, then the comment; nothing else."""
    plan = features["plan"].astype(object).map(dict(zip(PLANS, (0.6, -0.6, -1.6), strict=True)))
    tenure = features["tenure"].fillna(30).to_numpy()
    angry = features["comment"].astype(object).str.contains("price").to_numpy(dtype=float)
    return plan.to_numpy(dtype=float) - tenure / 36 + angry * 0.8 - 0.2


@dataclass(frozen=True)
class KnowingModel:
    """Stands in for the ensemble."""

    task: Task
    answer: Callable[[pd.DataFrame], Array]
    intervals: AmountIntervals | None = None

    def predict(self, features: pd.DataFrame) -> Array:
        return self.answer(features)

    def interval_around(self, predictions: Array) -> tuple[Array, Array]:
        return self.intervals.around(predictions)


def probability(features: pd.DataFrame) -> Array:
    return 1 / (1 + np.exp(-pull(features)))


def three_classes(features: pd.DataFrame) -> Array:
    scores = np.column_stack([pull(features), np.zeros(len(features)), -pull(features)])
    parts = np.exp(scores)
    return parts / parts.sum(axis=1, keepdims=True)


def euros(features: pd.DataFrame) -> Array:
    return 200 + 50 * pull(features)


def learned_from(
    data: LearningData, model: KnowingModel, predictions: Array, rows: Array
) -> Learned:
    target = data.target[rows]
    baseline = np.full(len(rows), data.target.mean())
    if data.task.kind is TaskKind.MULTICLASS:
        shares = np.bincount(data.target, minlength=len(data.task.classes)) / data.rows
        baseline = np.tile(shares, (len(rows), 1))
    return Learned(
        task=data.task,
        model=model,
        metric="log_loss",
        candidates=(
            CandidateRecord("catboost-1", "catboost", 2.1, -0.5, "done", "", "CatBoost", {"a": 1}),
            CandidateRecord("network-1", "network", 0.0, None, "skipped", "PyTorch is missing"),
        ),
        ensemble=(Member("catboost-1", 1.0),),
        calibration="isotonic",
        split=SplitFacts("random", "A random fifth of the rows.", 800, len(rows), 5, 1),
        holdout=Holdout(rows, target, predictions, baseline),
        metrics=intervals(data.task, target, predictions, seed=0),
        baseline=values(data.task, target, baseline),
        refitted=True,
    )


def case(kind: TaskKind, rows: int = 1_500) -> tuple[Learned, LearningData]:
    features, rng = shop(rows), np.random.default_rng(1)
    held = np.arange(0, rows, 2)
    spread = None
    if kind is TaskKind.BINARY:
        task, answer = Task(kind, "left", ("no", "yes")), probability
        target = (rng.random(rows) < probability(features)).astype(np.int64)
    elif kind is TaskKind.MULTICLASS:
        task, answer = Task(kind, "tier", ("Gold", "Silver", "Basic")), three_classes
        chances = three_classes(features).cumsum(axis=1)
        target = (rng.random((rows, 1)) > chances).sum(axis=1).clip(0, 2).astype(np.int64)
    else:
        task, answer = Task(kind, "spend", (), nonnegative=True), euros
        target = euros(features) + rng.normal(0, 20, rows)
        spread = AmountIntervals(np.array([200.0]), np.array([-25.6]), np.array([25.6]))
    model = KnowingModel(task, answer, spread)
    data = LearningData(features, target, SCHEMA, task)
    return learned_from(data, model, answer(features)[held], held), data


@pytest.fixture(scope="session")
def binary() -> tuple[Learned, LearningData]:
    return case(TaskKind.BINARY)


@pytest.fixture(scope="session")
def multiclass() -> tuple[Learned, LearningData]:
    return case(TaskKind.MULTICLASS)


@pytest.fixture(scope="session")
def regression() -> tuple[Learned, LearningData]:
    return case(TaskKind.REGRESSION)
