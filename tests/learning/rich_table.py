"""A small made-up table with every kind of column."""

from __future__ import annotations

import numpy as np
import pandas as pd

from upshot.learning.task import LearningData, Task, TaskKind
from upshot.tables.schema import Column, Kind, Schema

_WORDS = np.array(["spring", "sale", "shoes", "newsletter", "coupon", "gift", "summer", "coat"])
SCHEMA = Schema(
    (
        Column("visits", Kind.NUMBER),
        Column("spend", Kind.NUMBER),
        Column("empty", Kind.NUMBER),
        Column("member", Kind.BOOLEAN),
        Column("channel", Kind.CATEGORY),
        Column("city", Kind.CATEGORY),
        Column("joined", Kind.DATETIME),
        Column("last_order", Kind.DATETIME),
        Column("comment", Kind.TEXT),
    )
)


def features(rows: int, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    start = np.datetime64("2024-01-01T00:00", "us")
    joined = start + rng.integers(0, 500, rows).astype("timedelta64[D]")
    comments = [" ".join(rng.choice(_WORDS, 4)) for _ in range(rows)]
    frame = pd.DataFrame(
        {
            "visits": rng.poisson(3, rows).astype(float),
            "spend": rng.lognormal(3, 1, rows),
            "empty": np.full(rows, np.nan),
            "member": pd.array(rng.random(rows) < 0.4, dtype="boolean"),
            "channel": pd.Categorical(rng.choice(["ads", "mail", "shop"], rows)),
            "city": pd.Categorical([f"city {i}" for i in rng.zipf(1.6, rows) % 60]),
            "joined": joined.astype("datetime64[us]"),
            "last_order": (joined + rng.integers(0, 90, rows).astype("timedelta64[D]")),
            "comment": pd.array(comments, dtype="str"),
        }
    )
    frame.loc[rng.random(rows) < 0.1, ["visits", "member", "channel", "joined", "comment"]] = None
    return frame


def signal(frame: pd.DataFrame) -> np.ndarray:
    visits = np.nan_to_num(frame["visits"].to_numpy(), nan=3.0)
    mail = (frame["channel"] == "mail").to_numpy(float)
    sale = frame["comment"].str.contains("sale", na=False).to_numpy(float)
    return 0.5 * visits + 1.2 * mail + 0.8 * sale + 0.3 * np.log(frame["spend"].to_numpy()) - 3.2


def learning_data(kind: TaskKind, rows: int = 300, seed: int = 0) -> LearningData:
    frame = features(rows, seed)
    noisy = signal(frame) + np.random.default_rng(seed + 1).logistic(0, 1, rows)
    if kind is TaskKind.BINARY:
        task = Task(kind, "bought", ("no", "yes"))
        return LearningData(frame, (noisy > 0).astype(np.int64), SCHEMA, task)
    if kind is TaskKind.MULTICLASS:
        target = np.digitize(noisy, [-0.5, 1.0]).astype(np.int64)
        return LearningData(frame, target, SCHEMA, Task(kind, "plan", ("a", "b", "c")))
    return LearningData(frame, np.exp(noisy / 2), SCHEMA, Task(kind, "spent", nonnegative=True))
