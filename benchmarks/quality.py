"""How well Upshot predicts: fixed splits of real marketing tables, through the command line.

Each task is split 70/30 (seed 0, stratified for classes), both parts are written as plain CSV,
`upshot train` learns from the first within its budget and `upshot predict` scores the second; the
figures are computed here, from the file it wrote. Run it on an idle machine::

    python benchmarks/quality.py --tasks ../shared/benchmarks/tasks.json \
        --data ../shared/data --seconds 60 --out benchmarks/results/quality.json

Add ``--only telco_churn`` for one task. Results are JSON; the table goes to the screen.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.model_selection import train_test_split


def split(
    task: dict[str, Any], data: Path, folder: Path, seed: int
) -> tuple[Path, Path, pd.Series]:
    """Write both parts of a task as CSV; return their paths and the truth of the second."""
    frame = pd.read_csv(data / task["file"], **task.get("read", {}))
    frame = frame.drop(columns=task.get("drop", []), errors="ignore")
    stratify = None if task["task"] == "regression" else frame[task["target"]]
    train, test = train_test_split(frame, test_size=0.3, random_state=seed, stratify=stratify)
    paths = folder / "train.csv", folder / "test.csv"
    train.to_csv(paths[0], index=False)
    test.drop(columns=task["target"]).to_csv(paths[1], index=False)
    return paths[0], paths[1], test[task["target"]].reset_index(drop=True)


def run_upshot(
    task: dict[str, Any], parts: tuple[Path, Path], options: argparse.Namespace
) -> dict[str, Any]:
    """Train and predict through the command line; return times, sizes and the scored rows."""
    bundle, scored = parts[0].with_suffix(".upshot"), parts[1].with_name("scored.csv")
    command = [sys.executable, "-m", "upshot", "train", str(parts[0]), "--target", task["target"]]
    command += ["--out", str(bundle), "--seed", str(options.seed), "--json"]
    command += ["--seconds", str(options.seconds), "--cores", str(options.cores)]
    if "positive" in task:
        command += ["--positive", task["positive"]]
    began = time.monotonic()
    trained = subprocess.run(command, capture_output=True, text=True, check=False)
    train_seconds = time.monotonic() - began
    if trained.returncode:
        return {"error": trained.stderr[-2000:]}
    began = time.monotonic()
    command = [sys.executable, "-m", "upshot", "predict", str(bundle), str(parts[1])]
    predicted = subprocess.run(
        [*command, "--out", str(scored)], capture_output=True, text=True, check=False
    )
    if predicted.returncode:
        return {"error": predicted.stderr[-2000:]}
    return {
        "train_seconds": round(train_seconds, 1),
        "predict_seconds": round(time.monotonic() - began, 1),
        "bundle_mb": round(bundle.stat().st_size / 1e6, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        "facts": json.loads(trained.stdout),
        "scored": pd.read_csv(scored),
    }


def judge(task: dict[str, Any], truth: pd.Series, scored: pd.DataFrame) -> dict[str, float]:
    """Compute the figures of one task from the scored file, over the rows whose truth is known."""
    known = truth.notna()
    truth, scored = truth[known], scored[known]
    if task["task"] == "regression":
        guess = scored["upshot_prediction"].to_numpy()
        inside = (truth >= scored["upshot_low"]) & (truth <= scored["upshot_high"])
        return {
            "rmse": float(metrics.root_mean_squared_error(truth, guess)),
            "mae": float(metrics.mean_absolute_error(truth, guess)),
            "r2": float(metrics.r2_score(truth, guess)),
            "coverage80": float(inside.mean()),
        }
    if task["task"] == "multiclass":
        labels = sorted(truth.astype(str).unique())
        shares = scored[[f"upshot_probability_{label}" for label in labels]].to_numpy()
        return {
            "accuracy": float(
                (scored["upshot_prediction"].astype(str) == truth.astype(str)).mean()
            ),
            "log_loss": float(metrics.log_loss(truth.astype(str), shares, labels=labels)),
            "auc": float(
                metrics.roc_auc_score(truth.astype(str), shares, multi_class="ovr", labels=labels)
            ),
        }
    outcome = (truth.astype(str) == str(task["positive"])).to_numpy().astype(int)
    share = scored["upshot_probability"].to_numpy()
    top = np.argsort(-share, kind="stable")[: max(1, len(share) // 10)]
    return {
        "auc": float(metrics.roc_auc_score(outcome, share)),
        "average_precision": float(metrics.average_precision_score(outcome, share)),
        "log_loss": float(metrics.log_loss(outcome, share)),
        "lift10": float(outcome[top].mean() / outcome.mean()),
    }


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    results = []
    for task in json.loads(options.tasks.read_text())["tasks"]:
        if options.only and task["name"] not in options.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            first, second, truth = split(task, options.data, Path(folder), options.seed)
            outcome = run_upshot(task, (first, second), options)
        if "error" in outcome:
            print(f"{task['name']:22} FAILED {outcome['error']}", flush=True)
            results.append({"task": task["name"], **outcome})
            continue
        figures = judge(task, truth, outcome.pop("scored"))
        facts = outcome.pop("facts")
        results.append(
            {
                "task": task["name"],
                **figures,
                **outcome,
                "ensemble": facts["ensemble"],
                "candidates": facts["candidates"],
                "warnings": facts["warnings"],
            }
        )
        shown = " ".join(f"{name} {value:.4f}" for name, value in figures.items())
        done = sum(candidate["state"] == "done" for candidate in facts["candidates"])
        print(
            f"{task['name']:22} {shown} | train {outcome['train_seconds']} s, {done} candidates, "
            f"bundle {outcome['bundle_mb']} MB, predict {outcome['predict_seconds']} s",
            flush=True,
        )
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
