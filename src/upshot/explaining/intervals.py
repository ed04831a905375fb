"""Honest ranges around figures measured on few rows."""

from __future__ import annotations

import numpy as np

from upshot.learning.outcome import Interval
from upshot.learning.state import Array

Z95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""


def wilson(successes: float, trials: float) -> tuple[float, float]:
    """Return the 95 % interval of a share.

    Wilson's score interval (Wilson 1927, JASA 22:209–212); it stays inside 0–1 and is trustworthy
    for small counts (Brown, Cai & DasGupta 2001, Statistical Science 16:101–133).
    """
    if trials <= 0:
        return 0.0, 1.0
    share = successes / trials
    spread = Z95**2 / trials
    centre = (share + spread / 2) / (1 + spread)
    half = Z95 * np.sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    # The interval holds the share; rounding must not push an end past it.
    low, high = min(float(centre - half), share), max(float(centre + half), share)
    return max(0.0, low), min(1.0, high)


def mean_interval(values: Array) -> Interval:
    """Return the mean with its 95 % interval by the normal approximation."""
    mean = float(np.mean(values))
    if len(values) < 2:
        return Interval(mean)
    half = Z95 * float(np.std(values, ddof=1)) / np.sqrt(len(values))
    return Interval(mean, mean - float(half), mean + float(half))
