"""Greedy ensemble selection with replacement (Caruana et al., ICML 2004).

With few outcomes the best-looking combination is partly luck. Two guards: only the best few
candidates may enter, and the weights are the average of selections on resampled rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upshot.learning.metrics import SMALLEST_PROBABILITY, true_probability
from upshot.learning.splits import minority
from upshot.learning.state import Array
from upshot.learning.task import TaskKind

STEPS = 25
MOST_MEMBERS = 6
SMALLEST_WEIGHT = 0.04
_BAGS = 8
_OUTCOMES_WITHOUT_BAGS = 2_000
_OUTCOMES_PER_CANDIDATE = 20


@dataclass(frozen=True, eq=False)
class Library:
    """Out-of-fold predictions of all candidates, in the one form their mean keeps.

    Attributes
    ----------
    figures : numpy.ndarray, shape (n_candidates, n_rows)
        Classes: the probability given to what happened; amounts: the prediction.
    target : numpy.ndarray, shape (n_rows,)
        The outcome.
    """

    figures: Array
    target: Array
    kind: TaskKind

    def losses(self, mixed: Array) -> Array:
        """Mean loss of each mix (n_mixes, n_rows)."""
        if self.kind is TaskKind.REGRESSION:
            return np.asarray(((mixed - self.target) ** 2).mean(axis=1))
        return np.asarray(-np.log(np.clip(mixed, SMALLEST_PROBABILITY, 1)).mean(axis=1))

    def rows(self, chosen: Array) -> Library:
        """The same candidates on some rows."""
        return Library(self.figures[:, chosen], self.target[chosen], self.kind)

    def candidates(self, chosen: Array) -> Library:
        """Some candidates on the same rows."""
        return Library(self.figures[chosen], self.target, self.kind)

    def loss(self, weights: Array) -> float:
        """Loss of one weighting."""
        return float(self.losses((weights @ self.figures)[None])[0])


def library(predictions: Sequence[Array], target: Array, kind: TaskKind) -> Library:
    """Gather out-of-fold predictions of the same rows."""
    if kind is TaskKind.REGRESSION:
        return Library(np.stack(list(predictions)), target, kind)
    figures = [true_probability(target, prediction) for prediction in predictions]
    return Library(np.stack(figures), target, kind)


def select(full: Library, *, seed: int, members: int = MOST_MEMBERS) -> Array:
    """Weights of the candidates, adding up to 1; never worse than the best single one.

    Parameters
    ----------
    full : Library
        All candidates.
    seed : int
        Decides the resampled rows.
    members : int
        The most candidates that may carry weight.
    """
    single = full.losses(full.figures)
    outcomes = minority(full.target, full.kind)
    cap = max(3, min(len(single), outcomes // _OUTCOMES_PER_CANDIDATE))
    shortlist = np.argsort(single, kind="stable")[:cap]
    chosen = full.candidates(shortlist)
    bags = 1 if outcomes >= _OUTCOMES_WITHOUT_BAGS else _BAGS
    rng = np.random.default_rng([seed, 4])
    weights = np.zeros(len(single))
    for _ in range(bags):
        bag = chosen
        if bags > 1:
            bag = chosen.rows(rng.integers(0, len(full.target), len(full.target)))
        weights[shortlist] += _greedy(bag) / bags
    weights = _prune(weights, members)
    if full.loss(weights) > single.min():
        weights = np.zeros(len(single))
        weights[int(single.argmin())] = 1.0
    return weights


def _greedy(candidates: Library) -> Array:
    count = len(candidates.figures)
    votes = np.zeros(count)
    total = np.zeros_like(candidates.figures[0])
    best_votes, best_loss = votes, np.inf
    for step in range(1, STEPS + 1):
        losses = candidates.losses((total + candidates.figures) / step)
        pick = int(losses.argmin())
        votes = votes.copy()
        votes[pick] += 1
        total = total + candidates.figures[pick]
        if losses[pick] < best_loss:
            best_votes, best_loss = votes, float(losses[pick])
    return np.asarray(best_votes / best_votes.sum())


def _prune(weights: Array, members: int) -> Array:
    """Drop what hardly counts, so that bundles stay small and predictions fast."""
    kept = np.where(weights >= SMALLEST_WEIGHT, weights, 0.0)
    if not kept.any():
        kept = np.where(weights == weights.max(), weights, 0.0)
    smallest = np.sort(kept)[::-1][:members][-1]
    kept = np.where(kept >= max(smallest, 1e-12), kept, 0.0)
    return np.asarray(kept / kept.sum())
