"""Running one contender on one task: Upshot through its command line, peers through their own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
from peers import python_of

OURS = "upshot"
# Loading a peer and reading a file is not part of its budget; a peer that hangs is given up.
_GRACE_SECONDS = 300
_TICK = 0.2


@dataclass(frozen=True)
class Setting:
    """What every contender of a run is given.

    Attributes
    ----------
    seconds, cores, seed : float, int, int
        The budget, and the seed of the split and of the contender.
    peers : Path or None
        Where the peers' environments are (`peers.py`).
    without : tuple of str
        Parts of Upshot's learning left out.
    """

    seconds: float
    cores: int
    seed: int
    peers: Path | None = None
    without: tuple[str, ...] = ()


def run(
    contender: str, task: dict[str, Any], parts: tuple[Path, Path], setting: Setting
) -> dict[str, Any]:
    """Train on the first part and score the second.

    Returns
    -------
    dict
        ``scored`` and what it took, or ``error``.
    """
    if contender == OURS:
        return _run_upshot(task, parts, setting)
    return _run_peer(contender, task, parts, setting)


def _run_upshot(task: dict[str, Any], parts: tuple[Path, Path], setting: Setting) -> dict[str, Any]:
    bundle, out = parts[0].with_suffix(".upshot"), parts[1].with_name("scored.csv")
    upshot = [sys.executable, "-m", "upshot"]
    command = [*upshot, "train", str(parts[0]), "--target", task["target"], "--out", str(bundle)]
    command += ["--seed", str(setting.seed), "--json", "--seconds", str(setting.seconds)]
    command += ["--cores", str(setting.cores)]
    if "positive" in task:
        command += ["--positive", task["positive"]]
    # The order of the portfolio was learned from these very tables: each does without its own.
    for name in ("own-evidence", *setting.without):
        command += ["--without", name]
    trained = timed(command, setting.seconds)
    if trained["error"]:
        return {"error": trained["error"]}
    predicted = timed([*upshot, "predict", str(bundle), str(parts[1]), "--out", str(out)], 0)
    if predicted["error"]:
        return {"error": predicted["error"]}
    facts = json.loads(trained["output"])
    return {
        "train_seconds": trained["seconds"],
        "predict_seconds": predicted["seconds"],
        "peak_mb": trained["peak_mb"],
        "predict_peak_mb": predicted["peak_mb"],
        "bundle_mb": round(bundle.stat().st_size / 1e6, 2),
        "ensemble": facts["ensemble"],
        "candidates": facts["candidates"],
        "holdout": facts["holdout"],
        "warnings": [note["code"] for note in facts["warnings"]],
        "scored": _ours_as_peers(pd.read_csv(out)),
    }


def _ours_as_peers(scored: pd.DataFrame) -> pd.DataFrame:
    """Rename our columns; the one probability of two outcomes is that of the positive one."""
    names = {"upshot_prediction": "prediction", "upshot_low": "low", "upshot_high": "high"}
    prefix = "upshot_probability_"
    names |= {n: f"p_{n.removeprefix(prefix)}" for n in scored if n.startswith(prefix)}
    return scored.rename(columns=names)


def _run_peer(
    peer: str, task: dict[str, Any], parts: tuple[Path, Path], setting: Setting
) -> dict[str, Any]:
    if setting.peers is None:
        return {"error": "Say with --peers where the peers' environments are."}
    out = parts[1].with_name(f"{peer}.csv")
    runner = Path(__file__).with_name("peer_runner.py")
    command = [str(python_of(peer, setting.peers)), str(runner), peer, "--out", str(out)]
    command += ["--train", str(parts[0]), "--test", str(parts[1]), "--target", task["target"]]
    command += ["--task", task["task"], "--seconds", str(round(setting.seconds))]
    command += ["--cores", str(setting.cores), "--seed", str(setting.seed)]
    ran = timed(command, setting.seconds)
    if ran["error"]:
        return {"error": ran["error"]}
    taken = json.loads(out.with_suffix(".json").read_text())
    return {**taken, "peak_mb": ran["peak_mb"], "scored": pd.read_csv(out)}


def timed(command: Sequence[str], seconds: float) -> dict[str, Any]:
    """Run a command; return its output, its error, and what it and its children took."""
    began, peak = time.monotonic(), 0
    process = psutil.Popen(list(command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    error = ""
    while True:
        try:
            output, complaint = process.communicate(timeout=_TICK)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, _memory(process))
            if time.monotonic() - began > 2 * seconds + _GRACE_SECONDS:
                process.kill()
                error = "It did not end in time. "
    if process.returncode and not error:
        error = f"It ended with code {process.returncode}. "
    return {
        "output": output,
        "error": f"{error}{complaint[-2000:]}" if error else "",
        "seconds": round(time.monotonic() - began, 2),
        "peak_mb": peak // 2**20,
    }


def _memory(process: psutil.Popen) -> int:
    total = 0
    for member in [process, *_children(process)]:
        try:
            total += member.memory_info().rss
        except psutil.Error:
            continue
    return total


def _children(process: psutil.Popen) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []
