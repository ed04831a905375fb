"""Numbers as people write them: marks, currencies, percent signs, brackets and K or M."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import Cells, as_mask
from upshot.tables.schema import NumberFormat

if TYPE_CHECKING:
    import pyarrow as pa

# ISO 4217 codes of the currencies that advertising platforms bill in.
CODES = (
    "USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|RUB|UAH|BRL"
    "|MXN|ARS|CLP|COP|PEN|ZAR|NGN|KES|EGP|MAD|AED|SAR|QAR|ILS|HKD|SGD|TWD|KRW|THB|IDR|MYR|PHP|VND"
    "|PKR|BDT|LKR|ISK|HRK|RSD"
)
SIGNS = (
    r"US\$|R\$|A\$|C\$|CA\$|AU\$|NZ\$|HK\$|S\$|\$|€|£|¥|₹|₽|₺|₩|₪|₴|₫|฿|₱|zł|Kč|kr\.?|Fr\."
    r"|lei|Ft|Rs\.?"
)
_CURRENCY = rf"(?:{SIGNS}|{CODES})"
_CURRENCY_AT = re.compile(rf"^[(\s+-]*({_CURRENCY})|({_CURRENCY})[)\s]*$")
_SPACE = r"[\s\x{a0}\x{202f}\x{2009}]"
_THOUSANDS = {
    "": "",
    ",": ",",
    ".": r"\.",
    " ": r"[ \x{a0}\x{202f}\x{2009}]",
    "'": r"['’]",
}
_SUFFIX = {"k": 1e3, "m": 1e6, "mm": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9}
# Each cell decides by its last mark; for columns that mix formats.
AUTO = "auto"
_FORMATS = tuple(
    NumberFormat(decimal, thousands)
    for decimal, thousands in (
        (".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (".", " "), (".", "'"), (",", "'")
    )
)  # fmt: skip
_MOST = 0.99


def bare(texts: pa.Array) -> pa.Array:
    """Numbers without currency, percent sign, suffix and brackets; a sign stands in front."""
    import pyarrow.compute as pc

    texts = pc.replace_substring_regex(texts, rf"^'|^{_SPACE}+|{_SPACE}+$", "")
    texts = pc.replace_substring_regex(texts, r"^\((.*)\)$", r"-\1")
    texts = pc.replace_substring_regex(texts, r"^[−–]", "-")
    texts = pc.replace_substring_regex(texts, rf"{_SPACE}*[%‰]$", "")
    texts = pc.replace_substring_regex(texts, rf"^([-+]?){_SPACE}*{_CURRENCY}{_SPACE}*", r"\1")
    texts = pc.replace_substring_regex(texts, rf"{_SPACE}*{_CURRENCY}$", "")
    texts = pc.replace_substring_regex(texts, rf"{_SPACE}*(?i:k|mm?|mio|bn?)\.?$", "")
    return pc.replace_substring_regex(texts, r"^([0-9.,]+)-$", r"-\1")


def _is_number(texts: pa.Array, decimal: str, thousands: str) -> np.ndarray:
    import pyarrow.compute as pc

    point = re.escape(decimal)
    plain = rf"^[-+]?(?:\d+{point}?\d*|{point}\d+)(?:[eE][-+]?\d+)?$"
    good = as_mask(pc.match_substring_regex(texts, plain))
    if thousands:
        mark = _THOUSANDS[thousands]
        grouped = rf"^[-+]?\d{{1,3}}(?:{mark}\d{{3}})+(?:{point}\d*)?$"
        indian = rf"^[-+]?\d{{1,2}}(?:{mark}\d{{2}})+{mark}\d{{3}}(?:{point}\d*)?$"
        good |= as_mask(pc.match_substring_regex(texts, grouped))
        if thousands == ",":
            good |= as_mask(pc.match_substring_regex(texts, indian))
    return np.asarray(good)


def parse_numbers(texts: pa.Array, written: NumberFormat) -> np.ndarray:
    """Read numbers in one format; NaN where a text is no number in it.

    Percentages stay as written (12 % is 12.0).
    """
    if not len(texts):
        return np.zeros(0)
    core = bare(texts)
    if written.decimal == AUTO:
        values = _parse_core(core, ".", ",")
        comma = _parse_core(core, ",", ".")
        return np.asarray(np.where(_comma_decides(core), comma, values) * _factor(texts))
    return np.asarray(_parse_core(core, written.decimal, written.thousands) * _factor(texts))


def _parse_core(core: pa.Array, decimal: str, thousands: str) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.compute as pc

    good = _is_number(core, decimal, thousands)
    if thousands:
        core = pc.replace_substring_regex(core, _THOUSANDS[thousands], "")
    if decimal != ".":
        core = pc.replace_substring(core, decimal, ".")
    core = pc.replace_substring_regex(core, r"^\+", "")
    valid = pc.if_else(pa.array(good), core, pa.scalar(None, pa.string()))
    return np.asarray(valid.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=float)


def _comma_decides(core: pa.Array) -> np.ndarray:
    import pyarrow.compute as pc

    pattern = r"^[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}$|^[-+]?\d{1,3}(?:\.\d{3}){2,}$"
    return as_mask(pc.match_substring_regex(core, pattern))


def _factor(texts: pa.Array) -> np.ndarray:
    import pyarrow.compute as pc

    factor = np.ones(len(texts))
    suffixed = as_mask(pc.match_substring_regex(texts, r"(?i)\d\s*(?:k|mm?|mio|bn?)\.?\s*\)?$"))
    for index in np.flatnonzero(suffixed):
        word = re.search(r"([a-z]+)\.?\s*\)?$", texts[int(index)].as_py().lower())
        factor[index] = _SUFFIX.get(word.group(1), 1.0) if word else 1.0
    return factor


@dataclass(frozen=True)
class NumberFinding:
    """The format that reads most cells.

    ``share`` of the filled cells it reads; ``tied`` holds the other formats that read as many but
    give other values, so that the file's other columns may decide.
    """

    written: NumberFormat
    share: float
    tied: tuple[NumberFormat, ...] = ()


def find_number_format(
    cells: Cells, prefer: NumberFormat | None = None, decimal_hint: str | None = None
) -> NumberFinding:
    """Find how the numbers of a column are written.

    Parameters
    ----------
    cells : Cells
        Without missing spellings.
    prefer : NumberFormat, optional
        Wins when it reads as many cells as the best.
    decimal_hint : str, optional
        Decimal mark of the file's other columns; decides between equals.
    """
    if cells.share(cells.matches(r"\d")) < 0.5:
        return NumberFinding(NumberFormat(), 0.0)
    core = bare(cells.texts)
    shares = {}
    for written in _FORMATS:
        shares[written] = cells.share(_is_number(core, written.decimal, written.thousands))
        plain = written.thousands == "" and written.decimal == "." and shares[written] == 1.0
        if plain and not _has_groups_of_three(core, r"\."):
            return NumberFinding(_decorated(cells, written), 1.0)
    best = max(shares.values())
    if best < _MOST:
        auto = cells.share(~np.isnan(parse_numbers(cells.texts, NumberFormat(AUTO))))
        if auto > best:
            return NumberFinding(_decorated(cells, NumberFormat(AUTO)), auto)
    leaders = [written for written, share in shares.items() if share >= best - 1e-12]
    marks = (prefer.decimal, prefer.thousands) if prefer else None
    chosen = next((w for w in leaders if (w.decimal, w.thousands) == marks), None)
    open_ = prefer is None and decimal_hint is None
    ambiguous = open_ and len({w.decimal for w in leaders}) > 1 and _differs(core, leaders)
    if chosen is None:
        chosen = _decide(core, leaders, decimal_hint)
    tied = tuple(w for w in leaders if w.decimal != chosen.decimal) if ambiguous else ()
    return NumberFinding(_decorated(cells, chosen), best, tied)


def _has_groups_of_three(core: pa.Array, mark: str) -> bool:
    """Whether every mark stands before exactly three digits, as a thousands mark would."""
    import pyarrow.compute as pc

    marked = as_mask(pc.match_substring_regex(core, mark))
    if not marked.any():
        return False
    grouped = as_mask(pc.match_substring_regex(core, rf"^[-+]?[1-9]\d{{0,2}}(?:{mark}\d{{3}})+$"))
    return bool((grouped == marked).all())


def _differs(core: pa.Array, leaders: list[NumberFormat]) -> bool:
    first = _parse_core(core, leaders[0].decimal, leaders[0].thousands)
    return any(
        not np.array_equal(first, _parse_core(core, w.decimal, w.thousands), equal_nan=True)
        for w in leaders[1:]
    )


def _decide(core: pa.Array, leaders: list[NumberFormat], hint: str | None) -> NumberFormat:
    """Choose between formats that read the same cells: plain first, groups of three by the hint."""
    if len(leaders) == 1:
        return leaders[0]
    if hint is not None:
        agreeing = [written for written in leaders if written.decimal == hint]
        leaders = agreeing or leaders
    if _has_groups_of_three(core, ",") and hint != ",":
        leaders = [w for w in leaders if w.thousands == ","] or leaders
    elif hint == "," and _has_groups_of_three(core, r"\."):
        leaders = [w for w in leaders if w.thousands == "."] or leaders
    return min(leaders, key=_FORMATS.index)


def _decorated(cells: Cells, written: NumberFormat) -> NumberFormat:
    currencies = currencies_in(cells)
    percent = cells.share(cells.matches(r"%\s*$")) > 0.5
    return NumberFormat(
        written.decimal,
        "," if written.decimal == AUTO else written.thousands,
        max(currencies, key=lambda code: currencies[code]) if currencies else "",
        percent,
    )


def currencies_in(cells: Cells) -> dict[str, int]:
    """Currency signs and codes beside the numbers, with how many cells carry each."""
    found: dict[str, int] = {}
    marked = cells.matches(rf"^[(\s+-]*{_CURRENCY}|{_CURRENCY}[)\s]*$")
    for index in np.flatnonzero(marked)[:2000]:
        match = _CURRENCY_AT.search(cells.texts[int(index)].as_py())
        if match:
            sign = match.group(1) or match.group(2)
            found[sign] = found.get(sign, 0) + int(cells.counts[index])
    return found
