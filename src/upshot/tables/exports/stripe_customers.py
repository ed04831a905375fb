"""Stripe: customers export."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

STRIPE_CUSTOMERS = Export(
    code="stripe-customers",
    title=say("Stripe customers"),
    row=say("one customer"),
    headers=(
        "Created (UTC)", "Delinquent", "Card ID", "Card Last4", "Card Brand", "Card Funding",
        "Card Tokenization Method", "Default Source", "Account Balance", "Business Vat ID",
        "Total Spend", "Payment Count", "Average Order", "Refunded Volume", "Dispute Losses",
        "Plan",
    ),
    keys=("id", "Email"),
    clock=("Created (UTC)",),
    personal=(
        "Email", "Name", "Description", "Phone", "Card Name", "Card Last4", "Card Fingerprint",
        "Card Address Line1", "Card Address Line2", "Card Address City", "Card Address Zip",
        "Shipping Name", "Shipping Address Line1", "Shipping Address Line2",
    ),
    after_outcome=(
        "Delinquent", "Status", "Total Spend", "Payment Count", "Average Order",
        "Refunded Volume", "Dispute Losses",
    ),
    aliases=(
        ("Create Date (UTC)", "Created (UTC)"), ("Created date (UTC)", "Created (UTC)"),
        ("Dispute Loss", "Dispute Losses"), ("Lifetime Total Spend", "Total Spend"),
    ),
    caution=say(
        "Total Spend and Payment Count hold the whole past, the answer to most questions."
    ),
    asks=(
        Ask("who_will", "Delinquent", say("Who will fall behind with paying?")),
        Ask("how_much", "Total Spend", say("How much will a customer spend?")),
    ),
)  # fmt: skip
