"""Salesforce: leads report."""

from __future__ import annotations

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

SALESFORCE_LEADS = Export(
    code="salesforce-leads",
    title=say("a Salesforce leads report"),
    row=say("one lead"),
    headers=(
        "Lead Owner", "First Name", "Last Name", "Title", "Company / Account", "Lead Source",
        "Rating", "Lead Status", "Created Date", "Converted", "Annual Revenue", "Email", "Industry",
        "Lead ID",
    ),
    keys=("Lead ID", "Email"),
    clock=("Created Date", "Create Date"),
    personal=("First Name", "Last Name", "Email", "Phone", "Mobile", "Street"),
    after_outcome=(
        "Lead Status", "Converted Date", "Converted Account", "Converted Opportunity",
        "Converted Contact", "Last Modified Date", "Last Activity",
    ),
    aliases=(("Company", "Company / Account"), ("Create Date", "Created Date")),
    # Zoho names its leads alike, except for these.
    foreign=("Created Time", "Modified Time", "Lead Conversion Time"),
    caution=say("Lead Status says how the lead ended."),
    asks=(
        Ask("who_will", "Converted", say("Which leads will convert?"), ("true", "1")),
        Ask("which_one", "Lead Status", say("How will a lead end?")),
    ),
)  # fmt: skip
