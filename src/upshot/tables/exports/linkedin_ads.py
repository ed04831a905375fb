"""LinkedIn Campaign Manager: performance reports."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

LINKEDIN_ADS = Export(
    code="linkedin-ads",
    title=say("a LinkedIn Ads report"),
    row=say("one campaign per day"),
    headers=(
        "Start Date (in UTC)", "Account Name", "Campaign Group Name", "Campaign Name",
        "Campaign Status", "Campaign ID", "Currency", "Total Spent", "Impressions", "Clicks",
        "Click Through Rate", "Average CPC", "Average CPM", "Conversions", "Leads",
        "Total Engagements",
    ),
    keys=("Campaign ID", "Campaign Name"),
    clock=("Start Date (in UTC)",),
    after_outcome=("Cost per Conversion", "Conversion Rate", "Cost per Lead"),
    aliases=(("Start Date", "Start Date (in UTC)"), ("Average CTR", "Click Through Rate")),
    caution=say("Lines about the report stand above the header."),
    asks=(
        Ask("how_much", "Leads", say("How many leads will a campaign bring?")),
        Ask("how_much", "Conversions", say("How many conversions will a campaign bring?")),
    ),
)  # fmt: skip
