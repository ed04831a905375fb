"""How fast a bundle scores: a million rows of twenty columns, CSV in, CSV out.

The table is made up (numbers, categories, dates and an outcome that depends on them); nothing has
to be downloaded. A bundle is trained on its first rows, then `upshot predict` scores the whole
file, in a process of its own whose peak memory is watched::

    python benchmarks/predicting.py --rows 1000000 --cores 2 --out predicting.json

Goals on two cores: probabilities within 30 s and 2 GB, three reasons per row within 5 minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from contenders import timed

NUMBERS, CATEGORIES = 12, 6
_TRAINED_ON = 20_000


def made_up(rows: int, seed: int = 0) -> pd.DataFrame:
    """Twenty columns as a shop has them, and whether a person bought."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {}
    for i in range(NUMBERS):
        columns[f"amount_{i}"] = rng.gamma(2, 30, rows).round(2)
    for i in range(CATEGORIES):
        size = (4, 7, 12, 30, 200, 2_000)[i]
        levels = np.array([f"value {n}" for n in range(size)])
        columns[f"kind_{i}"] = levels[np.minimum(rng.zipf(1.5, rows) - 1, size - 1)]
    days = np.datetime64("2024-01-01") + rng.integers(0, 700, rows) * np.timedelta64(1, "D")
    columns["first_seen"] = days.astype("datetime64[D]").astype(str)
    later = days + rng.integers(0, 90, rows) * np.timedelta64(1, "D")
    columns["last_seen"] = later.astype("datetime64[D]").astype(str)
    frame = pd.DataFrame(columns)
    pull = 0.02 * frame["amount_0"] - 0.01 * frame["amount_1"] + (frame["kind_1"] == "value 2")
    pull += 0.5 * np.sin(frame["amount_2"] / 20) - 2.0
    frame["bought"] = np.where(rng.random(rows) < 1 / (1 + np.exp(-pull)), "yes", "no")
    return frame


def score(bundle: Path, file: Path, *more: str) -> dict[str, Any]:
    """Score a file in a process of its own."""
    out = file.with_name("scored.csv")
    command = [sys.executable, "-m", "upshot", "predict", str(bundle), str(file)]
    ran = timed([*command, "--out", str(out), *more], 3_600)
    if ran["error"]:
        raise SystemExit(ran["error"])
    return {"seconds": ran["seconds"], "peak_mb": ran["peak_mb"]}


def opened(bundle: Path) -> float:
    """Seconds to load, verify and replay a bundle in this process."""
    from upshot.bundles import load_foreign_bundle

    began = time.monotonic()
    load_foreign_bundle(bundle)
    return round(time.monotonic() - began, 2)


def main() -> None:
    """Train, score, report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=60, help="to train")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--reasons", type=int, default=3, help="0 leaves them out")
    parser.add_argument("--fast", action="store_true", help="train a fast bundle too")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        results = _run(options, Path(name))
    print(json.dumps(results, indent=1))
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1))


def _run(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    table = made_up(options.rows)
    train, whole, bundle = (folder / n for n in ("train.csv", "whole.csv", "model.upshot"))
    table.head(_TRAINED_ON).to_csv(train, index=False)
    table.drop(columns="bought").to_csv(whole, index=False)
    command = [sys.executable, "-m", "upshot", "train", str(train), "--target", "bought"]
    command += ["--positive", "yes", "--seconds", str(options.seconds), "--out", str(bundle)]
    given = ["--cores", str(options.cores), "--json"]
    ran = timed([*command, *given], options.seconds)
    if ran["error"]:
        raise SystemExit(ran["error"])
    results: dict[str, Any] = {
        "rows": options.rows,
        "columns": NUMBERS + CATEGORIES + 2,
        "input_mb": round(whole.stat().st_size / 1e6),
        "ensemble": json.loads(ran["output"])["ensemble"],
        "bundle_mb": round(bundle.stat().st_size / 1e6, 2),
        "open_seconds": opened(bundle),
        "probabilities": score(bundle, whole),
    }
    if options.fast:
        quick = folder / "fast.upshot"
        made = timed([*command[:-1], str(quick), "--fast", *given], options.seconds)
        if made["error"]:
            raise SystemExit(made["error"])
        results["fast"] = score(quick, whole)
    if options.reasons:
        results["reasons"] = score(bundle, whole, "--reasons", str(options.reasons))
    return results


if __name__ == "__main__":
    main()
