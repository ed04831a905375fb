"""Mailchimp: audience export (subscribed, unsubscribed or cleaned members)."""

from __future__ import annotations

from upshot.tables.exports.base import Export

MAILCHIMP_AUDIENCE = Export(
    code="mailchimp-audience",
    title="a Mailchimp audience",
    row="one member of the audience",
    headers=(
        "Email Address", "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP",
        "LATITUDE", "LONGITUDE", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION", "LAST_CHANGED",
        "LEID", "EUID", "NOTES", "TAGS",
    ),
    keys=("Email Address", "LEID", "EUID"),
    clock=("OPTIN_TIME", "CONFIRM_TIME"),
    personal=(
        "Email Address", "First Name", "Last Name", "Phone Number", "Address", "OPTIN_IP",
        "CONFIRM_IP", "NOTES",
    ),
    after_outcome=(
        "MEMBER_RATING", "LAST_CHANGED", "UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE",
        "UNSUB_CAMPAIGN_ID", "UNSUB_REASON", "UNSUB_REASON_OTHER", "CLEAN_TIME",
        "CLEAN_CAMPAIGN_TITLE",
    ),
    caution="Which of the three files a member stands in tells who left.",
)  # fmt: skip
