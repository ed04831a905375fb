"""Answers made up from facts alone: a report must need nothing else."""

from __future__ import annotations

import numpy as np

from upshot.errors import Note
from upshot.explaining.facts import (
    AmountFacts,
    Answer,
    ClassFacts,
    Driver,
    Effect,
    Verdict,
    Wording,
)
from upshot.explaining.ranking import deciles, gains
from upshot.explaining.reliability import calibration_bins
from upshot.learning.outcome import CandidateRecord, Interval, Member, SplitFacts
from upshot.learning.task import Task, TaskKind

WORDING = Wording("Who will buy?", "`bought` is yes", "people", "buyers")
HOSTILE = "<script>alert(1)</script>\"'&"


def ranked(rows: int = 1_000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    said = rng.beta(1, 6, rows)
    return (rng.random(rows) < said).astype(float), said


def driver(column: str = "visits", about: str = "") -> Driver:
    return Driver(
        column=column,
        kind="number",
        importance=Interval(0.5, 0.4, 0.6),
        direction="up",
        effects=(Effect("under 3", 0.5, 0.1), Effect("3 or more", 0.45, 0.3)),
        sentence=f"Where `{column}` is 3 or more, we predict 30 buyers per 100 people.",
        about=about,
    )


DRIVERS = (
    driver(),
    Driver("comment", "text", Interval(0.2), "none", (), "What is written in `comment` …"),
)


def answer(kind: TaskKind = TaskKind.BINARY, **changes: object) -> Answer:
    target, said = ranked()
    binary, amounts = kind is TaskKind.BINARY, kind is TaskKind.REGRESSION
    classes = {
        TaskKind.BINARY: ("no", "yes"),
        TaskKind.MULTICLASS: ("Gold", "Silver", "Basic"),
        TaskKind.REGRESSION: (),
    }[kind]
    facts: dict[str, object] = {
        "question": "who-will",
        "wording": WORDING,
        "task": Task(kind, "bought", classes),
        "file": "shop.csv",
        "rows": 5_000,
        "columns": ("visits", "comment"),
        "created": "2026-01-02T03:04:05+00:00",
        "seconds": 58.2,
        "seed": 0,
        "cores": 2,
        "metric": "log_loss",
        "holdout": {"auc": Interval(0.84, 0.81, 0.86), "log_loss": Interval(0.3)},
        "baseline": {"auc": 0.5, "log_loss": 0.4},
        "split": SplitFacts("random", "A random fifth was set aside.", 4_000, 1_000, 5, 1),
        "verdict": Verdict(
            "good",
            "Contact the top 20 %: that reaches 61 % of buyers.",
            ("Measured on 1,000 people.",),
            actions=("Score your list.",),
            share=0.2,
        ),
        "gains": gains(target, said) if binary else None,
        "deciles": deciles(target, said) if binary or amounts else (),
        "calibration": () if amounts else calibration_bins(target, said),
        "calibration_method": "isotonic",
        "drivers": DRIVERS,
        "classes": (),
        "amounts": None,
        "candidates": (
            CandidateRecord("catboost-1", "catboost", 3.2, -0.31, "done", summary="CatBoost"),
            CandidateRecord("network-1", "network", 0.0, None, "skipped", "PyTorch is missing."),
        ),
        "ensemble": (Member("catboost-1", 1.0),),
        "refitted": True,
        "reasons_fidelity": 0.93,
        "warnings": (
            Note("leak-suspect", "`visits` may be known too late.", "visits", "Ignore.", "warning"),
            Note("duplicates", "12 rows stand twice.", None, "", "info"),
        ),
    }
    if kind is TaskKind.MULTICLASS:
        facts["holdout"] = {"accuracy": Interval(0.71, 0.68, 0.74)}
        facts["baseline"] = {"accuracy": 0.6}
        facts["classes"] = (
            ClassFacts("Gold", 100, 90, 0.7, 0.6),
            ClassFacts("Silver", 5, 0, None, 0.0),
            ClassFacts("Basic", 0, 3, 0.0, None),
        )
    if amounts:
        facts["holdout"] = {"rmse": Interval(1_234.5, 1_100.0, 1_400.0), "r2": Interval(0.4)}
        facts["baseline"] = {"rmse": 2_000.0, "r2": 0.0}
        pairs = tuple((float(a), float(b)) for a, b in zip(said * 100, target * 100, strict=True))
        facts["amounts"] = AmountFacts(12.0, 3.0, 5.0, 0.79, pairs[:300])
    return Answer(**{**facts, **changes})  # type: ignore[arg-type]
