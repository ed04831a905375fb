"""Countries by name, in many languages, and by ISO 3166 code; the names are those of the CLDR."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from upshot.tables.month_names import LANGUAGES

NAMED_IN = (*LANGUAGES, "hr", "zh", "ja", "ko", "ar", "he", "hi", "th", "vi")
ALPHA2 = "alpha2"
ALPHA3 = "alpha3"
# Regions of the CLDR that are no countries people live in or that ISO 3166 does not know.
_NO_COUNTRY = frozenset({
    "AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ",
})  # fmt: skip
_MORE = {
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "usa": "US", "u s a": "US", "u s": "US",
    "united states of america": "US", "america": "US", "holland": "NL", "the netherlands": "NL",
    "czech republic": "CZ", "south korea": "KR", "republic of korea": "KR", "korea": "KR",
    "korea republic of": "KR", "north korea": "KP", "russia": "RU", "russian federation": "RU",
    "turkey": "TR", "türkiye": "TR", "ivory coast": "CI", "cape verde": "CV", "swaziland": "SZ",
    "macedonia": "MK", "burma": "MM", "vietnam": "VN", "viet nam": "VN", "hong kong": "HK",
    "taiwan province of china": "TW", "macau": "MO", "iran islamic republic of": "IR",
    "bolivia plurinational state of": "BO", "venezuela bolivarian republic of": "VE",
    "tanzania united republic of": "TZ", "moldova republic of": "MD",
    "syrian arab republic": "SY", "lao people s democratic republic": "LA",
    "brunei darussalam": "BN", "uae": "AE", "eire": "IE", "republic of ireland": "IE",
    "congo": "CG", "dr congo": "CD", "palestine": "PS", "vatican": "VA", "россия": "RU",
    "сша": "US", "deutschland": "DE", "eeuu": "US", "ee uu": "US",
    "estados unidos de américa": "US",
}  # fmt: skip
_MARKS = re.compile(r"[\W_]+")


def code_of(text: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country; None when it is none."""
    bare = text.strip()
    if len(bare) == 2 and bare.upper() in codes():
        return bare.upper()
    if len(bare) == 3 and bare.upper() in _alpha3():
        return _alpha3()[bare.upper()]
    return names().get(folded(bare))


def folded(name: str) -> str:
    """A name's letters in lower case, single spaces between words."""
    return _MARKS.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


def style_of(texts: Iterable[str]) -> str:
    """How most of the countries are written: ``alpha2``, ``alpha3``, or the code of a language."""
    votes: Counter[str] = Counter()
    for text in texts:
        bare = text.strip()
        if len(bare) == 2 and bare.upper() in codes():
            votes[ALPHA2] += 1
        elif len(bare) == 3 and bare.upper() in _alpha3():
            votes[ALPHA3] += 1
        else:
            for language, named in _named().items():
                votes[language] += folded(bare) in named
    best = max(votes.values(), default=0)
    # English and the other common languages stand first; a tie is theirs.
    order = (ALPHA2, ALPHA3, *NAMED_IN)
    return next((style for style in order if best and votes[style] == best), "en")


def in_style(text: str, style: str) -> str:
    """A country written in a style; other texts stay as they are."""
    code = code_of(text)
    if code is None:
        return text
    if style == ALPHA2:
        return code
    if style == ALPHA3:
        return _as_alpha3().get(code, text)
    return _territories(style).get(code, text)


@cache
def codes() -> frozenset[str]:
    """All ISO 3166 alpha-2 codes."""
    return frozenset(
        code
        for code in _territories("en")
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    )


@cache
def names() -> dict[str, str]:
    """Folded names of countries in all languages we know → alpha-2 code."""
    found: dict[str, str] = dict(_MORE)
    for named in _named().values():
        for name, code in named.items():
            found.setdefault(name, code)
    return found


@cache
def _named() -> dict[str, dict[str, str]]:
    """Per language the folded names → alpha-2 code."""
    return {
        language: {
            folded(name): code for code, name in _territories(language).items() if code in codes()
        }
        for language in NAMED_IN
    }


@cache
def _alpha3() -> dict[str, str]:
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return {
        old: new[0]
        for old, new in aliases.items()
        if len(old) == 3 and old.isalpha() and len(new) == 1 and new[0] in codes()
    }


@cache
def _as_alpha3() -> dict[str, str]:
    # Retired codes (ROM, ZAR, …) stand beside the current one, whose name the CLDR lists last.
    found: dict[str, str] = {}
    for old, new in sorted(_alpha3().items()):
        if new not in found or old[:2] == new:
            found[new] = old
    return found


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return {str(code): str(name) for code, name in Locale.parse(language).territories.items()}
