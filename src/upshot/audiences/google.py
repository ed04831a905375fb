"""Google Customer Match."""

from __future__ import annotations

from upshot.audiences.base import Contact, Target
from upshot.audiences.normalise import sha256
from upshot.wording import say


def _row(person: Contact) -> tuple[str, ...]:
    hashed = (person.email, person.phone, person.first_name, person.last_name)
    return (*map(sha256, hashed), person.country, person.postal_code)


# Header and hashing: support.google.com/google-ads/answer/7659867 and answer/7474263. Country and
# zip stay as they are. 100 is our caution for small lists, the same as for Meta.
TARGET = Target(
    slug="google",
    name="Google Customer Match",
    header=("Email", "Phone", "First Name", "Last Name", "Country", "Zip"),
    row=_row,
    smallest=100,
    advice=say(
        "In Google Ads, say that the data is hashed already. "
        "Google also asks whether these people agreed to ads; upload only those who did."
    ),
)
