"""Stripe: subscriptions export."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

STRIPE_SUBSCRIPTIONS = Export(
    code="stripe-subscriptions",
    title=say("Stripe subscriptions"),
    row=say("one subscription; a customer may have several"),
    headers=(
        "Customer ID", "Plan", "Product", "Quantity", "Plan Amount", "Interval",
        "Cancellation Reason", "Created (UTC)", "Start (UTC)", "Current Period Start (UTC)",
        "Current Period End (UTC)", "Trial Start (UTC)", "Trial End (UTC)", "Canceled At (UTC)",
        "Ended At (UTC)", "Cancel At Period End", "Application Fee", "Tax Percent",
    ),
    keys=("id", "Customer ID"),
    clock=("Start (UTC)", "Created (UTC)"),
    personal=("Customer Email", "Customer Name", "Customer Description"),
    after_outcome=(
        "Canceled At (UTC)", "Cancellation Reason", "Cancellation Comment",
        "Cancellation Feedback", "Ended At (UTC)", "Cancel At Period End", "Status",
        "Current Period Start (UTC)", "Current Period End (UTC)",
    ),
    aliases=(
        ("Currency Amount", "Plan Amount"), ("Amount", "Plan Amount"),
        ("Start Date (UTC)", "Start (UTC)"), ("Created date (UTC)", "Created (UTC)"),
        ("Cancelled At (UTC)", "Canceled At (UTC)"), ("Plan Interval", "Interval"),
    ),
    caution=say("Status and the columns about cancelling say how the subscription ended."),
    asks=(
        Ask("who_will", "Status", say("Who will cancel?"), ("canceled", "cancelled")),
        Ask("which_one", "Plan", say("Which plan will a customer choose?")),
    ),
)  # fmt: skip
