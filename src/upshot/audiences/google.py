"""Google Customer Match."""

from __future__ import annotations

from upshot.audiences.base import Contact, Target
from upshot.audiences.normalise import sha256


def _row(person: Contact) -> tuple[str, ...]:
    hashed = (person.email, person.phone, person.first_name, person.last_name)
    return (*map(sha256, hashed), person.country, person.postal_code)


# Header and hashing: Google Ads Help, "Format your customer data file". Country and zip stay as
# they are. Google asks for at least 100 active members before it shows ads to a list.
TARGET = Target(
    slug="google",
    name="Google Customer Match",
    header=("Email", "Phone", "First Name", "Last Name", "Country", "Zip"),
    row=_row,
    smallest=100,
    advice=(
        "In Google Ads, say that the data is hashed already. "
        "Google also asks whether these people agreed to ads; upload only those who did."
    ),
)
