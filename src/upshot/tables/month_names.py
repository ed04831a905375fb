"""Dates in words: month and weekday names of many languages, ordinals, and the words between."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from upshot.tables.cells import as_mask

if TYPE_CHECKING:
    import pyarrow as pa

ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Where two languages share a word for different months, the earlier language has it. Croatian is
# left out: its months are named as other months are in Polish and Czech.
LANGUAGES = (
    "en", "de", "fr", "es", "pt", "it", "nl", "ru", "uk", "pl", "cs", "sk", "sv", "da", "nb", "fi",
    "hu", "ro", "tr", "el", "bg", "id", "ca", "sl", "sr_Latn", "lt", "lv", "et", "eu", "ms",
)  # fmt: skip
# Short forms that spreadsheets and platforms write beside those of the Unicode CLDR.
_MORE = {
    "sept": 9, "mrz": 3, "mär": 3, "maerz": 3, "fév": 2, "fev": 2, "févr": 2, "aoû": 8, "déc": 12,
    "set": 9, "mai": 5, "dez": 12, "okt": 10, "ene": 1, "abr": 4, "dic": 12, "gen": 1, "mag": 5,
    "giu": 6, "lug": 7, "ott": 10, "mrt": 3, "mei": 5, "янв": 1, "фев": 2, "мар": 3, "апр": 4,
    "июн": 6, "июл": 7, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "ноя": 11, "нояб": 11, "дек": 12,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}\.?(?=[\s,./'’-]|\d|$)")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|e|º|ª|°|-го|-е)(?=[\s,.]|$)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<=[\w.,])\s+(?:de|del|of|the|von|di|do|da|d['’])\s+(?=\w)", re.IGNORECASE)
_YEAR_MARK = re.compile(r"(?<=\d{4})\s*(?:г\.?|р\.?|года|року|roku|r\.)(?=[\s,]|$)")
_CLOCK_WORD = re.compile(
    r",?\s+(?:at|um|à|a las|às|alle|om|в|о|kl\.?|o|klo)\s+(?=\d{1,2}[:.h]\d{2})", re.IGNORECASE
)
_LEADING = re.compile(r"^([^\W\d_]{2,}(?:-feira)?)\.?,?\s+")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_DAYS = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_GLUED = re.compile(r"^(\d{1,2})([A-Z][a-z]{2})(\d{4}|\d{2})(?=\D|$)")


def tidied(texts: pa.Array) -> pa.Array:
    """Dates in words with English short months that `strptime` knows; others as they are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    worded = as_mask(
        pc.match_substring_regex(texts, r"[^\x00-\x7f]|[A-Za-z]{3}|^[A-Za-z]{2}[.,\s]|\d\. \d")
    )
    if not worded.any():
        return texts
    strings = [text and tidy(text) for text in texts.to_pylist()]
    return pa.array(strings, type=pa.string())


def tidy(text: str) -> str:
    """One date in words, with its month in short English and nothing between the parts."""
    text = _east_asian(text)
    if not any(char.isalpha() for char in text):
        return text
    text = _CLOCK_WORD.sub(" ", text)
    leading = _LEADING.match(text)
    if leading and _is_weekday(leading.group(1), text[leading.end() :]):
        text = text[leading.end() :]
    text = _YEAR_MARK.sub("", _BETWEEN.sub(" ", _ORDINAL.sub("", text)))
    return _GLUED.sub(r"\1 \2 \3", _WORD.sub(_english, text))


def _is_weekday(word: str, rest: str) -> bool:
    """Whether the word before a date names its weekday: "Mar" does only where a month follows."""
    if word.casefold() not in weekday_words():
        return False
    return (
        not is_month(word) or any(map(is_month, _LETTERS.findall(rest))) or bool(_DAYS.match(rest))
    )


def _east_asian(text: str) -> str:
    """2024年1月5日 and 2024. 1. 5. as 2024-1-5."""
    if re.search("[年년]", text):
        text = re.sub(r"\s*[年년月월]\s*(?=\d)", "-", text)
        return re.sub(r"\s*[日일月월号]\s*", " ", text).strip()
    return re.sub(r"^(\d{4})\. (\d{1,2})\. (\d{1,2})\.?(?=\s|$)", r"\1-\2-\3", text)


def _english(match: re.Match[str]) -> str:
    word = match.group()
    number = month_words().get(word.rstrip(".").casefold())
    return ENGLISH[number - 1] if number else word


def is_month(word: str) -> bool:
    """Whether a word names a month in a language we know."""
    return word.casefold() in month_words()


@cache
def month_words() -> dict[str, int]:
    """Names and short names of months, folded in case and without a final point → 1 to 12."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for form, width in _FORMS:
            for number, name in _locale(language).months[form][width].items():
                word = name.rstrip(".").casefold()
                if len(word) >= 3 and word.isalpha():
                    found.setdefault(word, int(number))
    return _MORE | found


@cache
def weekday_words() -> frozenset[str]:
    """Names and short names of weekdays, folded in case and without a final point."""
    return frozenset(weekday_numbers())


@cache
def weekday_numbers() -> dict[str, int]:
    """Names and short names of weekdays, folded in case and without a final point → 0 (Monday)."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for form, width in _FORMS:
            for number, name in _locale(language).days[form][width].items():
                found.setdefault(name.rstrip(".").casefold(), int(number))
    return found


_FORMS = (
    ("format", "wide"), ("format", "abbreviated"), ("stand-alone", "wide"),
    ("stand-alone", "abbreviated"),
)  # fmt: skip


@cache
def _locale(language: str):  # type: ignore[no-untyped-def]
    from babel import Locale

    return Locale.parse(language)
