"""What people write around a number: currency, percent, brackets, K and M, other digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import Cells, as_mask

if TYPE_CHECKING:
    import pyarrow as pa

# ISO 4217 codes of the currencies that advertising platforms bill in.
CODES = (
    "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|RUB|UAH|BRL"
    "|MXN|ARS|CLP|COP|PEN|ZAR|NGN|KES|EGP|MAD|AED|SAR|QAR|ILS|HKD|SGD|TWD|KRW|THB|IDR|MYR|PHP|VND"
    "|PKR|BDT|LKR|ISK|HRK|RSD|GHS|TND|KWD|BHD|OMR|JOD|KZT|GEL|AMD|AZN|UYU|BOB|PYG|CRC|GTQ|DOP"
)
SIGNS = (
    r"US ?\$|R\$|A\$|CA\$|C\$|AU\$|NZ\$|HK\$|NT\$|MX\$|Mex\$|AR\$|S\$|\$|€|£|¥|₹|₽|₺|₩|₪|₴|₫|฿|₱|₦"
    r"|₲|₵|₡|₸|₾|₼|₮|¢|zł|zl|Kč|kr\.?|SFr\.?|Fr\.|лв\.?|руб\.?|р\.|грн\.?|lei|Ft|Rs\.?|Rp\.?|RM|TL"
    r"|元|円|원|[Ee]uros?|EURO"
)
_CURRENCY = rf"(?:{SIGNS}|(?i:{CODES}))"
_CURRENCY_AT = re.compile(rf"^[(\s+-]*({_CURRENCY})|({_CURRENCY})[)\s-]*$")
# Plain, no-break, thin, narrow no-break and the other spaces of Unicode.
SPACES = r" \t\x{a0}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}"
_SPACE = f"[{SPACES}]"
# Direction marks that right-to-left spreadsheets write around a number.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\ufeff"
# Without those that mean two things: "mil" (thousand or million) and "CR" (ten million or credit).
_SUFFIX = {
    "k": 1e3, "tsd": 1e3, "thousand": 1e3, "тыс": 1e3, "万": 1e4, "lakh": 1e5,
    "lac": 1e5, "m": 1e6, "mm": 1e6, "mn": 1e6, "mio": 1e6, "mln": 1e6, "million": 1e6,
    "millions": 1e6, "млн": 1e6, "crore": 1e7, "亿": 1e8, "億": 1e8, "b": 1e9,
    "bn": 1e9, "mrd": 1e9, "mld": 1e9, "billion": 1e9, "billions": 1e9, "млрд": 1e9,
}  # fmt: skip
_SUFFIXES = "|".join(sorted(_SUFFIX, key=len, reverse=True))


@dataclass(frozen=True, eq=False)
class Bare:
    """Numbers without what stands around them.

    Attributes
    ----------
    texts : pyarrow.Array
        Digits and marks, a sign in front.
    factor : numpy.ndarray
        What K, M and their like multiply by.
    percent : numpy.ndarray of bool
        Which carried a percent sign.
    """

    texts: pa.Array
    factor: np.ndarray
    percent: np.ndarray


def bare(texts: pa.Array) -> Bare:
    """Take currency, percent sign, suffix and brackets from numbers; a sign stands in front."""
    import pyarrow.compute as pc

    texts = pc.replace_substring_regex(plain_digits(texts), rf"^'|^{_SPACE}+|{_SPACE}+$", "")
    texts = _signed(texts)
    percent = as_mask(pc.match_substring_regex(texts, rf"[%‰]{_SPACE}*\)?$|^[-+(]*%"))
    texts = pc.replace_substring_regex(texts, rf"{_SPACE}*[%‰]$", "")
    texts = pc.replace_substring_regex(texts, rf"^([-+]?)%{_SPACE}*", r"\1")
    texts = pc.replace_substring_regex(texts, rf"^([-+]?){_SPACE}*{_CURRENCY}{_SPACE}*", r"\1")
    texts = pc.replace_substring_regex(texts, rf"{_SPACE}*{_CURRENCY}(-?)$", r"\1")
    # Swiss and Dutch shops write whole amounts as 12.- or 12,–.
    texts = pc.replace_substring_regex(texts, r"(\d)[.,][-–—]{1,2}$", r"\1")
    texts = _signed(texts)
    factor = _factor(texts)
    texts = pc.replace_substring_regex(texts, rf"{_SPACE}*(?i:{_SUFFIXES})\.?$", "")
    texts = pc.replace_substring_regex(texts, rf"{_SPACE}*{_CURRENCY}$", "")
    scientific = rf"{_SPACE}*[x×*·]{_SPACE}*10\^?([-+]?\d+)$"
    return Bare(pc.replace_substring_regex(texts, scientific, r"e\1"), factor, percent)


def plain_digits(texts: pa.Array) -> pa.Array:
    """Digits and marks of other scripts (Arabic-Indic, Devanagari, full width) as ASCII."""
    import pyarrow as pa
    import pyarrow.compute as pc

    foreign = as_mask(pc.match_substring_regex(texts, _foreign_class()))
    if not foreign.any():
        return texts
    table = _foreign_digits()
    strings = texts.to_pylist()
    for index in np.flatnonzero(foreign):
        strings[index] = strings[index].translate(table)
    return pa.array(strings, type=pa.string())


@cache
def _foreign_digits() -> dict[int, str]:
    digits = {
        code: str(unicodedata.decimal(chr(code)))
        for code in range(0x100, 0x20000)
        if unicodedata.category(chr(code)) == "Nd"
    }
    marks = {"٫": ".", "٬": ",", "٪": "%", "．": ".", "，": ",", "％": "%"}
    marks |= dict.fromkeys("−‐‑﹣－", "-") | dict.fromkeys("ʼ＇", "'") | dict.fromkeys("＋﹢", "+")
    return digits | {ord(k): v for k, v in marks.items()} | dict.fromkeys(map(ord, _DIRECTIONS), "")


@cache
def _foreign_class() -> str:
    """The signs to be replaced as a class of a regular expression: most columns hold none."""
    return "[" + "".join(f"\\x{{{code:x}}}" for code in sorted(_foreign_digits())) + "]"


def _signed(texts: pa.Array) -> pa.Array:
    """Put the sign in front: of brackets, of dashes, and where it stands behind."""
    import pyarrow.compute as pc

    texts = pc.replace_substring_regex(texts, rf"^\({_SPACE}*(.*?){_SPACE}*\)$", r"-\1")
    texts = pc.replace_substring_regex(texts, rf"^[–—-]{_SPACE}*([^-–—])", r"-\1")
    texts = pc.replace_substring_regex(texts, rf"^\+{_SPACE}+", "+")
    return pc.replace_substring_regex(texts, rf"^(\d|[^-+].*\d){_SPACE}*[-–]$", r"-\1")


def _factor(texts: pa.Array) -> np.ndarray:
    import pyarrow.compute as pc

    factor = np.ones(len(texts))
    pattern = rf"(?i)\d{_SPACE}*(?:{_SUFFIXES})\.?(?:{_SPACE}*{_CURRENCY})?$"
    suffixed = as_mask(pc.match_substring_regex(texts, pattern))
    for index in np.flatnonzero(suffixed):
        text = texts[int(index)].as_py().lower()
        word = re.search(rf"\d\s*({_SUFFIXES})(?![^\W\d_])", text)
        factor[index] = _SUFFIX[word.group(1)] if word else 1.0
    return factor


def currencies_in(cells: Cells) -> dict[str, int]:
    """Currency signs and codes beside the numbers, with how many cells carry each."""
    found: dict[str, int] = {}
    marked = cells.matches(rf"^[(\s+-]*{_CURRENCY}|{_CURRENCY}[)\s-]*$")
    for index in np.flatnonzero(marked)[:2000]:
        match = _CURRENCY_AT.search(cells.texts[int(index)].as_py())
        if match:
            sign = match.group(1) or match.group(2)
            sign = sign.upper() if sign.upper() in CODES.split("|") else sign
            found[sign] = found.get(sign, 0) + int(cells.counts[index])
    return found
