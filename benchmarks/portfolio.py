"""Remake the evidence that decides where a search begins (`learning/evidence.json`).

Every entry of the portfolio is fitted on each table's training part (the 70 % of `quality.py`,
seed 0: no test row is read), and what it reached and took is stored beside the table's facts. At
the start of a search, the entries are ordered by what they did on tables that look alike
(`learning/order.py`). Measured on one core, one job at a time::

    python benchmarks/portfolio.py measure --tasks ../shared/benchmarks/tasks.json \
        --data ../shared/data --into benchmarks/results/portfolio
    python benchmarks/portfolio.py check --into benchmarks/results/portfolio
    python benchmarks/portfolio.py store --into benchmarks/results/portfolio

``check`` says what the order is worth, leaving the table itself out: how far below the best
combination of all entries a search is after as much time as a few fits take.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from quality import split

from upshot.budget import Budget
from upshot.learning.baseline import fit_baseline
from upshot.learning.evaluation import FoldFit, Folds, gather
from upshot.learning.features.memory import EncodingMemory
from upshot.learning.metrics import row_losses
from upshot.learning.models import available_families
from upshot.learning.order import EVIDENCE, Evidence, arranged, evidence
from upshot.learning.portfolio import entries, warm_starts
from upshot.learning.selection import library, select
from upshot.learning.splits import split as split_folds
from upshot.learning.splits import take
from upshot.learning.table_facts import TableFacts, table_facts
from upshot.learning.task import LearningData, TaskKind

_MOST_ROWS = 20_000
_FEW_ROWS = 4_000
_MOST_SECONDS = 40.0
# Moments at which an order is judged, in typical fits of the table.
_MOMENTS = (3, 6, 12, 24)


def measure(options: argparse.Namespace) -> None:
    """Fit every entry on every table and store what came out."""
    options.into.mkdir(parents=True, exist_ok=True)
    for path in options.tasks:
        for task in json.loads(path.read_text())["tasks"]:
            if options.only and task["name"] not in options.only:
                continue
            _measure_table(task, options)


def _measure_table(task: dict[str, Any], options: argparse.Namespace) -> None:
    stored = options.into / f"{task['name']}.npz"
    known = _stored(stored)
    data = _learning_data(task, options.data)
    budget = Budget(seconds=None, cores=1, seed=0)
    splits = split_folds(data, seed=0, seconds=60)
    used = splits.folds[: 1 if len(splits.training) > _FEW_ROWS else 3]
    # Without memory, so that every entry is charged for its own preprocessing.
    folds = Folds(data, used, budget, most_rows=_MOST_ROWS, memory=EncodingMemory(0))
    facts = table_facts(take(data, splits.training))
    families = available_families()[0]
    for candidate in warm_starts(facts, families):
        if candidate.name in known["names"]:
            continue
        # Processor time, so that a machine that does something else as well does no harm.
        began = time.process_time()
        found = _fit(folds, candidate, len(used))
        seconds = (time.process_time() - began) / len(used)
        if found is None:
            continue
        rows, predictions = gather(found)
        known["names"].append(candidate.name)
        known["seconds"].append(seconds)
        known["predictions"].append(predictions)
        loss = float(row_losses(data.target[rows], predictions, data.task.kind).mean())
        print(f"{task['name']:22} {candidate.name:32} {seconds:6.2f} s  {loss:.5g}", flush=True)
        known["target"] = data.target[rows]
        known["baseline"] = fit_baseline(take(data, splits.training)).repeat(len(rows))
        _store(stored, known, facts)


def _fit(folds: Folds, candidate: Any, count: int) -> list[FoldFit] | None:
    try:
        deadline = time.monotonic() + _MOST_SECONDS
        return [folds.fit(candidate, index, deadline) for index in range(count)]
    except ValueError as error:
        print(f"{candidate.name}: {error}", flush=True)
        return None


def _learning_data(task: dict[str, Any], data: Path) -> LearningData:
    from upshot.questions import choose, prepare
    from upshot.tables import read

    with tempfile.TemporaryDirectory() as folder:
        parts, _ = split(task, data, Path(folder), 0)
        table = read(parts[0])
        return prepare(table, choose(table, task["target"], positive=task.get("positive")))


def _stored(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {"names": [], "seconds": [], "predictions": []}
    with np.load(path) as kept:
        return {
            "names": [str(name) for name in kept["names"]],
            "seconds": list(kept["seconds"]),
            "predictions": list(kept["predictions"]),
        }


def _store(path: Path, known: dict[str, Any], facts: TableFacts) -> None:
    about = json.dumps({**asdict(facts), "kind": str(facts.kind)})
    np.savez_compressed(
        path,
        names=np.array(known["names"]),
        seconds=np.array(known["seconds"]),
        predictions=np.stack(known["predictions"]),
        target=known["target"],
        baseline=known["baseline"],
        facts=np.array(about),
    )


class Measured:
    """What was measured on one table."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as kept:
            self.names = [str(name) for name in kept["names"]]
            self.seconds = kept["seconds"]
            self.predictions = kept["predictions"]
            self.target = kept["target"]
            baseline = kept["baseline"]
            about = json.loads(str(kept["facts"]))
        self.name = path.stem
        self.kind = TaskKind(about.pop("kind"))
        self.facts = TableFacts(kind=self.kind, **about)
        self.losses = np.array([self._loss(p) for p in self.predictions])
        self.start = self._loss(baseline)

    def _loss(self, predictions: Any) -> float:
        return float(row_losses(self.target, predictions, self.kind).mean())

    def evidence(self) -> Evidence:
        """Regret of each entry as a share of what can be gained, and its relative cost."""
        best = self.losses.min()
        room = max(self.start - best, 1e-9)
        regrets = np.clip((self.losses - best) / room, 0, 1)
        costs = self.seconds / np.median(self.seconds)
        results = {
            name: (round(float(regret), 4), round(float(cost), 3))
            for name, regret, cost in zip(self.names, regrets, costs, strict=True)
        }
        return Evidence(self.name, self.facts, results)

    def curve(self, order: list[str]) -> list[float]:
        """Share of the gain of all entries combined that is missing at each moment."""
        kind, target = self.kind, self.target
        whole = library(list(self.predictions), target, kind)
        least = whole.loss(select(whole, seed=0))
        room = max(self.start - least, 1e-9)
        places = [self.names.index(name) for name in order if name in self.names]
        spent = np.cumsum(self.seconds[places])
        missing = []
        for moment in _MOMENTS:
            done = places[: max(1, int((spent <= moment * np.median(self.seconds)).sum()))]
            some = library(list(self.predictions[done]), target, kind)
            missing.append((some.loss(select(some, seed=0)) - least) / room)
        return missing


