"""What contacting people costs and earns at each cut-off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.errors import QuestionProblem
from upshot.explaining.facts import Gains, GainsPoint, ProfitFacts, ProfitPoint
from upshot.explaining.intervals import wilson
from upshot.explaining.spread import chance_below, quantile
from upshot.explaining.wording import count, of_hundred, percent, priced
from upshot.wording import say


@dataclass(frozen=True)
class Campaign:
    """What a campaign costs and brings.

    Attributes
    ----------
    cost, value : float
        Of one contact, and of one success; in one currency.
    people : int or None
        How many people there are to choose from; the holdout's number of rows when not given.
    capacity : int or None
        How many can be contacted at most.
    currency : str
        Sign or code set beside sums; may be empty.
    """

    cost: float
    value: float
    people: int | None = None
    capacity: int | None = None
    currency: str = ""


def profit(
    gains: Gains,
    cost_per_contact: float,
    value_per_conversion: float,
    people: int | None = None,
    capacity: int | None = None,
    currency: str = "",
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
    capacity : int, optional
        How many can be contacted at most.
    currency : str
        Sign or code set beside sums.

    Returns
    -------
    ProfitFacts
        Every cut-off with its 95 % interval, and the best one within the capacity; ``best`` is None
        when no cut-off pays.
    """
    campaign = Campaign(cost_per_contact, value_per_conversion, people, capacity, currency)
    _check(campaign)
    scale = (people or gains.rows) / gains.rows
    spreads = gains.spread or ((),) * len(gains.points)
    points = tuple(
        _point(point, spread, scale, campaign)
        for point, spread in zip(gains.points, spreads, strict=True)
    )
    within = _within(points, capacity)
    best = max(within, key=lambda point: (point.profit, -point.share))
    pays = best.profit > 0
    return ProfitFacts(
        cost_per_contact=cost_per_contact,
        value_per_conversion=value_per_conversion,
        people=people or gains.rows,
        points=points,
        best=best if pays else None,
        everyone=points[-1],
        nobody=0.0,
        sentence=_sentence(best, points[-1], campaign),
        capacity=capacity,
        currency=currency,
        loss_sentence=_loss_sentence(best) if pays else "",
        limited=capacity is not None and best.share < 1 and best is within[-1],
    )


def _check(campaign: Campaign) -> None:
    if not (np.isfinite(campaign.cost) and np.isfinite(campaign.value)):
        raise QuestionProblem(
            say("Cost and value must be numbers."), say("Enter amounts such as 2.50.")
        )
    if campaign.cost < 0 or campaign.value < 0:
        raise QuestionProblem(
            say("Cost and value cannot be below 0."),
            say("Enter what one contact costs as a positive amount."),
        )
    for number in (campaign.people, campaign.capacity):
        if number is not None and number < 1:
            raise QuestionProblem(
                say("There must be at least one person to contact."), say("Enter 1 or more.")
            )


def _within(points: tuple[ProfitPoint, ...], capacity: int | None) -> tuple[ProfitPoint, ...]:
    """The cut-offs that stay within the capacity; the smallest one at least."""
    if capacity is None:
        return points
    return tuple(point for point in points if point.contacted <= capacity) or points[:1]


def _point(
    point: GainsPoint, spread: tuple[float, ...], scale: float, campaign: Campaign
) -> ProfitPoint:
    contacted = point.contacted * scale
    reached = point.precision * contacted
    low, high = _takers_range(point, spread)
    spent = contacted * campaign.cost
    return ProfitPoint(
        share=point.share,
        contacted=round(contacted),
        reached=reached,
        threshold=point.threshold,
        cost=spent,
        revenue=reached * campaign.value,
        profit=reached * campaign.value - spent,
        low=low * contacted * campaign.value - spent,
        high=high * contacted * campaign.value - spent,
        loss_chance=_loss_chance(point, spread, campaign),
    )


def _takers_range(point: GainsPoint, spread: tuple[float, ...]) -> tuple[float, float]:
    """The 95 % range of the share of takers; it holds the share measured."""
    if not spread:
        return wilson(point.precision * point.contacted, point.contacted)
    low, high = quantile(spread, 0.025), quantile(spread, 0.975)
    return min(low, point.precision), max(high, point.precision)


def _loss_chance(point: GainsPoint, spread: tuple[float, ...], campaign: Campaign) -> float:
    """Chance that the true share of takers is below what pays for the contacts.

    By the bootstrap of the ranking; answers of earlier releases have none, and there it is the
    posterior of a share under Jeffreys' prior (Brown, Cai & DasGupta 2001).
    """
    from scipy.stats import beta

    if campaign.cost == 0:
        return 0.0
    if campaign.value <= campaign.cost:
        return 1.0
    needed = campaign.cost / campaign.value
    if spread:
        return chance_below(spread, needed)
    reached = point.precision * point.contacted
    return float(beta.cdf(needed, reached + 0.5, point.contacted - reached + 0.5))


def _sentence(best: ProfitPoint, everyone: ProfitPoint, campaign: Campaign) -> str:
    sign = campaign.currency
    if best.profit <= 0:
        if best.profit < 0:
            return say(
                "No cut-off pays at this cost and value: even the best one ({share}) would lose "
                "{sum}.",
                share=percent(best.share),
                sum=priced(-best.profit, sign),
            )
        return say(
            "No cut-off pays at this cost and value: even the best one ({share}) would only break "
            "even.",
            share=percent(best.share),
        )
    if best.share >= 1:
        return say(
            "Contacting everyone pays best: {sum} after costs.", sum=money(best.profit, sign)
        )
    return say(
        "Contact the top {share} ({people}): about {sum} after costs, against {everyone} for "
        "contacting everyone.",
        share=percent(best.share),
        people=count(best.contacted),
        sum=money(best.profit, sign),
        everyone=money(everyone.profit, sign),
    )


SURELY, HARDLY = 0.05, 0.01
"""From this chance of a loss on it is worth a warning; below the other it is next to none."""


def _loss_sentence(best: ProfitPoint) -> str:
    if best.loss_chance < HARDLY:
        return say("The chance that it loses money is under 1 in 100.")
    if best.loss_chance < SURELY:
        return say(
            "The chance that it loses money is {chance}.", chance=of_hundred(best.loss_chance)
        )
    return say(
        "Mind the risk: the chance that it loses money is {chance}.",
        chance=of_hundred(best.loss_chance),
    )


def money(value: float, currency: str = "") -> str:
    """Say a sum; a loss is called one."""
    if value < 0:
        return say("a loss of {sum}", sum=priced(-value, currency))
    return priced(value, currency)
