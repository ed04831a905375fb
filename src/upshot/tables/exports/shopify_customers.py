"""Shopify: customers export."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

SHOPIFY_CUSTOMERS = Export(
    code="shopify-customers",
    title=say("Shopify customers"),
    row=say("one customer"),
    headers=(
        "Customer ID", "Accepts Email Marketing", "Default Address Company",
        "Default Address Address1", "Default Address City", "Default Address Province Code",
        "Default Address Country Code", "Default Address Zip", "Accepts SMS Marketing",
        "Total Spent", "Total Orders", "Tax Exempt",
    ),
    keys=("Customer ID", "Email"),
    clock=(),
    personal=(
        "First Name", "Last Name", "Email", "Phone", "Default Address Address1",
        "Default Address Address2", "Default Address Phone", "Note",
    ),
    after_outcome=("Total Spent", "Total Orders"),
    caution=say("Total Spent and Total Orders hold the whole past, the answer to most questions."),
    asks=(
        Ask("how_much", "Total Spent", say("How much will a customer spend?")),
    ),
)  # fmt: skip
