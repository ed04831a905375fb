"""How much of an outcome a column tells on its own."""

from __future__ import annotations

import numpy as np

from upshot.learning.state import Array

BINS = 32
# Enough rows to rank columns; more only costs time.
MOST_ROWS = 20_000


def sample_rows(rows: int, seed: int, most: int = MOST_ROWS) -> Array:
    """Return at most `most` row positions, in order."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def explained_share(codes: Array, outcome: Array) -> float:
    """Share of the outcome's variance that groups of rows explain, adjusted for their number.

    The adjusted R² of a one-way analysis of variance: groups without meaning score about 0.
    """
    rows = len(codes)
    counts = np.bincount(codes)
    used = int(np.count_nonzero(counts))
    if used < 2 or rows <= used + 1:
        return 0.0
    centred = outcome - outcome.mean(axis=0)
    total = float((centred**2).sum())
    if total <= 0:
        return 0.0
    between = 0.0
    for column in centred.T:
        sums = np.bincount(codes, column, len(counts))
        between += float((sums**2 / np.maximum(counts, 1)).sum())
    return 1.0 - (1.0 - between / total) * (rows - 1) / (rows - used)


def chance_gain(groups: int, rows: int) -> float:
    """Return the explained share that the luckiest of many meaningless columns may show.

    Without meaning, the adjusted share of `groups` groups has mean 0 and a standard deviation of
    about √(2 · groups) / rows (a χ² of `groups` degrees of freedom); a few dozen columns are
    compared, so three of them are asked for.
    """
    return 3.0 * float(np.sqrt(2.0 * groups)) / max(rows, 1)


def binned(column: Array) -> Array:
    """Cut a number column into bins of about equal size; missing is bin 0."""
    known = column[np.isfinite(column)]
    if not known.size:
        return np.zeros(len(column), dtype=np.int64)
    edges = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1]))
    bins = np.searchsorted(edges, column, side="right") + 1
    return np.where(np.isfinite(column), bins, 0)


def relevance(numbers: Array, outcome: Array) -> Array:
    """Return the explained share of each number column."""
    return np.array([explained_share(binned(column), outcome) for column in numbers.T])
