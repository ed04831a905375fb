"""Small real bundles, made from seeded made-up tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from upshot.budget import Budget
from upshot.bundles import Bundle, build_bundle
from upshot.explaining.facts import Answer, Driver, Verdict, Wording
from upshot.explaining.surrogate import fit_surrogate
from upshot.learning.ensemble import FittedMember, FittedModel
from upshot.learning.intervals import AmountIntervals
from upshot.learning.outcome import Holdout, Interval, Learned, Member, SplitFacts
from upshot.learning.pipeline import Candidate, FitContext, fit_pipeline
from upshot.learning.task import LearningData, Task, TaskKind
from upshot.tables.schema import (
    BooleanFormat,
    Column,
    DateFormat,
    Kind,
    NumberFormat,
    Personal,
    Schema,
)
from upshot.tables.table import Source, Table

ROWS = 400
FEATURES = ("Age", "Country", "Joined", "Newsletter")
SCHEMA = Schema(
    (
        Column("Email", Kind.TEXT, personal=Personal.EMAIL, ignored=True),
        Column("Age", Kind.NUMBER, number=NumberFormat()),
        Column("Country", Kind.CATEGORY),
        Column("Joined", Kind.DATETIME, date=DateFormat(("%Y-%m-%d",))),
        Column("Newsletter", Kind.BOOLEAN, boolean=BooleanFormat(("yes",), ("no",))),
        Column("Outcome", Kind.CATEGORY),
    )
)
CLASSES = {
    TaskKind.BINARY: ("no", "yes"),
    TaskKind.MULTICLASS: ("bronze", "silver", "gold"),
    TaskKind.REGRESSION: (),
}
FAMILY = {TaskKind.BINARY: "lightgbm", TaskKind.MULTICLASS: "linear", TaskKind.REGRESSION: "linear"}


def made_up_columns(rows: int = ROWS, seed: int = 0) -> dict[str, list[str | None]]:
    """Cells as a CSV would hold them, without the outcome."""
    rng = np.random.default_rng(seed)
    ages = rng.integers(18, 80, rows)
    days = np.datetime64("2023-01-01") + rng.integers(0, 700, rows)
    return {
        "Email": [f"person{seed}-{i}@example.com" for i in range(rows)],
        "Age": [None if i % 17 == 0 else str(age) for i, age in enumerate(ages)],
        "Country": rng.choice(["Austria", "Belgium", "Chile"], rows, p=[0.6, 0.3, 0.1]).tolist(),
        "Joined": [str(day) for day in days],
        "Newsletter": rng.choice(["yes", "no"], rows).tolist(),
    }


def made_up_table(columns: dict[str, list[str | None]], schema: Schema | None = None) -> Table:
    """A table of text cells; kinds are those of the training table."""
    raw = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    kinds = {column.name: column for column in SCHEMA.columns}
    if schema is None:
        schema = Schema(tuple(kinds.get(n, Column(n, Kind.TEXT)) for n in columns))
    return Table(raw, schema, (), Source("made-up.csv", "csv"))


def made_up_data(kind: TaskKind) -> tuple[LearningData, Table]:
    """What learning gets of the made-up table, and the table."""
    columns = made_up_columns()
    target = _outcome(columns, kind)
    task = Task(kind, "Outcome", CLASSES[kind], nonnegative=kind is TaskKind.REGRESSION)
    texts = [task.classes[int(v)] if task.classes else f"{v:.2f}" for v in target]
    table = made_up_table({**columns, "Outcome": texts}, SCHEMA)
    features = table.data[list(FEATURES)]
    return LearningData(features, target, SCHEMA.select(FEATURES), task), table


def make_bundle(kind: TaskKind) -> Bundle:
    """Train one small pipeline on a made-up table and bundle it."""
    data, table = made_up_data(kind)
    task = data.task
    context = FitContext(seed=0, cores=1, deadline=None, iterations=20)
    candidate = Candidate("first", FAMILY[kind], {})
    pipeline = fit_pipeline(candidate, data, None, context)
    intervals = AmountIntervals(np.array([0.0]), np.array([-9.0]), np.array([9.0]))
    model = FittedModel(
        task,
        (FittedMember("first", 1.0, (pipeline,)),),
        intervals=intervals if kind is TaskKind.REGRESSION else None,
    )
    surrogate = None
    if kind is TaskKind.BINARY:
        surrogate = fit_surrogate(model, data, Budget(seconds=None, cores=1))
    return build_bundle(_learned(model, data), data, table, _answer(task), surrogate)


def _outcome(columns: dict[str, list[str | None]], kind: TaskKind) -> np.ndarray:
    rng = np.random.default_rng(1)
    ages = np.array([float(age or 40) for age in columns["Age"]])
    scores = ages / 20 + 2 * (np.array(columns["Country"]) == "Chile") + rng.normal(0, 0.5, ROWS)
    if kind is TaskKind.REGRESSION:
        return np.maximum(scores * 10, 0)
    cuts = [3.5] if kind is TaskKind.BINARY else [2.5, 3.5]
    return np.digitize(scores, cuts).astype("int64")


def _learned(model: FittedModel, data: LearningData) -> Learned:
    rows = np.arange(0, ROWS, 4)
    predictions = model.predict(data.features.iloc[rows])
    return Learned(
        task=data.task,
        model=model,
        metric="log-loss",
        candidates=(),
        ensemble=(Member("first", 1.0),),
        calibration="identity",
        split=SplitFacts("random", "One row in four was set aside.", 300, 100, 5, 1),
        holdout=Holdout(rows, data.target[rows], predictions, predictions),
        metrics={"auc": Interval(0.8, 0.7, 0.9)},
        baseline={"auc": 0.5},
        refitted=False,
    )


def _answer(task: Task) -> Answer:
    drivers = tuple(
        Driver(name, "number", Interval(share), "up", (), f"`{name}` matters.")
        for name, share in zip(FEATURES, (0.5, 0.3, 0.17, 0.03), strict=True)
    )
    return Answer(
        question="who",
        wording=Wording("Who will say yes?", "`Outcome` is yes"),
        task=task,
        file="made-up.csv",
        rows=ROWS,
        columns=FEATURES,
        created="2026-01-01T00:00:00+00:00",
        seconds=1.0,
        seed=0,
        cores=1,
        metric="log-loss",
        holdout={"auc": Interval(0.8, 0.7, 0.9)},
        baseline={"auc": 0.5},
        split=SplitFacts("random", "One row in four was set aside.", 300, 100, 5, 1),
        verdict=Verdict("good", "Contact the top 20 %."),
        gains=None,
        deciles=(),
        calibration=(),
        calibration_method="identity",
        drivers=drivers,
        classes=(),
        amounts=None,
        candidates=(),
        ensemble=(Member("first", 1.0),),
        refitted=False,
        reasons_fidelity=None,
        warnings=(),
    )


@pytest.fixture(scope="session")
def binary() -> Bundle:
    return make_bundle(TaskKind.BINARY)


@pytest.fixture(scope="session")
def multiclass() -> Bundle:
    return make_bundle(TaskKind.MULTICLASS)


@pytest.fixture(scope="session")
def regression() -> Bundle:
    return make_bundle(TaskKind.REGRESSION)


@pytest.fixture(scope="session")
def saved(binary: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A saved binary bundle; do not change it in place."""
    return binary.save(tmp_path_factory.mktemp("saved") / "made-up.upshot")


@pytest.fixture(scope="session")
def new_table() -> Callable[..., Table]:
    """Make a table of new rows; keyword arguments replace columns, None removes one."""

    def make(rows: int = 50, **changes: list[str | None] | None) -> Table:
        columns = {**made_up_columns(rows, seed=7), **changes}
        return made_up_table({n: cells for n, cells in columns.items() if cells is not None})

    return make
