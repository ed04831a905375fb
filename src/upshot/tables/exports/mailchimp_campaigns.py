"""Mailchimp: campaign reports."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

MAILCHIMP_CAMPAIGNS = Export(
    code="mailchimp-campaigns",
    title=say("Mailchimp campaigns"),
    row=say("one campaign that was sent"),
    headers=(
        "Title", "Subject", "List", "Send Date", "Send Weekday", "Total Recipients",
        "Successful Deliveries", "Soft Bounces", "Hard Bounces", "Total Bounces",
        "Times Forwarded", "Forwarded Opens", "Unique Opens", "Open Rate", "Total Opens",
        "Unique Clicks", "Click Rate", "Total Clicks", "Unsubscribes", "Abuse Complaints",
        "Times Liked on Facebook", "Folder Id", "Unique Id", "Total Orders",
        "Total Gross Sales", "Total Revenue",
    ),
    keys=("Unique Id", "Title"),
    clock=("Send Date",),
    after_outcome=(
        "Successful Deliveries", "Soft Bounces", "Hard Bounces", "Total Bounces",
        "Times Forwarded", "Forwarded Opens", "Unique Opens", "Open Rate", "Total Opens",
        "Unique Clicks", "Click Rate", "Total Clicks", "Unsubscribes", "Abuse Complaints",
        "Times Liked on Facebook", "Total Orders", "Total Gross Sales", "Total Revenue",
        "Analytics ROI", "Campaign Cost", "Revenue Created", "Visits", "New Visits",
    ),
    aliases=(("Audience", "List"), ("Subject Line", "Subject"), ("Campaign Title", "Title")),
    caution=say("Opens, clicks and sales are counted after the send."),
    asks=(
        Ask("how_much", "Open Rate", say("What share of people will open a campaign?")),
        Ask("how_much", "Click Rate", say("What share of people will click in a campaign?")),
        Ask("how_much", "Total Revenue", say("How much will a campaign sell?")),
    ),
)  # fmt: skip
