"""What a control group of this size can show."""

from __future__ import annotations

import math
from dataclasses import dataclass

SIGNIFICANCE = 0.05
POWER = 0.8
"""The usual pair: one false alarm in twenty, four real differences in five found (Cohen 1988,
"Statistical Power Analysis for the Behavioral Sciences", 2nd ed., section 2.4)."""

NEARLY_ALL = 0.995
"""A share that reads as everybody: no campaign is promised to reach it."""


@dataclass(frozen=True)
class Comparison:
    """Contacted people against the control group.

    Attributes
    ----------
    contact, control : int
        How many people each holds.
    rate : float
        The share of the control group that is expected to have the outcome.
    shows_from : float or None
        The share among contacted people from which the difference would show; None when no share
        would.
    enough : bool
        Whether a campaign that less than doubles the share would show, and leaves somebody who does
        not say yes. Contacting people seldom does more, so a group that needs it is too small to
        tell.
    """

    contact: int
    control: int
    rate: float
    shows_from: float | None
    enough: bool


def compare(contact: int, control: int, rate: float) -> Comparison:
    """Say how large a difference between the two groups must be to show.

    The sample size formula for two proportions with unequal groups, solved for the larger
    proportion: Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd ed.
    (2003), chapter 4, without continuity correction; two-sided, `SIGNIFICANCE` and `POWER`.
    """
    from scipy.optimize import brentq

    rate = min(max(rate, 0.0), 1.0)
    if min(contact, control) < 1 or _excess(1.0, contact, control, rate) <= 0:
        return Comparison(contact, control, rate, None, enough=False)
    shows_from = float(brentq(_excess, rate, 1.0, args=(contact, control, rate)))
    enough = shows_from < min(2 * rate, NEARLY_ALL)
    return Comparison(contact, control, rate, shows_from, enough=enough)


def _excess(share: float, contact: int, control: int, rate: float) -> float:
    """By how much a share exceeds the control's rate beyond what chance and power ask for."""
    from scipy.stats import norm

    alpha, power = float(norm.ppf(1 - SIGNIFICANCE / 2)), float(norm.ppf(POWER))
    pooled = (contact * share + control * rate) / (contact + control)
    same = math.sqrt(pooled * (1 - pooled) * (1 / contact + 1 / control))
    apart = math.sqrt(share * (1 - share) / contact + rate * (1 - rate) / control)
    return share - rate - (alpha * same + power * apart)
