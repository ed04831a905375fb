"""What a ranking is worth: gains at each per cent, deciles, precision and reach at a cut-off."""

from __future__ import annotations

import itertools
import math

import numpy as np

from upshot.explaining.facts import Decile, Gains, GainsPoint, Reach
from upshot.explaining.intervals import wilson
from upshot.explaining.spread import takers_spread
from upshot.learning.state import Array

FEWEST_ROWS_FOR_DECILES = 20


def cumulative(target: Array, scores: Array) -> Array:
    """Sum the target over the first 0, 1, … n rows by falling score.

    Rows with the same score share their sum evenly: a tie promises no order.
    """
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    sums = np.concatenate([[0.0], np.cumsum(target[order].astype(float))])
    last_of_tie = np.append(np.flatnonzero(np.diff(ranked) != 0) + 1, len(ranked))
    knots = np.concatenate([[0], last_of_tie])
    return np.asarray(np.interp(np.arange(len(ranked) + 1), knots, sums[knots]))


def gains(target: Array, scores: Array) -> Gains:
    """Compute the gains curve at each per cent.

    Parameters
    ----------
    target : numpy.ndarray
        1 for rows with the outcome, else 0.
    scores : numpy.ndarray
        Predicted probabilities of the same rows.
    """
    rows, positives = len(target), int(target.sum())
    sums = cumulative(target, scores)
    ranked = np.sort(scores)[::-1]
    points = []
    for per_cent in range(1, 101):
        share = per_cent / 100
        contacted = min(rows, max(1, math.ceil(share * rows - 1e-9)))
        points.append(_point(share, contacted, float(sums[contacted]), (rows, positives), ranked))
    spread = takers_spread(target, scores) if positives else ()
    return Gains(rows=rows, positives=positives, points=tuple(points), spread=spread)


def _point(
    share: float, contacted: int, reached: float, totals: tuple[int, int], ranked: Array
) -> GainsPoint:
    rows, positives = totals
    precision = reached / contacted
    low, high = wilson(reached, positives)
    if contacted == rows and positives:
        # Contacting everyone reaches everyone: there is nothing to doubt.
        low = high = 1.0
    return GainsPoint(
        share=share,
        contacted=contacted,
        reached=round(reached),
        reach=reached / positives if positives else 0.0,
        reach_low=low,
        reach_high=high,
        lift=precision / (positives / rows) if positives else 0.0,
        precision=precision,
        threshold=float(ranked[contacted - 1]),
    )


def reach(gains: Gains, share: float) -> Reach:
    """Return precision and reach, with 95 % intervals, when the top `share` (0–1) is contacted."""
    point = point_at(gains, share)
    low, high = wilson(point.precision * point.contacted, point.contacted)
    return Reach(
        share=point.share,
        contacted=point.contacted,
        reached=point.reached,
        reach=point.reach,
        reach_low=point.reach_low,
        reach_high=point.reach_high,
        precision=point.precision,
        precision_low=low,
        precision_high=high,
        lift=point.lift,
        threshold=point.threshold,
    )


def point_at(gains: Gains, share: float) -> GainsPoint:
    """Return the point of the curve nearest to `share`."""
    return min(gains.points, key=lambda point: abs(point.share - share))


def deciles(target: Array, scores: Array) -> tuple[Decile, ...]:
    """Cut the rows into ten groups by falling score; empty when there are too few rows."""
    rows = len(target)
    if rows < FEWEST_ROWS_FOR_DECILES:
        return ()
    sums = cumulative(target, scores)
    ranked = np.sort(scores)[::-1]
    total, mean = float(sums[-1]), float(sums[-1]) / rows
    edges = np.linspace(0, rows, 11).round().astype(int)
    found = []
    for number, (start, end) in enumerate(itertools.pairwise(edges), start=1):
        outcome = float(sums[end] - sums[start]) / int(end - start)
        found.append(
            Decile(
                decile=number,
                rows=int(end - start),
                predicted=float(ranked[start:end].mean()),
                outcome=outcome,
                lift=outcome / mean if mean > 0 else 0.0,
                cumulative_reach=float(sums[end]) / total if total > 0 else 0.0,
            )
        )
    return tuple(found)
