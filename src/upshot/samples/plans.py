"""Visitors of a phone company: which plan will they choose?"""

from __future__ import annotations

import numpy as np

from upshot.samples.base import Columns, Draw, Sample, dates, days, people, texts, with_gaps
from upshot.wording import say

_PLANS = ("Prepaid", "Flex", "Unlimited", "Family")
_PRICES = (9.99, 19.99, 34.99, 49.99)
_CITY = ("Big city", "Town", "Countryside")
_ADS = ("Search", "Video", "Poster", "Friends", "Email")


def make(draw: Draw) -> Columns:
    """Four plans, chosen by the highest of four utilities with Gumbel noise (a logit choice).

    Data used raises Unlimited (+0.14 per GB); people in the household raise Family (+1.2 each);
    age below 25 raises Prepaid (+1.8); a company's bill raises Flex (+1.5); income raises Unlimited
    a little; city and advertisement change nothing.
    """
    rng, n = draw.rng, draw.rows
    after = days(draw)
    names, emails = people(draw)
    age = np.clip(rng.gamma(6, 6.5, n).round(), 18, 85).astype(int)
    household = 1 + rng.binomial(5, 0.3, n)
    data = np.round(rng.gamma(2, 6, n), 1)
    income = np.round(rng.lognormal(10.4, 0.4, n), -2).astype(int)
    business = rng.random(n) < 0.15
    utilities = np.column_stack(
        [
            1.3 + 1.8 * (age < 25) - 0.05 * data,
            0.9 + 1.5 * business,
            -0.8 + 0.14 * data + 0.000015 * (income - 33_000),
            -2.1 + 1.2 * household - 0.5 * business,
        ]
    ) + rng.gumbel(0, 0.5, (n, 4))
    chosen = utilities.argmax(axis=1)
    return {
        "Contact ID": [f"K-{draw.first + row:05d}" for row in range(n)],
        "Created At": dates(draw.start, after),
        "Full Name": names,
        "Email": emails,
        "Age": with_gaps(draw, texts(age), 0.05),
        "People In Household": texts(household),
        "Household Income": with_gaps(draw, [f"{value:,}" for value in income], 0.18),
        "Data Used GB": with_gaps(draw, texts(data, 1), 0.06),
        "Lives In": with_gaps(draw, texts(rng.choice(_CITY, n)), 0.02, "unknown"),
        "Business Customer": ["Yes" if yes else "No" for yes in business],
        "Came From": texts(rng.choice(_ADS, n)),
        "First Invoice": [f"{_PRICES[plan]:.2f}" for plan in chosen],
        "Chosen Plan": [_PLANS[plan] for plan in chosen],
    }


SAMPLE = Sample(
    slug="plans",
    title=say("Which plan customers choose (made up)"),
    story=say(
        "A phone company wants to show every visitor the plan that suits them first. Beware of "
        "`First Invoice`: it is written after the choice and is simply the price of the plan."
    ),
    question="which_one",
    target="Chosen Plan",
    positive=None,
    leak="First Invoice",
    rows=3000,
    new_rows=500,
    maker=make,
    effects=(
        say("Heavy data users choose Unlimited."),
        say("Larger households choose Family."),
        say("The under-25s choose Prepaid more often."),
        say("Business customers choose Flex more often."),
        say("Where they live and which advertisement they saw change nothing."),
    ),
)
