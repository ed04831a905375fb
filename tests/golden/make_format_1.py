"""Make the golden bundles of format 1 again: one small bundle per model family.

Run ``python tests/golden/make_format_1.py`` as long as format 1 is unreleased. Once a release has
written it, these files are history: they stay as they are, and a change of the format gets a new
number and a new script.
"""

from __future__ import annotations

import csv
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import upshot
from upshot.bundles import Bundle
from upshot.bundles.manifest import SelfTest
from upshot.bundles.selftest import expected_values, typed_rows
from upshot.learning.calibration import Calibrator
from upshot.learning.ensemble import FittedMember, FittedModel
from upshot.learning.outcome import Member
from upshot.learning.pipeline import Candidate, FitContext, fit_pipeline
from upshot.learning.task import TaskKind
from upshot.questions import choose, prepare

FOLDER = Path(__file__).parent
ROWS, NEW_ROWS = 400, 25


@dataclass(frozen=True)
class Golden:
    """One golden bundle: a family, what it predicts, and whether it gives reasons."""

    family: str
    target: str
    iterations: int = 8
    params: tuple[tuple[str, Any], ...] = ()
    has_reasons: bool = False


GOLDENS = (
    Golden("linear", "Spend", 3),
    Golden("catboost", "Converted", has_reasons=True),
    Golden("lightgbm", "Plan"),
    Golden("extra_trees", "Converted", 5),
    Golden("network", "Converted", 2, (("network.width", 16), ("network.layers", 1))),
)
TARGETS = ("Converted", "Plan", "Spend")


def made_up(rows: int, seed: int) -> dict[str, list[str]]:
    """Cells of a made-up table with every kind of column and all three outcomes."""
    rng = np.random.default_rng(seed)
    visits = rng.poisson(6, rows)
    basket = rng.gamma(3, 20, rows).round(2)
    channel = rng.choice(["Ads", "E-mail", "Search", "Social"], rows, p=[0.4, 0.3, 0.2, 0.1])
    news = rng.choice(["yes", "no"], rows)
    days = np.datetime64("2024-01-01") + rng.integers(0, 365, rows)
    words = rng.choice(["late delivery", "great service", "too dear", "will come back"], (rows, 2))
    score = visits / 3 + basket / 40 + 2 * (channel == "E-mail") + rng.normal(0, 1, rows)
    return {
        "Visits": [str(v) if i % 13 else "" for i, v in enumerate(visits)],
        "Basket": [f"{b:.2f}" for b in basket],
        "Channel": channel.tolist(),
        "Newsletter": news.tolist(),
        "Since": [str(day) for day in days],
        "Comment": [f"{a}, {b} {i % 7}" for i, (a, b) in enumerate(words)],
        "Converted": np.where(score > 5, "yes", "no").tolist(),
        "Plan": np.array(["Basic", "Plus", "Pro"])[np.digitize(score, [3, 5])].tolist(),
        "Spend": [f"{max(s, 0) * 25:.2f}" for s in score],
    }


def write_csv(path: Path, columns: dict[str, list[str]]) -> None:
    """Write cells as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def make(golden: Golden, training: Path) -> Bundle:
    """Train the family on the made-up table and bundle it."""
    table = upshot.read(training)
    ignore = tuple(name for name in TARGETS if name != golden.target)
    result = upshot.train(table, golden.target, ignore=ignore, trials=1, seed=0, cores=1)
    data = prepare(table, choose(table, golden.target, ignore=ignore))
    context = FitContext(seed=0, cores=1, deadline=None, iterations=golden.iterations)
    candidate = Candidate(golden.family, golden.family, dict(golden.params))
    pipeline = fit_pipeline(candidate, data, None, context)
    earlier = result.bundle.model
    calibrator = earlier.calibrator
    if data.task.kind is TaskKind.BINARY:
        calibrator = Calibrator("platt", np.array([1.1, -0.1]))
    member = FittedMember(golden.family, 1.0, (pipeline,))
    model = FittedModel(data.task, (member,), calibrator, earlier.intervals)
    bundle = _with_model(result.bundle, model)
    return bundle if golden.has_reasons else replace(bundle, surrogate=None)


def _with_model(bundle: Bundle, model: FittedModel) -> Bundle:
    rows = bundle.manifest.self_test.rows
    values = expected_values(model, bundle.task, typed_rows(rows, bundle.schema))
    ensemble = tuple(Member(member.name, member.weight) for member in model.members)
    manifest = replace(
        bundle.manifest,
        ensemble=ensemble,
        self_test=SelfTest(rows, tuple(tuple(row) for row in values)),
    )
    answer = replace(
        bundle.answer,
        created="2026-01-01T00:00:00+00:00",
        seconds=1.0,
        ensemble=ensemble,
        candidates=tuple(replace(c, seconds=0.1) for c in bundle.answer.candidates),
    )
    return replace(bundle, manifest=manifest, answer=answer, model=model)


def main() -> None:
    """Write the bundles, the rows to score and the expected predictions."""
    rows = FOLDER / "format-1-rows.csv"
    columns = made_up(NEW_ROWS, seed=1)
    write_csv(rows, {name: cells for name, cells in columns.items() if name not in TARGETS})
    expected: dict[str, dict[str, list[Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        training = Path(folder) / "made-up.csv"
        write_csv(training, made_up(ROWS, seed=0))
        for golden in GOLDENS:
            bundle = make(golden, training)
            bundle.save(FOLDER / f"format-1-{golden.family}.upshot")
            frame = bundle.predict(upshot.read(rows), reasons=int(golden.has_reasons))
            added = [name for name in frame if str(name).startswith("upshot_")]
            expected[golden.family] = {name: frame[name].tolist() for name in added}
    text = json.dumps(expected, indent=1, ensure_ascii=False)
    (FOLDER / "format-1-expected.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
