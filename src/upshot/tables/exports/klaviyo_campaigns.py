"""Klaviyo: campaign analytics, in the older and the newer layout."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

KLAVIYO_CAMPAIGNS = Export(
    code="klaviyo-campaigns",
    title=say("Klaviyo campaigns"),
    row=say("one campaign that was sent, or one variation of it"),
    headers=(
        "Campaign Name", "Tags", "Subject", "Preview Text", "List", "Send Time", "Send Weekday",
        "Campaign Channel", "Total Recipients", "Unique Placed Order", "Placed Order Rate",
        "Revenue", "Unique Opens", "Open Rate", "Total Opens", "Unique Clicks", "Click Rate",
        "Total Clicks", "Unsubscribes", "Unsubscribe Rate", "Spam Complaints",
        "Spam Complaints Rate", "Successful Deliveries", "Bounces", "Bounce Rate", "Campaign ID",
        "Winning Variation?",
    ),
    keys=("Campaign ID", "Campaign Name"),
    clock=("Send Time",),
    after_outcome=(
        "Unique Placed Order", "Placed Order Rate", "Revenue", "Unique Opens", "Open Rate",
        "Total Opens", "Unique Clicks", "Click Rate", "Total Clicks", "Unsubscribes",
        "Unsubscribe Rate", "Spam Complaints", "Spam Complaints Rate", "Successful Deliveries",
        "Bounces", "Bounce Rate", "Winning Variation?", "Unique Ordered Product",
        "Placed Order Value", "Revenue Per Recipient",
    ),
    aliases=(
        ("Name", "Campaign Name"), ("Sent On", "Send Time"), ("Send Date", "Send Time"),
        ("Lists", "List"), ("Send Channel", "Campaign Channel"), ("Recipients", "Total Recipients"),
        ("Placed Order Value", "Revenue"), ("Spam", "Spam Complaints"),
        ("Spam Complaint Rate", "Spam Complaints Rate"), ("Spam Rate", "Spam Complaints Rate"),
        ("Placed Order", "Unique Placed Order"),
    ),
    caution=say("Opens, clicks and orders are counted after the send."),
    asks=(
        Ask("how_much", "Open Rate", say("What share of people will open a campaign?")),
        Ask(
            "how_much",
            "Placed Order Rate",
            say("What share of people will order after a campaign?"),
        ),
        Ask("how_much", "Revenue", say("How much will a campaign sell?")),
    ),
)  # fmt: skip
