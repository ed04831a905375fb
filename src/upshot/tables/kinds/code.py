"""Digits that are codes, not amounts: postal codes, leading zeros, more than 15 digits."""

from __future__ import annotations

from upshot.errors import Note
from upshot.tables.cells import Cells
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of
from upshot.tables.schema import Kind
from upshot.wording import say

_POSTAL = (
    "zip", "zipcode", "zip code", "postal code", "postcode", "post code", "postal", "plz",
    "postleitzahl", "code postal", "codigo postal", "código postal", "cep", "cap", "postnummer",
    "pin code", "pincode", "kod pocztowy", "psč", "irányítószám", "postinumero", "cod poștal",
    "posta kodu", "индекс", "почтовый индекс", "郵便番号", "邮编", "우편번호", "eircode",
)  # fmt: skip
_POSTAL_VALUE = r"^'?[A-Za-z0-9][A-Za-z0-9 -]{2,9}$"


def recognise_code(cells: Cells, hints: Hints) -> Found | Declined:
    """Postal codes by name; digits with leading zeros or more than 15 digits by value."""
    postal = names_one_of(cells.name, _POSTAL)
    if postal and cells.share(cells.matches(_POSTAL_VALUE)) >= 0.9:
        return Found(_code_kind(cells), role="postal code")
    if cells.native in {"float", "datetime", "boolean"}:
        return Declined("the file says it is no code")
    digits = cells.matches(r"^'?\d+$")
    if cells.share(digits) < 0.95:
        return Declined("its cells are not all digits")
    zeros = cells.matches(r"^'?0\d+$")
    if cells.share(zeros) >= 0.005 and zeros.sum() >= 2:
        note = Note(
            "leading-zeros",
            say(
                "`{column}` holds digits with leading zeros. We treat them as codes.",
                column=cells.name,
            ),
            cells.name,
        )
        return Found(_code_kind(cells), role="code", confidence=0.9, notes=(note,))
    if cells.share(cells.matches(r"^'?\d{16,}$")) >= 0.5:
        return Found(_code_kind(cells), role="code", confidence=0.9)
    return Declined("its digits may be amounts")


def _code_kind(cells: Cells) -> Kind:
    repeated = cells.filled >= 2 * cells.distinct
    if cells.distinct >= 0.95 * cells.filled and cells.filled >= 20:
        return Kind.IDENTIFIER
    return Kind.CATEGORY if repeated else Kind.TEXT
