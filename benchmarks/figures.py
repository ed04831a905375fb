"""The figures of one scored file, computed from the truth that was kept apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn import metrics

# Which figures are better when they are greater; all others are better when they are less.
GREATER_IS_BETTER = frozenset({"auc", "average_precision", "lift10", "accuracy", "r2"})
_CALIBRATION_BINS = 10


def judge(task: dict[str, Any], truth: pd.Series, scored: pd.DataFrame) -> dict[str, float]:
    """Compute the figures of one task, over the rows whose truth is known.

    Parameters
    ----------
    task : dict
        One entry of the file of tasks.
    truth : pandas.Series
        The outcome of the rows scored.
    scored : pandas.DataFrame
        Amounts: ``prediction`` and perhaps ``low`` and ``high``; outcomes: ``p_<label>``.
    """
    known = truth.notna().to_numpy()
    truth, scored = truth[known].reset_index(drop=True), scored[known].reset_index(drop=True)
    if task["task"] == "regression":
        return _judge_amounts(truth, scored)
    if task["task"] == "multiclass":
        return _judge_classes(truth, scored)
    outcome = (truth.astype(str) == str(task["positive"])).to_numpy().astype(int)
    return _judge_outcome(outcome, scored[f"p_{task['positive']}"].to_numpy(dtype=float))


def _judge_amounts(truth: pd.Series, scored: pd.DataFrame) -> dict[str, float]:
    guess = scored["prediction"].to_numpy(dtype=float)
    figures = {
        "rmse": float(metrics.root_mean_squared_error(truth, guess)),
        "mae": float(metrics.mean_absolute_error(truth, guess)),
        "r2": float(metrics.r2_score(truth, guess)),
    }
    if "low" in scored:
        inside = (truth >= scored["low"]) & (truth <= scored["high"])
        figures["coverage80"] = float(inside.mean())
        figures["width80"] = float((scored["high"] - scored["low"]).mean())
    return figures


def _judge_classes(truth: pd.Series, scored: pd.DataFrame) -> dict[str, float]:
    labels = sorted(truth.astype(str).unique())
    shares = scored[[f"p_{label}" for label in labels]].to_numpy(dtype=float)
    shares = np.clip(shares, 1e-15, None)
    shares /= shares.sum(axis=1, keepdims=True)
    chosen = np.array(labels)[shares.argmax(axis=1)]
    text = truth.astype(str).to_numpy()
    return {
        "auc": float(metrics.roc_auc_score(text, shares, multi_class="ovr", labels=labels)),
        "accuracy": float((chosen == text).mean()),
        "log_loss": float(metrics.log_loss(text, shares, labels=labels)),
    }


def _judge_outcome(outcome: np.ndarray, share: np.ndarray) -> dict[str, float]:
    top = np.argsort(-share, kind="stable")[: max(1, len(share) // 10)]
    return {
        "auc": float(metrics.roc_auc_score(outcome, share)),
        "average_precision": float(metrics.average_precision_score(outcome, share)),
        "log_loss": float(metrics.log_loss(outcome, np.clip(share, 1e-15, 1 - 1e-15))),
        "lift10": float(outcome[top].mean() / outcome.mean()),
        "calibration_error": calibration_error(outcome, share),
    }


def calibration_error(outcome: np.ndarray, share: np.ndarray) -> float:
    """Expected calibration error over ten bins of equally many rows (arXiv 1706.04599)."""
    parts = np.array_split(np.argsort(share, kind="stable"), _CALIBRATION_BINS)
    gaps = [abs(outcome[part].mean() - share[part].mean()) * len(part) for part in parts]
    return float(sum(gaps) / len(share))
