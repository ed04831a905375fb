"""Personal data: contact data by their values, names, addresses and notes by header and values."""

from __future__ import annotations

from upshot.tables.cells import Cells
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of, words_of
from upshot.tables.kinds.personal_values import (
    are_addresses,
    are_cards,
    are_handles,
    are_people,
    hold_contacts,
)
from upshot.tables.kinds.personal_words import (
    ADDRESS_WORDS,
    HANDLE_WORDS,
    MAYBE_PERSON,
    NO_ADDRESS,
    NO_PERSON,
    NOTE_WORDS,
    NUMBER_WORDS,
    PERSON_WORDS,
    PHONE_WORDS,
)
from upshot.tables.schema import Kind, Personal

MAILBOX_ROLE = "mailbox"
"""An e-mail address of which a person lets a model see the provider."""

_EMAIL = r"^'?(?:mailto:)?[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$"
_IP = (
    r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d+|/\d\d?)?$"
    r"|^[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){4,7}$"
)
_PHONE = r"^'?\+?[(\d][\d\s().\x{a0}/-]{5,20}\d(?:\s*(?:x|ext\.?)\s*\d{1,6})?$"
_PHONE_INTERNATIONAL = r"^'?(?:\+|00)[1-9][\d\s().-]{6,18}\d$"
_FULL_NAME = r"^\p{Lu}[\p{L}'’.-]+(?: \p{L}[\p{L}'’.-]*){1,3}$"
# Digits behind a name tell people of one name apart, or made-up people.
_NAME_PART = r"^[\p{L}'’. -]{2,40}\d{0,4}$"
_NUMBERED_NAME = r"^\p{Lu}\p{Ll}{2,30}[ _-]?\d{1,6}$"
_HANDLE_VALUE = r"^@?[A-Za-z0-9_.-]{2,40}$|^https?://\S+$"
_DIGITS = r"^[\dxX*•.…\s-]*\d[\dA-Za-z*•.\s/-]*$|^[A-Z]{2}\d{2}[A-Z0-9 ]{8,32}$"


def recognise_contact(cells: Cells, hints: Hints) -> Found | Declined:
    """E-mail and IP addresses, handles and card numbers by value; phone numbers by either."""
    if cells.native not in {"text", "integer"}:
        return Declined("the file says it is no text")
    if cells.native == "text":
        personal = _by_value(cells)
        if personal is not None:
            return Found(Kind.IDENTIFIER, personal=personal)
    named = names_one_of(cells.name, PHONE_WORDS) and cells.distinct > 2
    if named and cells.share(cells.matches(_PHONE)) >= 0.8:
        return Found(Kind.IDENTIFIER, personal=Personal.PHONE)
    numbered = names_one_of(cells.name, NUMBER_WORDS) and _varied(cells)
    if (numbered and cells.share(cells.matches(_DIGITS)) >= 0.9) or are_cards(cells):
        return Found(Kind.IDENTIFIER, personal=Personal.NUMBER, confidence=0.9)
    handle = names_one_of(cells.name, HANDLE_WORDS) and _varied(cells)
    if handle and cells.native == "text" and cells.share(cells.matches(_HANDLE_VALUE)) >= 0.9:
        letters = cells.share(cells.matches(r"\p{L}")) >= 0.8
        if letters:
            return Found(Kind.IDENTIFIER, personal=Personal.HANDLE, confidence=0.9)
    return Declined("its cells are no contact data")


def _by_value(cells: Cells) -> Personal | None:
    if cells.share(cells.matches(_EMAIL)) >= 0.8:
        return Personal.EMAIL
    if cells.share(cells.matches(_IP)) >= 0.9:
        return Personal.IP
    if cells.share(cells.matches(_PHONE_INTERNATIONAL)) >= 0.8:
        return Personal.PHONE
    return Personal.HANDLE if are_handles(cells) else None


def recognise_person(cells: Cells, hints: Hints) -> Found | Declined:
    """Names, postal addresses, and notes about people."""
    if cells.native != "text":
        return Declined("the file says it is no text")
    addressed = names_one_of(cells.name, ADDRESS_WORDS) and not names_one_of(cells.name, NO_ADDRESS)
    if addressed and _varied(cells):
        return Found(Kind.TEXT, personal=Personal.ADDRESS, confidence=0.9)
    if names_one_of(cells.name, PERSON_WORDS) and cells.share(cells.matches(_NAME_PART)) >= 0.7:
        return Found(Kind.TEXT, personal=Personal.NAME, confidence=0.9)
    noted = names_one_of(cells.name, NOTE_WORDS) and _varied(cells)
    if noted and cells.share(cells.matches(r"\S\s+\S")) >= 0.3:
        return Found(Kind.TEXT, personal=Personal.NOTE, confidence=0.8)
    maybe = words_of(cells.name).strip() in MAYBE_PERSON
    full = maybe and cells.share(cells.matches(_FULL_NAME)) >= 0.7
    no_person = names_one_of(cells.name, NO_PERSON)
    if maybe and not no_person and _are_numbered_names(cells):
        return Found(Kind.TEXT, personal=Personal.NAME, confidence=0.7)
    if full and _varied(cells) and not no_person:
        return Found(Kind.TEXT, personal=Personal.NAME, confidence=0.7)
    return _by_content(cells, no_person=no_person)


def _by_content(cells: Cells, *, no_person: bool) -> Found | Declined:
    """What a column holds whose name says nothing about people."""
    if _varied(cells) and cells.distinct >= 20:
        if not no_person and are_people(cells):
            return Found(Kind.TEXT, personal=Personal.NAME, confidence=0.7)
        if are_addresses(cells):
            return Found(Kind.TEXT, personal=Personal.ADDRESS, confidence=0.7)
        if hold_contacts(cells):
            return Found(Kind.TEXT, personal=Personal.NOTE, confidence=0.7)
    return Declined("neither its name nor its values say so")


def _are_numbered_names(cells: Cells) -> bool:
    """Many names with digits behind ("Meyer12"); of "Customer12" the name is always the same."""
    if not _varied(cells) or cells.share(cells.matches(_NUMBERED_NAME)) < 0.7:
        return False
    names = {text.rstrip("0123456789") for text in cells.texts.to_pylist() if text}
    return len(names) > max(10, 0.1 * cells.distinct)


def _varied(cells: Cells) -> bool:
    """More than a handful of levels: 'address type' is no address."""
    return cells.distinct > min(10, 0.5 * cells.filled)
