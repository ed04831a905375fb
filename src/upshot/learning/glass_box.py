"""Models whose every step can be read off, and what choosing one would cost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upshot.learning.baseline import BaselineModel
from upshot.learning.candidate import Candidate
from upshot.learning.evaluation import Result
from upshot.learning.metrics import row_losses
from upshot.learning.state import Array
from upshot.learning.task import LearningData

_MIXING = ("number.combinations", "category.crosses", "group.statistics")
# Within noise: less than this many standard errors behind, or so small a share of the gain that
# nobody would notice.
_ERRORS = 2.0
_UNNOTICED = 0.01


@dataclass(frozen=True)
class GlassBox:
    """The best model that treats one column at a time, beside the one that predicts.

    Attributes
    ----------
    name, summary : str
        The candidate.
    kept : float
        Share of the gain over guessing that it keeps, as cross-validation tells, at most 1.
    is_close : bool
        Whether it is within noise of the model that predicts.
    """

    name: str
    summary: str
    kept: float
    is_close: bool


def is_glass_box(candidate: Candidate) -> bool:
    """Whether a candidate adds up one effect per column: linear, or trees of one cut."""
    params = candidate.params
    if any(params.get(name) for name in _MIXING):
        return False
    is_stump = candidate.family == "lightgbm" and int(params.get("lightgbm.leaves", 50)) == 2
    return candidate.family == "linear" or is_stump


def best_glass_box(
    data: LearningData, results: Sequence[Result], weights: Array, baseline: BaselineModel
) -> GlassBox | None:
    """Compare the best glass box with the combination, on out-of-fold predictions of both."""
    glass = [result for result in results if is_glass_box(result.candidate)]
    if not glass:
        return None
    rows, kind = results[0].rows, data.task.kind
    target = data.target[rows]
    losses = [row_losses(target, result.predictions, kind) for result in glass]
    place = int(np.argmin([loss.mean() for loss in losses]))
    mixed = np.zeros_like(results[0].predictions)
    for result, weight in zip(results, weights, strict=False):
        mixed = mixed + weight * result.predictions
    mixed = mixed + (1.0 - weights[: len(results)].sum()) * baseline.repeat(len(rows))
    gaps = losses[place] - row_losses(target, mixed, kind)
    start = row_losses(target, baseline.repeat(len(rows)), kind).mean()
    gain = float(start - row_losses(target, mixed, kind).mean())
    gap, noise = float(gaps.mean()), float(gaps.std()) / math.sqrt(len(gaps))
    if gain <= 0:
        return None
    found = glass[place].candidate
    is_close = gap <= max(_UNNOTICED * gain, _ERRORS * noise) and gap < 0.1 * gain
    return GlassBox(found.name, found.summary, min(1.0, 1.0 - gap / gain), is_close)
