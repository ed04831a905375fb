"""The same person, written the same way everywhere: what ad platforms compare after hashing.

Rules: Google Ads Help, "Format your customer data file"; Meta, Marketing API, "Customer File Custom
Audiences", section "Hashing and Normalization".
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Any

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}")
_SPACES = re.compile(r"\s+")
_WHOLE = re.compile(r"(\d{6,15})\.0+")


def sha256(text: str) -> str:
    """The SHA-256 of a normalised text in hexadecimal; nothing stays nothing."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def plain_text(cell: Any) -> str:
    """A cell as trimmed text, without the apostrophe that keeps spreadsheets from computing."""
    import pandas as pd

    if pd.isna(cell):
        return ""
    text = str(cell).strip()
    return text.removeprefix("'").strip()


def email(cell: Any) -> str:
    """Trimmed, lower case; empty where it is no address."""
    text = plain_text(cell).lower()
    return text if _EMAIL.fullmatch(text) else ""


def name(cell: Any) -> str:
    """Trimmed, lower case, single spaces."""
    return _SPACES.sub(" ", plain_text(cell).lower())


def postal_code(cell: Any) -> str:
    """As written, trimmed; spreadsheets turn codes into numbers such as ``10115.0``."""
    text = plain_text(cell)
    return text[:-2] if re.fullmatch(r"\d+\.0", text) else text


def phone(cell: Any, country: str) -> str:
    """E.164, or empty where it is no valid number.

    Parameters
    ----------
    cell : str, number or missing
        The number as written, with or without country code.
    country : str
        ISO 3166-1 alpha-2 code of the country of numbers without a country code.
    """
    import phonenumbers

    text = _WHOLE.sub(r"\1", plain_text(cell))
    if not text:
        return ""
    code = str(phonenumbers.country_code_for_region(country)) if country else ""
    # Numbers of twelve digits that start with the country's code lost their plus sign: national
    # numbers are seldom that long, though Germany's plan would allow it.
    if code and text.isdecimal() and len(text) >= 12 and text.startswith(code):
        text = f"+{text}"
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def country(cell: Any) -> str:
    """The two-letter code of a country written as code or name in any language; else empty."""
    text = plain_text(cell)
    if text.upper() in countries():
        return text.upper()
    return _codes_by_name().get(text.casefold(), "")


@cache
def countries() -> dict[str, str]:
    """English names of countries by ISO 3166-1 alpha-2 code, from the data of `phonenumbers`."""
    import phonenumbers
    from phonenumbers.geodata.locale import LOCALE_DATA

    known = phonenumbers.SUPPORTED_REGIONS
    # A name such as "*aa" says: as in the language "aa".
    names = {code: LOCALE_DATA[code].get("en", code) for code in LOCALE_DATA if code in known}
    names = {
        code: LOCALE_DATA[code][name[1:]] if name.startswith("*") else name
        for code, name in names.items()
    }
    return dict(sorted(names.items(), key=lambda item: item[1]))


@cache
def _codes_by_name() -> dict[str, str]:
    from phonenumbers.geodata.locale import LOCALE_DATA

    found = {
        written.casefold(): code
        for code, names in LOCALE_DATA.items()
        if code in countries()
        for written in names.values()
        if not written.startswith("*")
    }
    # Everyday names that no locale writes.
    return {**found, "usa": "US", "uk": "GB", "great britain": "GB", "england": "GB"}
