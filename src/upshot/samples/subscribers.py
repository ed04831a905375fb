"""Subscribers of a streaming service: who leaves?"""

from __future__ import annotations

from datetime import timedelta

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

_PLAN = {"Basic": 0.3, "Standard": 0.0, "Family": -0.7}
_PRICE = {"Basic": 6.99, "Standard": 10.99, "Family": 15.99}
_PAYMENT = {"Card": 0.0, "PayPal": 0.1, "Direct debit": -0.4, "Voucher": 0.9}
_DEVICES = ("TV", "Phone", "Tablet", "Laptop")
_REASONS = ("Too expensive", "Not enough to watch", "Switched service", "Technical problems")


def make(draw: Draw) -> Columns:
    """About one subscriber in five leaves.

    Log-odds: each halving of the hours watched last month +0.7; a failed payment +1.1; vouchers
    +0.9 and direct debit -0.4; family plan -0.7; each year as a customer -0.45, for four years;
    each support ticket +0.35; device and age nothing.
    """
    rng, n = draw.rng, draw.rows
    after = days(draw, 1400)
    _, emails = people(draw)
    plan = rng.choice(list(_PLAN), n, p=(0.4, 0.42, 0.18))
    payment = rng.choice(list(_PAYMENT), n, p=(0.48, 0.22, 0.2, 0.1))
    hours = np.round(rng.gamma(1.4, 9.0, n), 1)
    tickets = rng.poisson(0.5, n)
    failed = rng.random(n) < 0.07
    months = np.round((1400 - after) / 30.4).astype(int) + 1
    logit = (
        1.05 - 0.7 * np.log2(1 + hours) + weights(plan, _PLAN) + weights(payment, _PAYMENT)
        + 1.1 * failed - 0.45 * np.minimum(months / 12, 4) + 0.35 * tickets
    )  # fmt: skip
    left = happens(draw, logit)
    reasons = rng.choice(_REASONS, n, p=(0.4, 0.3, 0.2, 0.1))
    answered = rng.random(n) < 0.85
    return {
        "Subscriber ID": [f"S{100000 + draw.first + row}" for row in range(n)],
        "Email": emails,
        "Signup Date": dates(draw.start - timedelta(days=1400), after, "%d/%m/%Y"),
        "Age": with_gaps(draw, texts(np.clip(rng.normal(41, 14, n).round(), 18, 88).astype(int)),
                         0.08),
        "Plan": texts(plan),
        "Monthly Price": [f"€{_PRICE[str(one)]:.2f}" for one in plan],
        "Payment Method": texts(payment),
        "Months Subscribed": texts(months),
        "Hours Watched Last Month": with_gaps(draw, texts(hours, 1), 0.04),
        "Main Device": with_gaps(draw, texts(rng.choice(_DEVICES, n)), 0.06),
        "Support Tickets": texts(tickets),
        "Payment Failed": ["Yes" if yes else "No" for yes in failed],
        "Cancellation Reason": [
            str(reason) if gone and told else ""
            for reason, gone, told in zip(reasons, left, answered, strict=True)
        ],
        "Churned": ["Yes" if yes else "No" for yes in left],
    }  # fmt: skip


SAMPLE = Sample(
    slug="subscribers",
    title=say("Subscribers who leave (made up)"),
    story=say(
        "A streaming service wants to win back subscribers before they cancel. Beware of "
        "`Cancellation Reason`: it is asked when somebody leaves, so it is empty for everyone else."
    ),
    question="who_will",
    target="Churned",
    positive="Yes",
    leak="Cancellation Reason",
    rows=5000,
    new_rows=800,
    maker=make,
    effects=(
        say("Those who watch little leave most."),
        say("A failed payment, vouchers and support tickets raise the risk."),
        say("Family plans, direct debit and long membership lower it."),
        say("Age and device change nothing."),
    ),
)
