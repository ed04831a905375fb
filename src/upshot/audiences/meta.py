"""Meta custom audience, or value-based audience where an amount was predicted."""

from __future__ import annotations

import re

from upshot.audiences.base import Contact, Target
from upshot.audiences.normalise import sha256
from upshot.wording import say

HEADER = (
    "email", "email", "email", "phone", "phone", "phone", "madid", "fn", "ln", "zip", "ct", "st",
    "country", "dob", "doby", "gen", "age", "uid", "value",
)  # fmt: skip

_NO_LETTERS = re.compile(r"[\W\d_]+")


def _row(person: Contact) -> tuple[str, ...]:
    cells = dict.fromkeys(HEADER, "")
    # Meta compares phones without the plus sign, names without punctuation, codes without spaces.
    cells["fn"] = sha256(_NO_LETTERS.sub("", person.first_name))
    cells["ln"] = sha256(_NO_LETTERS.sub("", person.last_name))
    cells["zip"] = sha256(_zip(person))
    cells["country"] = sha256(person.country.lower())
    if person.value is not None:
        cells["value"] = f"{max(person.value, 0.0):.2f}"  # Meta refuses values below zero.
    first = {"email": sha256(person.email), "phone": sha256(person.phone.removeprefix("+"))}
    # The header repeats e-mail and phone; the first of each is filled.
    return tuple(first.pop(name, cells[name]) for name in HEADER)


def _zip(person: Contact) -> str:
    code = re.sub(r"\s", "", person.postal_code.lower())
    return code.split("-")[0] if person.country == "US" else code.replace("-", "")


# Header: Meta's template of a value-based customer file. Hashing: developers.facebook.com,
# Marketing API, "Customer File Custom Audiences". Meta advises against lists under 100 people.
TARGET = Target(
    slug="meta",
    name="Meta custom audience",
    header=HEADER,
    row=_row,
    smallest=100,
    advice=say(
        "In Meta Ads Manager, choose “Customer list”. The file is hashed already. "
        "Upload only people who agreed to ads."
    ),
)
