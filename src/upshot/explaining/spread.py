"""How far a share of takers may lie from the one measured: a bootstrap over the holdout rows.

The Bayesian bootstrap (Rubin 1981, Annals of Statistics 9:130–134) weighs rows at random instead of
drawing them, and ranks them anew each time, so the cut-off's own luck is in the spread. To every
cut-off half a taker and half a refuser are added: the prior of Jeffreys, without which a cut-off
with no taker, or with takers only, would seem certain.
"""

from __future__ import annotations

import numpy as np

from upshot.learning.state import Array

DRAWS = 500
LEVELS: tuple[float, ...] = (
    0.0, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
    0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99, 0.995, 1.0,
)  # fmt: skip
_PRIOR = 0.5
_PER_CENTS = np.arange(1, 101) / 100
_DIGITS = 6


def takers_spread(target: Array, scores: Array) -> tuple[tuple[float, ...], ...]:
    """Return, per per cent contacted, the quantiles of the share of takers at `LEVELS`.

    Parameters
    ----------
    target : numpy.ndarray
        1 for takers, else 0.
    scores : numpy.ndarray
        The ranking.
    """
    rows = len(target)
    rng = np.random.default_rng(0)
    order = np.argsort(-scores, kind="stable")
    # Ties promise no order, so every draw would rank them alike: shuffle them once.
    order = order[np.lexsort((rng.random(rows), -scores[order]))]
    ranked = target[order].astype(float)
    drawn = np.empty((DRAWS, len(_PER_CENTS)))
    for draw in range(DRAWS):
        weights = rng.standard_exponential(rows)
        drawn[draw] = _shares(ranked, weights, rng)
    found = np.quantile(drawn, LEVELS, axis=0).T
    return tuple(tuple(round(float(one), _DIGITS) for one in point) for point in found)


def _shares(ranked: Array, weights: Array, rng: np.random.Generator) -> Array:
    """Share of takers above each cut in one draw, the weights scaled to count rows."""
    weights *= len(weights) / weights.sum()
    contacted = np.concatenate([[0.0], np.cumsum(weights)])
    taken = np.concatenate([[0.0], np.cumsum(weights * ranked)])
    cuts = _PER_CENTS * contacted[-1]
    reached = np.interp(cuts, contacted, taken)
    takers = rng.gamma(_PRIOR, size=len(cuts))
    refusers = rng.gamma(_PRIOR, size=len(cuts))
    return np.asarray((reached + takers) / (cuts + takers + refusers))


def quantile(spread: tuple[float, ...], level: float) -> float:
    """Return one quantile of a cut-off's spread."""
    return float(np.interp(level, LEVELS, spread))


def chance_below(spread: tuple[float, ...], share: float) -> float:
    """Return the chance that the share of takers is below `share`."""
    if share <= spread[0]:
        return 0.0
    if share >= spread[-1]:
        return 1.0
    return float(np.interp(share, spread, LEVELS))
