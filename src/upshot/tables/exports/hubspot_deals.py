"""HubSpot: deals export."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

HUBSPOT_DEALS = Export(
    code="hubspot-deals",
    title=say("HubSpot deals"),
    row=say("one deal"),
    headers=(
        "Record ID", "Deal Name", "Deal Stage", "Pipeline", "Amount", "Deal owner", "Close Date",
        "Create Date", "Deal Type", "Associated Contact", "Associated Company",
        "Closed Won Reason", "Closed Lost Reason",
    ),
    keys=("Record ID",),
    clock=("Create Date",),
    personal=("Associated Contact",),
    after_outcome=(
        "Close Date", "Amount", "Last Activity Date", "Closed Won Reason", "Closed Lost Reason",
        "Days to close",
    ),
    caution=say("Close Date and Amount are often set when the deal is already decided."),
    asks=(
        Ask("who_will", "Deal Stage", say("Which deals will be won?"), ("closed won", "closedwon")),
        Ask("how_much", "Amount", say("How much will a deal be worth?")),
    ),
)  # fmt: skip
