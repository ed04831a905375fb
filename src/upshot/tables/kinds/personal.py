"""Personal data: contact data by their values, names and addresses by header and values."""

from __future__ import annotations

from upshot.tables.cells import Cells
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of, words_of
from upshot.tables.schema import Kind, Personal

_EMAIL = r"^'?[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$"
_IP = r"^(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?$|^[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){4,7}$"
_PHONE = r"^'?\+?[(\d][\d\s().\x{a0}/-]{5,20}\d(?:\s*(?:x|ext\.?)\s*\d{1,6})?$"
_PHONE_INTERNATIONAL = r"^'?(?:\+|00)[1-9][\d\s().-]{6,18}\d$"
_PHONE_WORDS = (
    "phone", "telephone", "tel", "mobile", "cell", "cellphone", "fax", "gsm", "whatsapp",
    "telefon", "telefonnummer", "handy", "mobil", "téléphone", "telephone", "portable", "teléfono",
    "telefono", "móvil", "celular", "telefone", "telemóvel", "cellulare", "телефон", "phone number",
)  # fmt: skip
_PERSON_WORDS = (
    "first name", "last name", "full name", "surname", "forename", "given name", "family name",
    "middle name", "firstname", "lastname", "fullname", "customer name", "contact name",
    "billing name", "shipping name", "cardholder name", "lead name", "vorname", "nachname",
    "familienname", "kundenname", "prénom", "prenom", "nom de famille", "nom complet", "nombres",
    "apellido", "apellidos", "nombre completo", "sobrenome", "nome completo", "cognome",
    "imię", "nazwisko", "имя", "фамилия", "voornaam", "achternaam", "förnamn", "efternamn",
    "fornavn", "etternavn", "efternavn", "client name", "member name", "subscriber name",
    "recipient name", "user name", "passenger name",
)  # fmt: skip
_MAYBE_PERSON = ("name", "nom", "nome", "nombre", "naam", "namn", "navn", "customer", "kunde")
_NO_PERSON = (
    "campaign", "ad", "product", "company", "file", "item", "event", "account", "plan", "list",
    "group", "category", "brand", "store", "domain", "page", "source", "tax", "lineitem", "set",
)  # fmt: skip
_ADDRESS_WORDS = (
    "address", "address1", "address2", "street", "street address", "addr", "adresse", "straße",
    "strasse", "anschrift", "dirección", "direccion", "calle", "endereço", "endereco", "rua",
    "indirizzo", "via", "adres", "ulica", "adress", "gata", "адрес", "mailing address",
)  # fmt: skip
_FULL_NAME = r"^\p{Lu}[\p{L}'’.-]+(?: \p{L}[\p{L}'’.-]*){1,3}$"
_NAME_PART = r"^[\p{L}'’. -]{2,40}$"


def recognise_contact(cells: Cells, hints: Hints) -> Found | Declined:
    """E-mail and IP addresses by value; phone numbers by value, or by name and value."""
    if cells.native not in {"text", "integer"}:
        return Declined("the file says it is no text")
    if cells.native == "text":
        if cells.share(cells.matches(_EMAIL)) >= 0.8:
            return Found(Kind.IDENTIFIER, personal=Personal.EMAIL)
        if cells.share(cells.matches(_IP)) >= 0.9:
            return Found(Kind.IDENTIFIER, personal=Personal.IP)
        if cells.share(cells.matches(_PHONE_INTERNATIONAL)) >= 0.8:
            return Found(Kind.IDENTIFIER, personal=Personal.PHONE)
    named = names_one_of(cells.name, _PHONE_WORDS) and cells.distinct > 2
    if named and cells.share(cells.matches(_PHONE)) >= 0.8:
        return Found(Kind.IDENTIFIER, personal=Personal.PHONE)
    return Declined("its cells are no contact data")


def recognise_person(cells: Cells, hints: Hints) -> Found | Declined:
    """Names and postal addresses."""
    if cells.native != "text":
        return Declined("the file says it is no text")
    if names_one_of(cells.name, _ADDRESS_WORDS) and _varied(cells):
        return Found(Kind.TEXT, personal=Personal.ADDRESS, confidence=0.9)
    if names_one_of(cells.name, _PERSON_WORDS) and _named(cells):
        return Found(Kind.TEXT, personal=Personal.NAME, confidence=0.9)
    maybe = words_of(cells.name).strip() in _MAYBE_PERSON
    full = maybe and cells.share(cells.matches(_FULL_NAME)) >= 0.7
    if full and _varied(cells) and not names_one_of(cells.name, _NO_PERSON):
        return Found(Kind.TEXT, personal=Personal.NAME, confidence=0.7)
    return Declined("neither its name nor its values say so")


def _named(cells: Cells) -> bool:
    return cells.share(cells.matches(_NAME_PART)) >= 0.7


def _varied(cells: Cells) -> bool:
    """More than a handful of levels: 'address type' is no address."""
    return cells.distinct > min(10, 0.5 * cells.filled)
