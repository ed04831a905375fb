"""Stripe: payments export."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

STRIPE_PAYMENTS = Export(
    code="stripe-payments",
    title=say("Stripe payments"),
    row=say("one payment, also where it failed"),
    headers=(
        "Seller Message", "Created (UTC)", "Amount", "Amount Refunded", "Currency",
        "Converted Amount", "Converted Amount Refunded", "Converted Currency", "Fee", "Mode",
        "Status", "Statement Descriptor", "Customer ID", "Customer Email", "Captured", "Card ID",
        "Card Last4", "Card Brand", "Card Funding", "Card Issue Country", "Disputed Amount",
        "Invoice ID", "Payment Source Type", "PaymentIntent ID",
    ),
    keys=("id", "Customer ID", "PaymentIntent ID"),
    clock=("Created (UTC)",),
    personal=(
        "Customer Email", "Customer Description", "Customer Phone", "Card Name", "Card Last4",
        "Card Fingerprint", "Card Address Line1", "Card Address Line2", "Card Address City",
        "Card Address Zip", "Shipping Name", "Shipping Address Line1", "Shipping Address Line2",
    ),
    after_outcome=(
        "Amount Refunded", "Converted Amount Refunded", "Disputed Amount", "Dispute Status",
        "Dispute Reason", "Dispute Date (UTC)", "Dispute Evidence Due (UTC)",
        "Refunded date (UTC)", "Seller Message", "Status", "Captured", "Decline Reason",
    ),
    aliases=(("Created date (UTC)", "Created (UTC)"),),
    caution=say("Refunds and disputes are written later than the payment."),
    asks=(
        Ask("who_will", "Status", say("Which payments will fail?"), ("failed",)),
        Ask("how_much", "Amount", say("How much will a payment be?")),
    ),
)  # fmt: skip
