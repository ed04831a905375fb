"""What contacting people costs and earns at each cut-off."""

from __future__ import annotations

import numpy as np

from upshot.errors import QuestionProblem
from upshot.explaining.facts import Gains, GainsPoint, ProfitFacts, ProfitPoint
from upshot.explaining.intervals import wilson
from upshot.explaining.wording import amount, count, percent


def profit(
    gains: Gains, cost_per_contact: float, value_per_conversion: float, people: int | None = None
) -> ProfitFacts:
    """Work out costs and earnings at each per cent of the ranking.

    Parameters
    ----------
    gains : Gains
        The gains curve of an answer.
    cost_per_contact, value_per_conversion : float
        In one currency; neither below 0.
    people : int, optional
        How many people the campaign could contact; the holdout's number of rows when not given.

    Returns
    -------
    ProfitFacts
        Every cut-off with its 95 % interval, and the best one; ``best`` is None when no cut-off
        pays.
    """
    if not (np.isfinite(cost_per_contact) and np.isfinite(value_per_conversion)):
        raise QuestionProblem("Cost and value must be numbers.", "Enter amounts such as 2.50.")
    if cost_per_contact < 0 or value_per_conversion < 0:
        raise QuestionProblem(
            "Cost and value cannot be below 0.",
            "Enter what one contact costs as a positive amount.",
        )
    if people is not None and people < 1:
        raise QuestionProblem("There must be at least one person to contact.", "Enter 1 or more.")
    scale = (people or gains.rows) / gains.rows
    points = tuple(
        _point(point, scale, cost_per_contact, value_per_conversion) for point in gains.points
    )
    best = max(points, key=lambda point: (point.profit, -point.share))
    pays = best.profit > 0
    return ProfitFacts(
        cost_per_contact=cost_per_contact,
        value_per_conversion=value_per_conversion,
        people=people or gains.rows,
        points=points,
        best=best if pays else None,
        everyone=points[-1],
        nobody=0.0,
        sentence=_sentence(best if pays else None, points[-1], best),
    )


def _point(point: GainsPoint, scale: float, cost: float, value: float) -> ProfitPoint:
    contacted = point.contacted * scale
    reached = point.precision * contacted
    low, high = wilson(point.precision * point.contacted, point.contacted)
    spent = contacted * cost
    return ProfitPoint(
        share=point.share,
        contacted=round(contacted),
        reached=reached,
        threshold=point.threshold,
        cost=spent,
        revenue=reached * value,
        profit=reached * value - spent,
        low=low * contacted * value - spent,
        high=high * contacted * value - spent,
        loss_chance=_loss_chance(point, cost, value),
    )


def _loss_chance(point: GainsPoint, cost: float, value: float) -> float:
    """Chance that the true share of takers is below what pays for the contacts.

    The posterior of a share under Jeffreys' prior (Brown, Cai & DasGupta 2001).
    """
    from scipy.stats import beta

    if cost == 0:
        return 0.0
    if value <= cost:
        return 1.0
    reached = point.precision * point.contacted
    return float(beta.cdf(cost / value, reached + 0.5, point.contacted - reached + 0.5))


def _sentence(best: ProfitPoint | None, everyone: ProfitPoint, least_bad: ProfitPoint) -> str:
    if best is None:
        return (
            "No cut-off pays at this cost and value: "
            f"even the best one ({percent(least_bad.share)}) "
            + (
                f"would lose {amount(-least_bad.profit)}."
                if least_bad.profit < 0
                else "would only break even."
            )
        )
    if best.share >= 1:
        return f"Contacting everyone pays best: {money(best.profit)} after costs."
    return (
        f"Contact the top {percent(best.share)} ({count(best.contacted)}): "
        f"about {money(best.profit)} after costs, against {money(everyone.profit)} "
        "for contacting everyone."
    )


def money(value: float) -> str:
    """Say a sum; a loss is called one."""
    return f"a loss of {amount(-value)}" if value < 0 else amount(value)
