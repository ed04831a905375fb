"""Who is ahead: a table per figure, wins, ties and losses, and mean ranks with their intervals.

It reads the JSON that `quality.py` wrote, of any number of runs::

    python benchmarks/standing.py benchmarks/results/*.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from figures import GREATER_IS_BETTER

OURS = "upshot"
# Differences below these are noise of the split on tables of a few thousand rows.
TIES = {"auc": 0.001, "log_loss": 0.0005, "rmse": 0.002}
_COSTS = ("train_seconds", "predict_rows_per_second", "peak_mb", "bundle_mb")
_RESAMPLES = 2_000


def table(results: Sequence[dict[str, Any]], figure: str) -> pd.DataFrame:
    """Mean of a figure over seeds, one row per task and one column per contender."""
    frame = pd.DataFrame([r for r in results if figure in r])
    if frame.empty:
        return frame
    return frame.pivot_table(figure, "task", "contender", sort=False)


def ranks(scores: pd.DataFrame, figure: str) -> pd.DataFrame:
    """Rank of every contender on every task; one that failed is last."""
    ascending = figure not in GREATER_IS_BETTER
    return scores.rank(axis=1, ascending=ascending, na_option="bottom")


def mean_ranks(scores: pd.DataFrame, figure: str) -> pd.DataFrame:
    """Mean rank with a 95 % bootstrap interval over tasks."""
    ranked = ranks(scores, figure).to_numpy()
    rng = np.random.default_rng(0)
    drawn = ranked[rng.integers(0, len(ranked), (_RESAMPLES, len(ranked)))].mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    rows = {"mean rank": ranked.mean(axis=0), "low": low, "high": high}
    return pd.DataFrame(rows, index=scores.columns).sort_values("mean rank")


def record(scores: pd.DataFrame, figure: str, ours: str) -> pd.DataFrame:
    """Wins, ties and losses of `ours` against each other contender."""
    sign = 1 if figure in GREATER_IS_BETTER else -1
    slack = TIES.get(figure, 0.0)
    rows = {}
    for other in scores.columns.drop(ours):
        both = scores[[ours, other]].dropna(subset=[ours])
        gap = sign * (both[ours] - both[other])
        if figure == "rmse":
            gap = gap / both[other]
        # A contender that gave no predictions loses.
        gap = gap.fillna(np.inf)
        rows[other] = {
            "wins": int((gap > slack).sum()),
            "ties": int((gap.abs() <= slack).sum()),
            "losses": int((gap < -slack).sum()),
            "worst": float(gap.min()),
        }
    return pd.DataFrame(rows).T


def render(results: Sequence[dict[str, Any]]) -> str:
    """Return everything as text."""
    parts = []
    for figure in ("auc", "average_precision", "log_loss", "lift10", "rmse", "mae", *_COSTS):
        scores = table(results, figure)
        if scores.empty:
            continue
        parts.append(f"\n{figure}\n{scores.round(4).to_string()}")
        if scores.shape[1] < 2 or figure in _COSTS:
            continue
        parts.append(f"\n{mean_ranks(scores, figure).round(2).to_string()}")
        if OURS in scores:
            parts.append(f"\n{OURS} against\n{record(scores, figure, OURS).to_string()}")
    return "\n".join(parts)


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read results written by `quality.py`."""
    return [result for path in paths for result in json.loads(path.read_text())]


def main() -> None:
    """Print who is ahead."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("results", type=Path, nargs="+")
    print(render(read(parser.parse_args().results)))


if __name__ == "__main__":
    main()
