"""One model instead of a combination: for bundles that must score quickly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from upshot.errors import Note
from upshot.learning.evaluation import Result
from upshot.learning.metrics import optimised
from upshot.learning.search import Found
from upshot.learning.selection import library
from upshot.learning.state import Array
from upshot.learning.task import LearningData, TaskKind
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
    own = found.results[place].predictions
    notes = [
        Note(
            "one-model",
            say(
                "This bundle holds one model instead of a combination, so that it scores quickly. "
                "Its {metric} is {one}; the combination's is {all} (lower is better).",
                metric=metric.name,
                one=Figure(f"{metric.value(target, own):.4g}"),
                all=Figure(f"{metric.value(target, mixed):.4g}"),
            ),
            level="info",
        )
    ]
    if data.task.kind is not TaskKind.MULTICLASS:
        notes.append(_same_top(own, mixed))
    return replace(found, weights=weights), tuple(notes)


def _same_top(one: Array, mixed: Array) -> Note:
    """How many of the highest tenth stay the same: whom a person would contact."""
    count = max(1, len(mixed) // 10)
    tops = [set(np.argsort(-values, kind="stable")[:count].tolist()) for values in (one, mixed)]
    shared = round(100 * len(tops[0] & tops[1]) / count)
    message = say(
        "Of the tenth of rows that it predicts highest, {shared} % are the same as with the "
        "combination.",
        shared=shared,
    )
    return Note("one-model-top", message, level="info")


def _predict_seconds(result: Result) -> float:
    return sum(fit.predict_seconds / len(fit.rows) for fit in result.fits)
