"""HubSpot: contacts export."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

HUBSPOT_CONTACTS = Export(
    code="hubspot-contacts",
    title=say("HubSpot contacts"),
    row=say("one contact"),
    headers=(
        "Record ID", "First Name", "Last Name", "Email", "Phone Number", "Contact owner",
        "Lead Status", "Lifecycle Stage", "Original Source", "Original Source Drill-Down 1",
        "Create Date", "Last Activity Date", "Number of Pageviews", "Number of Sessions",
        "Number of Form Submissions", "Marketing emails opened", "Became a Customer Date",
        "Primary Company",
    ),
    keys=("Record ID", "Email"),
    clock=("Create Date",),
    personal=("First Name", "Last Name", "Email", "Phone Number"),
    after_outcome=(
        "Became a Customer Date", "Became an Opportunity Date", "Lead Status", "Last Activity Date",
        "Recent Deal Amount", "Number of Associated Deals", "Close Date", "Total Revenue",
    ),
    aliases=(("Company Name", "Primary Company"), ("Last Contacted", "Last Activity Date")),
    caution=say(
        "Lifecycle Stage 'customer' is the usual outcome; columns about deals come after it."
    ),
    asks=(
        Ask("who_will", "Lifecycle Stage", say("Who will become a customer?"), ("customer",)),
    ),
)  # fmt: skip
