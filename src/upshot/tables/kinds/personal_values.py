"""Personal data by what the cells hold, where the name of a column does not say it."""

from __future__ import annotations

import numpy as np

from upshot.tables.cells import Cells
from upshot.tables.kinds.first_names import FIRST_NAMES

_SAMPLE = 2_000
_HANDLE = r"^@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{1,38})$"
_PROFILE = (
    r"(?i)^(?:https?://)?(?:www\.|[a-z]{2}\.)?(?:twitter\.com|x\.com|instagram\.com|facebook\.com"
    r"|linkedin\.com/in|tiktok\.com/@|t\.me|vk\.com|xing\.com/profile|github\.com|youtube\.com/@)"
    r"/?[\w.%@-]+/?$"
)
_CARD = r"^(?:\d[ -]?){13,19}$|^(?:[xX*•]{4}[ -]?){3}\d{4}$"
_IBAN = r"^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?$"
_FULL_NAME = r"^\p{Lu}[\p{L}'’.-]*,? (?:\p{L}[\p{L}'’.-]*,? ?){1,3}$"
# A number and a word for a street, before or behind each other.
_STREET = (
    r"(?i)^\d{1,5}\w?,?\s+.*\b(?:street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|drive|dr|court"
    r"|ct|way|place|pl|square|sq|terrace|highway|hwy|parkway|circle|rue|impasse|chemin|allée)\b"
    r"|(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|laan|straat|plein|vägen|gatan"
    r"|gata|vej|gade|katu|tie)\s*\d{1,4}\s*[a-z]?\b"
    r"|\b(?:calle|avenida|avda|plaza|paseo|via|viale|corso|piazza|rua|travessa|ul\.|ulica|ulice|al\."
    r"|улица|ул\.|проспект|пр-т|utca|út|sokak|cadde)\s+.*\d"
)
_MAIL_INSIDE = r"[^@\s,;:<(]+@[^@\s,;:>)]+\.[A-Za-z]{2,}"
_PHONE_INSIDE = r"(?:^|[\s:(])(?:\+|00)[1-9]\d[\d\s().-]{6,16}\d\b|\(\d{3}\)\s?\d{3}[-\s]\d{4}"


def are_handles(cells: Cells) -> bool:
    """Names in social networks: @somebody, or the address of a profile."""
    if cells.share(cells.matches(r"^@|(?i:\.com/|t\.me/)")) < 0.8:
        return False
    found = cells.matches(_HANDLE) | cells.matches(_PROFILE)
    return cells.share(found) >= 0.8 and cells.distinct > 0.5 * cells.filled


def are_cards(cells: Cells) -> bool:
    """Numbers of payment cards, by their check digit, or of bank accounts."""
    if not cells.distinct:
        return False
    if cells.native == "text" and cells.share(cells.matches(_IBAN)) >= 0.9:
        return cells.distinct > 0.2 * cells.filled
    if cells.share(cells.matches(_CARD)) < 0.9 or cells.distinct < 3:
        return False
    texts = _sampled(cells)
    if any(mark in text for text in texts[:20] for mark in "xX*•"):
        return True
    # One in ten numbers passes by chance; all of them do not.
    return float(np.mean([_luhn(text) for text in texts])) >= 0.95


def are_people(cells: Cells) -> bool:
    """First and last names: the shape of names, and enough of them among the frequent ones."""
    if cells.share(cells.matches(_FULL_NAME)) < 0.8:
        return False
    words = [{word.strip(",.").casefold() for word in text.split()} for text in _sampled(cells)]
    return float(np.mean([bool(found & FIRST_NAMES) for found in words])) >= 0.4


def are_addresses(cells: Cells) -> bool:
    """Streets with a number."""
    return cells.share(cells.matches(_STREET)) >= 0.6


def hold_contacts(cells: Cells) -> bool:
    """Free text in which people leave e-mail addresses or phone numbers."""
    if cells.share(cells.matches(r"\S\s+\S")) < 0.3:
        return False
    found = cells.matches(_MAIL_INSIDE) | cells.matches(_PHONE_INSIDE)
    return cells.share(found) >= 0.02 and int(cells.counts[found].sum()) >= 2


def _sampled(cells: Cells) -> list[str]:
    places = np.linspace(0, cells.distinct - 1, min(cells.distinct, _SAMPLE)).astype(np.int64)
    return [cells.texts[int(place)].as_py() or "" for place in np.unique(places)]


def _luhn(text: str) -> bool:
    """Whether the check digit of a card number is right (ISO/IEC 7812-1, annex B)."""
    digits = [int(char) for char in text if char.isdigit()][::-1]
    if not digits or len(set(digits)) == 1:
        return False
    doubled = (2 * digit - 9 * (digit > 4) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