def _read(folder: Path) -> list[Measured]:
    return [Measured(path) for path in sorted(folder.glob("*.npz"))]


def check(options: argparse.Namespace) -> None:
    """Compare orders on each table: by rank alone, by the other tables, and by itself."""
    measured = _read(options.into)
    every = [table.evidence() for table in measured]
    shown: dict[str, list[list[float]]] = {"rank": [], "others": [], "itself": []}
    for table, own in zip(measured, every, strict=True):
        others = [known for known in every if known is not own]
        usable = [name for name in _by_rank(table.facts) if name in table.names]
        shown["rank"].append(table.curve(usable))
        shown["others"].append(table.curve(arranged(usable, table.facts, others)))
        shown["itself"].append(table.curve(arranged(usable, table.facts, [own])))
        print(f"{table.name:24}", {k: np.round(v[-1], 3).tolist() for k, v in shown.items()})
    print(f"missing share of the gain after {_MOMENTS} typical fits, mean over tables")
    for name, curves in shown.items():
        print(f"{name:8}", np.round(np.mean(curves, axis=0), 4).tolist())


def _by_rank(facts: TableFacts) -> list[str]:
    traits = facts.traits
    return [e.name for e in sorted(entries(), key=lambda e: e.place(traits)) if e.suits(traits)]


def store(options: argparse.Namespace) -> None:
    """Write the evidence into the package."""
    every = [table.evidence() for table in _read(options.into)]
    made = {
        "by": "benchmarks/portfolio.py",
        "on": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "cores": 1,
        "most_rows": _MOST_ROWS,
        "read": "name: [share of the best entry's gain that is missing, cost / median cost]",
    }
    tables = [
        {
            "name": known.name,
            "facts": {**asdict(known.facts), "kind": str(known.facts.kind)},
            "results": {name: list(values) for name, values in known.results.items()},
        }
        for known in every
    ]
    lines = ",\n".join(json.dumps(table) for table in tables)
    EVIDENCE.write_text(f'{{"made": {json.dumps(made)},\n"tables": [\n{lines}\n]}}\n')
    evidence.cache_clear()
    print(f"{len(tables)} tables in {EVIDENCE}")


def main() -> None:
    """Measure, check or store."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=("measure", "check", "store"))
    parser.add_argument("--tasks", type=Path, action="append", default=[])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    {"measure": measure, "check": check, "store": store}[options.step](options)


if __name__ == "__main__":
    main()
