"""Small made-up learning data, as the fixture `made_up`."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from upshot.learning.task import LearningData, Task, TaskKind
from upshot.tables.schema import Column, Kind, Schema

_SCHEMA = Schema(
    (
        Column("visits", Kind.NUMBER),
        Column("age", Kind.NUMBER),
        Column("channel", Kind.CATEGORY),
    )
)


def _features(rows: int, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    visits = rng.poisson(3, rows).astype(float)
    visits[rng.random(rows) < 0.05] = np.nan
    channels = rng.choice(["ads", "mail", "shop"], rows)
    return pd.DataFrame(
        {
            "visits": visits,
            "age": rng.normal(45, 12, rows).round(),
            "channel": pd.Categorical(channels, categories=["ads", "mail", "shop"]),
        }
    )


def _signal(frame: pd.DataFrame) -> np.ndarray:
    mail = (frame["channel"] == "mail").to_numpy(float)
    return np.nan_to_num(frame["visits"].to_numpy(), nan=3.0) * 0.6 + 1.5 * mail - 3.5


def _binary(rows: int = 400, seed: int = 0) -> LearningData:
    frame = _features(rows, seed)
    chance = 1 / (1 + np.exp(-_signal(frame)))
    target = (np.random.default_rng(seed + 1).random(rows) < chance).astype(np.int64)
    return LearningData(frame, target, _SCHEMA, Task(TaskKind.BINARY, "bought", ("no", "yes")))


def _permuted(rows: int = 400, seed: int = 0) -> LearningData:
    data = _binary(rows, seed)
    target = np.random.default_rng(seed + 2).permutation(data.target)
    return LearningData(data.features, target, data.schema, data.task)


def _multiclass(rows: int = 400, seed: int = 0) -> LearningData:
    frame = _features(rows, seed)
    noisy = _signal(frame) + np.random.default_rng(seed + 1).normal(0, 0.7, rows)
    target = np.digitize(noisy, np.quantile(noisy, [0.5, 0.8])).astype(np.int64)
    return LearningData(frame, target, _SCHEMA, Task(TaskKind.MULTICLASS, "plan", ("a", "b", "c")))


def _regression(rows: int = 400, seed: int = 0) -> LearningData:
    frame = _features(rows, seed)
    noise = np.random.default_rng(seed + 1).normal(0, 1, rows)
    target = np.exp(_signal(frame) / 2 + noise / 4) * 100
    task = Task(TaskKind.REGRESSION, "spend", nonnegative=True)
    return LearningData(frame, target, _SCHEMA, task)


@pytest.fixture(scope="session")
def made_up() -> SimpleNamespace:
    """Makers of small learning data: ``made_up.binary(rows, seed)`` and so on."""
    return SimpleNamespace(
        features=_features,
        binary=_binary,
        permuted=_permuted,
        multiclass=_multiclass,
        regression=_regression,
    )
