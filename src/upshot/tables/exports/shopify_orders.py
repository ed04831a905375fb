"""Shopify: orders export."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

SHOPIFY_ORDERS = Export(
    code="shopify-orders",
    title=say("Shopify orders"),
    row=say("one item of an order; the order's own cells stand on its first item only"),
    headers=(
        "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
        "Subtotal", "Discount Code", "Shipping Method", "Lineitem quantity", "Lineitem name",
        "Lineitem price", "Lineitem sku", "Billing Zip", "Shipping Zip", "Refunded Amount",
        "Outstanding Balance",
    ),
    keys=("Name", "Id", "Email"),
    clock=("Created at", "Paid at"),
    personal=(
        "Email", "Phone", "Billing Name", "Billing Street", "Billing Address1", "Billing Address2",
        "Billing Phone", "Shipping Name", "Shipping Street", "Shipping Address1",
        "Shipping Address2", "Shipping Phone",
    ),
    after_outcome=(
        "Cancelled at", "Refunded Amount", "Fulfilled at", "Fulfillment Status",
        "Financial Status", "Lineitem fulfillment status", "Outstanding Balance",
    ),
    caution=say("An order with several items stands in several rows."),
    asks=(
        Ask(
            "who_will", "Financial Status", say("Which orders will be refunded?"),
            ("refunded", "partially_refunded"),
        ),
        Ask("how_much", "Total", say("How much will an order be worth?")),
    ),
)  # fmt: skip
