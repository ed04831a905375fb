"""From a probability to yes or no."""

from __future__ import annotations

import numpy as np

from upshot.learning.state import Array


def best_cutoff(target: Array, predictions: Array) -> float:
    """Return the probability at or above which a row is predicted to have the outcome.

    One half would suit only even outcomes: with 2 buyers in 100, nobody would ever be predicted to
    buy. This is the cut-off with the highest F1 (harmonic mean of precision and reach) on the
    holdout, which suits any base rate and needs no costs. (Its optimum lies at half the F1 it
    reaches: Lipton et al. 2014, "Optimal thresholding of classifiers to maximize F1 measure".) It
    is placed midway to the next lower prediction, so that rounding cannot flip a label. Without an
    outcome on both sides it is one half.
    """
    order = np.argsort(-predictions, kind="stable")
    ranked = predictions[order]
    hits = np.cumsum(target[order] == 1)
    positives = int(hits[-1]) if len(hits) else 0
    if positives in {0, len(ranked)}:
        return 0.5
    contacted = np.arange(1, len(ranked) + 1)
    is_last_of_ties = np.append(ranked[1:] != ranked[:-1], True)
    f1 = np.where(is_last_of_ties, 2 * hits / (contacted + positives), -1.0)
    best = int(np.argmax(f1))
    below = ranked[best + 1] if best + 1 < len(ranked) else 0.0
    return float((ranked[best] + below) / 2)
