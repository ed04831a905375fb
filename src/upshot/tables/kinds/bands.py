"""Bands of numbers as people write them: 25-34, under 18, 65+, $50K-$75K, plus de 65 ans."""

from __future__ import annotations

import math
import re

_DIGITS = r"(\d+(?:[.,’' \u00a0\u202f]\d{3})*(?:[.,]\d+)?)"
_NUMBER = rf"[^\w\s()<>≤≥~+-]{{0,2}}\s*{_DIGITS}\s*(?:(k|m|mio|tsd)(?![^\W\d_]))?"
_UNIT = r"[\s.]*(?:%|[€$£]|[^\W\d_]{1,12}\.?(?:\s+(?:old|d['’]ancienneté))?)?(?:\s*\([^)]*\))?\s*$"
_SHORT_UNIT = r"\s*(?:[^\W\d_]{1,6}\s*)?"
_FROM = r"from|between|von|zwischen|de|entre|da|tra|van|tussen|от|od|ages?|[\[(]"
_TO = r"-|–|—|~|\.\.\.?|,|to|bis|à|a|al|and|und|et|y|e|até|tot|до|do"
_UNDER_WORDS = (
    r"<=?|≤|under|below|less(?:\s*than)?|lt|up\s*to|younger than|before|fewer than|unter|bis|bis zu"
    r"|weniger als|moins de|jusqu['’]à|menos de|hasta|até|meno di|fino a|sotto i|onder|minder dan"
    r"|tot|до|менее|меньше|poniżej|do"
)
_OVER_WORDS = (
    r">=?|≥|over|above|more(?:\s*than)?|gt|at least|older than|from|über|ab|mehr als|plus de"
    r"|à partir de|más de|desde|mais de|acima de|più di|oltre|oltre i|boven|meer dan|vanaf|от|более"
    r"|больше|свыше|powyżej|od"
)
_MORE_WORDS = (
    r"\+|plus\b|(?:and|or) (?:over|above|more|older|up)|(?:und|oder) (?:mehr|älter)|et plus|ou plus"
    r"|y más|o más|ou mais|e oltre|o più|en ouder|of meer|и более|и больше|i więcej|\bup\b"
)
_LESS_WORDS = (
    r"minus\b|(?:and|or) (?:under|below|less|fewer|younger)|(?:und|oder) (?:weniger|jünger)"
    r"|et moins|ou moins|y menos|o menos|ou menos|e meno|o meno|en jonger|of minder|и менее"
)
_BETWEEN = re.compile(
    rf"^(?:{_FROM})?\s*{_NUMBER}\s*(?:[^\W\d_]{{1,3}}\s*)?(?:{_TO})\s*{_NUMBER}\s*[\])]?{_UNIT}",
    re.IGNORECASE,
)
_UNDER = re.compile(rf"^(?:{_UNDER_WORDS})[\s:]*{_NUMBER}{_UNIT}", re.IGNORECASE)
_OVER = re.compile(rf"^(?:{_OVER_WORDS})[\s:]*{_NUMBER}{_UNIT}", re.IGNORECASE)
_AND_MORE = re.compile(rf"^{_NUMBER}{_SHORT_UNIT}(?:{_MORE_WORDS}){_UNIT}", re.IGNORECASE)
_AND_LESS = re.compile(rf"^{_NUMBER}{_SHORT_UNIT}(?:{_LESS_WORDS}){_UNIT}", re.IGNORECASE)
_ALONE = re.compile(rf"^(?:age\s*)?{_NUMBER}{_UNIT}", re.IGNORECASE)
_NEVER = frozenset({"never", "nie", "jamais", "nunca", "mai", "nooit", "никогда"})
_SCALED = {"k": 1e3, "tsd": 1e3, "m": 1e6, "mio": 1e6}


def band(text: str) -> tuple[float, float] | None:
    """The lower and upper end of a band; both are the same for a single number.

    Returns
    -------
    tuple of float or None
        Infinite where the band is open; None when the text is no band.
    """
    if text.strip().casefold() in _NEVER:
        return -math.inf, -math.inf
    text = text.strip().replace("$", "").replace("€", "").replace("£", "")
    if match := _BETWEEN.match(text):
        low, high = _value(*match.group(1, 2)), _value(*match.group(3, 4))
        # In "$50-75K" and "1-5 Mio" the first number carries the second one's unit.
        if low >= high and match.group(4) and not match.group(2):
            return None
        if match.group(4) and not match.group(2) and low * _factor(match.group(4)) < high:
            low *= _factor(match.group(4))
        return (low, high) if low < high else None
    for pattern, opens in ((_UNDER, -1), (_AND_LESS, -1), (_OVER, 1), (_AND_MORE, 1)):
        if match := pattern.match(text):
            value = _value(*match.group(1, 2))
            return (-math.inf, value) if opens < 0 else (value, math.inf)
    if match := _ALONE.match(text):
        value = _value(*match.group(1, 2))
        return value, value
    return None


def is_open_or_wide(ends: tuple[float, float]) -> bool:
    """Whether a band is more than a single number."""
    return ends[0] != ends[1]


def _factor(unit: str | None) -> float:
    return _SCALED[unit.lower()] if unit else 1.0


def _value(digits: str, unit: str | None) -> float:
    bare = re.sub(r"[’' \u00a0\u202f]|[.,](?=\d{3}(?:\D|$))", "", digits)
    return float(bare.replace(",", ".")) * _factor(unit)
