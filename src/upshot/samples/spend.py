"""Customers of a garden shop: how much will they spend?"""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from upshot.samples.base import (
    Columns,
    Draw,
    Sample,
    dates,
    days,
    people,
    texts,
    weights,
    with_gaps,
)
from upshot.wording import say

_CHANNEL = {"Shop": 0.0, "Web": 0.2, "Catalogue": 0.7}
_REGIONS = ("North", "South", "East", "West")
_GARDEN = {"No garden": -0.9, "Balcony": -0.3, "Small": 0.2, "Large": 0.7}


def make(draw: Draw) -> Columns:
    """Spend is lognormal around its drivers, so a few spend very much.

    Log of the spend: +0.45 per doubling of last year's revenue; garden from -0.9 (none) to +0.7
    (large); catalogue +0.7; each 100 days without an order -0.25; a loyalty card +0.4; region and
    newsletter nothing; the rest is chance (standard deviation 0.4).
    """
    rng, n = draw.rng, draw.rows
    after = days(draw, 900)
    names, emails = people(draw)
    garden = rng.choice(list(_GARDEN), n, p=(0.15, 0.25, 0.35, 0.25))
    channel = rng.choice(list(_CHANNEL), n, p=(0.45, 0.4, 0.15))
    orders = 1 + rng.negative_binomial(1.5, 0.35, n)
    revenue = np.round(orders * rng.lognormal(3.6, 0.5, n), 2)
    recency = rng.integers(1, 366, n)
    card = rng.random(n) < 0.35
    log_spend = (
        1.35 + 0.45 * np.log2(revenue + 10) + weights(garden, _GARDEN) + weights(channel, _CHANNEL)
        - 0.0025 * recency + 0.4 * card + rng.normal(0, 0.4, n)
    )  # fmt: skip
    spend = np.round(np.exp(log_spend) - 15, 2)
    spend = np.maximum(0.0, spend)
    points = np.floor(spend / 2).astype(int)
    return {
        "Customer No": [f"C{200000 + draw.first + row}" for row in range(n)],
        "Customer Name": names,
        "Email": emails,
        "Customer Since": dates(draw.start - timedelta(days=900), after),
        "Region": texts(rng.choice(_REGIONS, n)),
        "Garden": with_gaps(draw, texts(garden), 0.1, "n/a"),
        "Favourite Channel": with_gaps(draw, texts(channel), 0.03),
        "Orders Last Year": texts(orders),
        "Revenue Last Year": texts(revenue, 2),
        "Days Since Last Order": with_gaps(draw, texts(recency), 0.03),
        "Loyalty Card": ["Yes" if yes else "No" for yes in card],
        "Newsletter": ["Yes" if yes else "No" for yes in rng.random(n) < 0.5],
        "Points Credited": texts(points),
        "Spend Next Year": texts(spend, 2),
    }


SAMPLE = Sample(
    slug="spend",
    title=say("What customers will spend (made up)"),
    story=say(
        "A garden shop plans next year's catalogue and wants to send the expensive one to those "
        "who will spend most. Beware of `Points Credited`: the points are given for the very spend "
        "that is asked for."
    ),
    question="how_much",
    target="Spend Next Year",
    positive=None,
    leak="Points Credited",
    rows=3000,
    new_rows=500,
    maker=make,
    effects=(
        say("Those who brought more revenue last year spend more."),
        say("The larger the garden, the more is spent."),
        say("Catalogue customers and holders of a loyalty card spend more."),
        say("The longer since the last order, the less is spent."),
        say("Region and newsletter change nothing."),
    ),
)
