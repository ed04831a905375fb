"""Leads of a software firm: who becomes a customer?"""

from __future__ import annotations

import numpy as np

from upshot.samples.base import (
    Columns,
    Draw,
    Sample,
    dates,
    days,
    happens,
    people,
    texts,
    weights,
    with_gaps,
)
from upshot.wording import say

_SOURCE = {"Organic search": 0.2, "Paid search": -0.1, "Referral": 1.1, "Trade fair": 0.5,
           "Social media": -0.7, "Bought list": -1.6}  # fmt: skip
_SOURCE_SHARES = (0.30, 0.22, 0.12, 0.10, 0.18, 0.08)
_SIZE = {"1-9": -0.5, "10-49": 0.1, "50-249": 0.6, "250+": 0.2}
_INDUSTRIES = ("Retail", "Manufacturing", "Health", "Education", "Finance", "Logistics")
_COUNTRIES = ("Germany", "France", "Netherlands", "United Kingdom", "Spain", "Poland")


def make(draw: Draw) -> Columns:
    """About one lead in four converts.

    Log-odds: source from +1.1 (referral) to -1.6 (bought list); page views +0.7 per doubling;
    a webinar +1.1; the pricing page seen +0.8; company size in between; the reply slower than a day
    -0.6 per doubling; newsletter, industry and country nothing.
    """
    rng, n = draw.rng, draw.rows
    after = days(draw)
    names, emails = people(draw)
    source = rng.choice(list(_SOURCE), n, p=_SOURCE_SHARES)
    size = rng.choice(list(_SIZE), n, p=(0.35, 0.33, 0.22, 0.10))
    views = 1 + rng.negative_binomial(1.2, 0.18, n)
    webinar = rng.random(n) < 0.18
    pricing = rng.random(n) < np.clip(0.12 + 0.035 * views, 0, 0.8)
    hours = np.round(rng.lognormal(2.3, 1.1, n), 1)
    logit = (
        -4.0 + weights(source, _SOURCE) + weights(size, _SIZE) + 0.7 * np.log2(views)
        + 1.1 * webinar + 0.8 * pricing - 0.6 * np.log2(np.maximum(1, hours / 24))
    )  # fmt: skip
    converted = happens(draw, logit)
    return {
        "Lead ID": [f"L-{draw.first + row:06d}" for row in range(n)],
        "Created": dates(draw.start, after),
        "Name": names,
        "Email": emails,
        "Lead Source": texts(source),
        "Country": with_gaps(draw, texts(rng.choice(_COUNTRIES, n)), 0.03),
        "Industry": with_gaps(draw, texts(rng.choice(_INDUSTRIES, n)), 0.12, "n/a"),
        "Company Size": with_gaps(draw, texts(size), 0.15),
        "Page Views": texts(views),
        "Pricing Page Seen": ["Yes" if seen else "No" for seen in pricing],
        "Webinar Attended": ["Yes" if seen else "No" for seen in webinar],
        "Hours To First Reply": with_gaps(draw, texts(hours, 1), 0.05),
        "Newsletter": ["Yes" if yes else "No" for yes in rng.random(n) < 0.4],
        "Lead Status": _status(draw, converted),
        "Converted": ["1" if yes else "0" for yes in converted],
    }


def _status(draw: Draw, converted: np.ndarray) -> list[str]:
    """What sales set last: the trap, as it is overwritten when a lead signs."""
    won = draw.rng.choice(("Contract sent", "Won", "Negotiating"), draw.rows, p=(0.3, 0.6, 0.1))
    not_yet = draw.rng.choice(
        ("Open", "Contacted", "Unqualified", "Negotiating"), draw.rows, p=(0.3, 0.4, 0.25, 0.05)
    )
    return texts(np.where(converted, won, not_yet))


SAMPLE = Sample(
    slug="leads",
    title=say("Leads that convert (made up)"),
    story=say(
        "A software firm wants to know which new leads its three salespeople should call first. "
        "Beware of `Lead Status`: sales overwrite it once a lead has signed, so it gives the "
        "answer away."
    ),
    question="who_will",
    target="Converted",
    positive="1",
    leak="Lead Status",
    rows=4000,
    new_rows=600,
    maker=make,
    effects=(
        say("Referrals convert most, bought lists least."),
        say("More page views, a webinar and a look at the prices raise the chance."),
        say("Firms with 50 to 249 people convert more than the smallest."),
        say("Replying later than a day lowers the chance."),
        say("Newsletter, industry and country change nothing."),
    ),
)
