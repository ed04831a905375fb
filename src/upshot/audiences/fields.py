"""Which column holds the e-mail address, the phone number and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from upshot.tables.schema import Column, Personal, Schema
from upshot.wording import say

FIELDS: dict[str, str] = {
    "email": say("E-mail address"),
    "phone": say("Phone number"),
    "first_name": say("First name"),
    "last_name": say("Last name"),
    "country": say("Country"),
    "postal_code": say("Postal code"),
}
"""What a list may say of a person: the name for programs, and the one for people."""

# Words of headers in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian.
_FIRST = re.compile(
    r"first|given|forename|vorname|pr[eé]nom|^nombres?$|voornaam|imi[eę]|имя|^nome$", re.I
)
_LAST = re.compile(
    r"last|sur ?name|family|nachname|familienname|apellido|sobrenome|cognome|achternaam|nazwisko"
    r"|фамилия|nom de famille",
    re.I,
)
# A column with one country only is a constant and has no role, so its header must do.
_COUNTRY = re.compile(r"^(country( ?code|/region)?|land|pays|pa[ií]s|paese|kraj|страна)$", re.I)

_FITS: dict[str, Callable[[Column], bool]] = {
    "email": lambda column: column.personal is Personal.EMAIL,
    "phone": lambda column: column.personal is Personal.PHONE,
    "first_name": lambda column: _is_name(column, _FIRST),
    "last_name": lambda column: _is_name(column, _LAST),
    "country": lambda column: column.role == "country" or _COUNTRY.search(column.name) is not None,
    "postal_code": lambda column: column.role == "postal code",
}


def guess_fields(schema: Schema) -> Mapping[str, str]:
    """The column of each field, as far as the Schema tells; the first that fits is taken."""
    found = {}
    for field, fits in _FITS.items():
        column = next((column for column in schema.columns if fits(column)), None)
        if column is not None:
            found[field] = column.name
    return found


def _is_name(column: Column, words: re.Pattern[str]) -> bool:
    return column.personal is Personal.NAME and words.search(column.name) is not None
