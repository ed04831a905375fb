"""One model instead of a combination: for bundles that must score quickly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from upshot.errors import Note
from upshot.learning.evaluation import Result
from upshot.learning.metrics import optimised
from upshot.learning.search import Found
from upshot.learning.selection import library
from upshot.learning.task import LearningData
from upshot.wording import Figure, say

# A model this share of its loss behind the best one is as good, when it predicts faster.
_AS_GOOD = 0.005


def one_model(data: LearningData, found: Found) -> tuple[Found, tuple[Note, ...]]:
    """Give all weight to the fastest of the best models, and say what that costs.

    Returns
    -------
    Found, tuple of Note
        The same search with one member, and what the out-of-fold predictions tell of the loss.
    """
    if len(found.results) == 0 or found.weights[: len(found.results)].max() <= 0:
        return found, ()
    target = data.target[found.results[0].rows]
    whole = library([result.predictions for result in found.results], target, data.task.kind)
    losses = whole.losses(whole.figures)
    good = np.flatnonzero(losses <= losses.min() * (1 + _AS_GOOD))
    place = min(good, key=lambda number: _predict_seconds(found.results[number]))
    weights = np.zeros(len(found.weights))
    weights[place] = 1.0
    metric = optimised(data.task.kind)
    mixed = np.tensordot(
        found.weights[: len(found.results)],
        np.stack([result.predictions for result in found.results]),
        axes=1,
    )
    note = Note(
        "one-model",
        say(
            "This bundle holds one model instead of a combination, so that it scores quickly. "
            "Its {metric} is {one}; the combination's is {all} (lower is better).",
            metric=metric.name,
            one=Figure(f"{metric.value(target, found.results[place].predictions):.4g}"),
            all=Figure(f"{metric.value(target, mixed):.4g}"),
        ),
        level="info",
    )
    return replace(found, weights=weights), (note,)


def _predict_seconds(result: Result) -> float:
    return sum(fit.predict_seconds / len(fit.rows) for fit in result.fits)
