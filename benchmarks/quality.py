"""How well Upshot predicts, beside its peers: fixed splits of real marketing tables.

Each task is split 70/30 by seed (stratified for classes) and both parts are written as plain CSV.
Every contender learns from the first within the same budget, on the same cores, one job at a time,
and scores the second; the figures are computed here. Run it on an idle machine::

    python benchmarks/peers.py flaml catboost --into ~/upshot-peers
    python benchmarks/quality.py --tasks ../shared/benchmarks/tasks.json \
        --data ../shared/data --seconds 60 --seed 0 --seed 1 \
        --peer flaml --peer catboost --peers ~/upshot-peers --out benchmarks/results/60s.json

``--only telco_churn`` runs one task, ``--without ensemble`` leaves a part of the learning out
(an ablation; the results call it ``upshot without ensemble``), ``--permute`` shuffles the outcome.
Results are JSON, written after every run; ``standing.py`` says of any such files who is ahead.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from contenders import OURS, Setting, run
from figures import judge
from peers import NAMES
from sklearn.model_selection import train_test_split
from standing import render


def split(
    task: dict[str, Any], data: Path, folder: Path, seed: int, *, permute: bool = False
) -> tuple[tuple[Path, Path], pd.Series]:
    """Write both parts of a task as CSV; return their paths and the truth of the second."""
    frame = pd.read_csv(data / task["file"], **task.get("read", {}))
    frame = frame.drop(columns=task.get("drop", []), errors="ignore")
    if permute:
        shuffled = np.random.default_rng(seed).permutation(len(frame))
        frame[task["target"]] = frame[task["target"]].to_numpy()[shuffled]
    stratify = None if task["task"] == "regression" else frame[task["target"]]
    if stratify is not None and stratify.isna().any():
        # Rows of unknown outcome stay in both parts, as a real file has them; `judge` skips them.
        stratify = stratify.astype(object).where(stratify.notna(), "").astype(str)
    train, test = train_test_split(frame, test_size=0.3, random_state=seed, stratify=stratify)
    paths = folder / "train.csv", folder / "test.csv"
    train.to_csv(paths[0], index=False)
    test.drop(columns=task["target"]).to_csv(paths[1], index=False)
    return paths, test[task["target"]].reset_index(drop=True)


def measure(
    contender: str, task: dict[str, Any], setting: Setting, options: argparse.Namespace
) -> dict[str, Any]:
    """Run one contender on one split of one task."""
    name = contender + "".join(f" without {part}" for part in setting.without)
    result: dict[str, Any] = {"contender": name, "task": task["name"], "seed": setting.seed}
    result |= {"seconds": setting.seconds, "cores": setting.cores, "permuted": options.permute}
    with tempfile.TemporaryDirectory() as folder:
        parts, truth = split(
            task, options.data, Path(folder), setting.seed, permute=options.permute
        )
        outcome = run(contender, task, parts, setting)
    if "error" in outcome:
        return {**result, **outcome}
    scored = outcome.pop("scored")
    if "upshot_probability" in scored:
        scored = scored.rename(columns={"upshot_probability": f"p_{task['positive']}"})
    rate = round(len(scored) / max(outcome["predict_seconds"], 0.01))
    figures = judge(task, truth, scored)
    return {**result, **figures, "predict_rows_per_second": rate, **outcome}


def line(result: dict[str, Any]) -> str:
    """One line of progress."""
    head = f"{result['task']:22} {result['seed']} {result['contender']:10}"
    if "error" in result:
        return f"{head} FAILED {result['error'].strip()[-300:]}"
    shown = ("auc", "average_precision", "log_loss", "accuracy", "rmse", "r2", "coverage80")
    figures = " ".join(f"{name} {result[name]:.4f}" for name in shown if name in result)
    costs = f"{result['train_seconds']} s, {result['bundle_mb']} MB, peak {result['peak_mb']} MB"
    if "candidates" in result:
        done = sum(candidate["state"] == "done" for candidate in result["candidates"])
        costs += f", {done} candidates"
    return f"{head} {figures} | {costs}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tasks", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--peer", action="append", default=[], choices=NAMES)
    parser.add_argument("--peers", type=Path, help="folder of the peers' environments")
    parser.add_argument("--no-upshot", action="store_true", help="run the peers alone")
    parser.add_argument("--without", action="append", default=[], help="ablation")
    parser.add_argument("--permute", action="store_true", help="shuffle the outcome")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    options = _options()
    setting = Setting(options.seconds, options.cores, 0, options.peers, tuple(options.without))
    contenders = [*([] if options.no_upshot else [OURS]), *options.peer]
    results: list[dict[str, Any]] = []
    for task in json.loads(options.tasks.read_text())["tasks"]:
        if options.only and task["name"] not in options.only:
            continue
        for seed in options.seed or [0]:
            for contender in contenders:
                results.append(measure(contender, task, replace(setting, seed=seed), options))
                print(line(results[-1]), flush=True)
                if options.out:
                    options.out.parent.mkdir(parents=True, exist_ok=True)
                    options.out.write_text(json.dumps(results, indent=1))
    print(render(results))


if __name__ == "__main__":
    main()
