"""Mailchimp: audience export (subscribed, unsubscribed or cleaned members)."""

from __future__ import annotations

import re

from upshot.tables.exports.base import Ask, Export
from upshot.wording import say

MAILCHIMP_AUDIENCE = Export(
    code="mailchimp-audience",
    title=say("a Mailchimp audience"),
    row=say("one member of the audience"),
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
        "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID",
    ),
    caution=say("Which of the three files a member stands in tells who left."),
    asks=(
        Ask("who_will", "UNSUB_TIME", say("Who will unsubscribe?")),
    ),
)  # fmt: skip

# ``subscribed_members_export_1a2b3c.csv``; newer ones say ``email_audience_export``.
_STATUS = re.compile(r"(subscribed|unsubscribed|nonsubscribed|cleaned)[_\W]", re.IGNORECASE)


def member_status(file: str) -> str | None:
    """What the name of a file of the audience's archive says about its members.

    Parameters
    ----------
    file : str
        Base name of the file.

    Returns
    -------
    str or None
        ``"subscribed"``, ``"unsubscribed"``, ``"nonsubscribed"`` or ``"cleaned"``; None when the
        name does not say.
    """
    found = _STATUS.match(file)
    return found[1].lower() if found else None
