"""Yes or no, in the languages marketers write."""

from __future__ import annotations

import re

from upshot.tables.cells import Cells
from upshot.tables.kinds.base import Declined, Found, Hints
from upshot.tables.schema import BooleanFormat, Kind

_PAIRS = (
    ("1", "0"), ("1.0", "0.0"), ("true", "false"), ("t", "f"), ("yes", "no"), ("y", "n"),
    ("on", "off"), ("✓", "✗"),
    ("✓", "✘"), ("✔", "✘"), ("✔", "✖"), ("✅", "❌"), ("☑", "☐"), ("☒", "☐"), ("●", "○"),
    ("👍", "👎"), ("○", "×"), ("◯", "×"), ("-1", "0"),
    # German, Dutch, the Scandinavian languages, Finnish, Icelandic
    ("ja", "nein"), ("j", "n"), ("wahr", "falsch"), ("an", "aus"), ("ja", "nee"),
    ("waar", "onwaar"), ("ja", "nej"), ("ja", "nei"), ("sann", "usann"), ("sant", "falskt"),
    ("sand", "falsk"), ("kyllä", "ei"), ("tosi", "epätosi"), ("k", "e"), ("já", "nei"),
    # French, Spanish, Portuguese, Italian, Romanian, Catalan
    ("oui", "non"), ("o", "n"), ("vrai", "faux"), ("sí", "no"), ("si", "no"), ("s", "n"),
    ("verdadero", "falso"), ("verdadeiro", "falso"), ("vero", "falso"), ("sì", "no"),
    ("sim", "não"), ("sim", "nao"), ("da", "nu"), ("adevărat", "fals"), ("cert", "fals"),
    # Slavic and Baltic languages
    ("tak", "nie"), ("t", "n"), ("prawda", "fałsz"), ("ano", "ne"), ("pravda", "nepravda"),
    ("áno", "nie"), ("da", "ne"), ("točno", "netočno"), ("да", "нет"), ("д", "н"),
    ("истина", "ложь"), ("так", "ні"), ("істина", "хибність"), ("да", "не"), ("taip", "ne"),
    ("jā", "nē"), ("так", "не"),
    # Hungarian, Estonian, Turkish, Greek, Albanian, Basque
    ("igen", "nem"), ("i", "n"), ("igaz", "hamis"), ("jah", "ei"), ("evet", "hayır"),
    ("e", "h"), ("doğru", "yanlış"), ("ναι", "όχι"), ("αληθές", "ψευδές"), ("po", "jo"),
    ("bai", "ez"),
    # Asian languages, Hebrew, Arabic, Persian
    ("はい", "いいえ"), ("是", "否"), ("是", "不是"), ("有", "无"), ("有", "無"), ("对", "错"),
    ("예", "아니요"), ("예", "아니오"), ("네", "아니요"), ("참", "거짓"), ("ya", "tidak"),
    ("benar", "salah"), ("có", "không"), ("ใช่", "ไม่ใช่"), ("ใช่", "ไม่"), ("हाँ", "नहीं"),
    ("हां", "नहीं"), ("כן", "לא"), ("نعم", "لا"), ("بله", "خیر"), ("oo", "hindi"),
    ("ndiyo", "hapana"),
)  # fmt: skip
_ALONE = frozenset(
    {
        "yes", "true", "y", "ja", "oui", "sí", "sì", "sim", "tak", "да", "x", "✓", "✔", "✅", "☑",
        "ano", "evet", "igen", "はい", "是", "예", "ναι", "taip", "kyllä", "da", "так", "wahr",
        "vrai", "vero", "verdadero", "verdadeiro", "نعم", "כן",
    }
)  # fmt: skip
_LONGEST = 6
# Words and beginnings that turn a level into its opposite, for levels a person calls yes or no.
_NEGATION = re.compile(
    r"^(?:no|not|non|none|never|un|in|kein|nicht|nein|pas|sans|sin|sem|senza|nie|bez|не|нет|без|dis)"
    r"(?=[\s_-]|[^\W\d_]{4})|\b(?:not|no|without|nicht|pas|false|lost|out|failed)\b",
    re.IGNORECASE,
)


def recognise_boolean(cells: Cells, hints: Hints) -> Found | Declined:
    """Two spellings of which one means yes and the other no."""
    if cells.distinct > _LONGEST:
        return Declined("it holds more than two values")
    spellings = tuple(sorted(set(cells.lower())))
    if spellings == ("1",) or not spellings:
        return Declined("it holds one value")
    if len(spellings) == 1 and spellings[0] in _ALONE:
        return Found(Kind.BOOLEAN, boolean=BooleanFormat(spellings, ()), confidence=0.8)
    written = boolean_format(spellings)
    if written is None or len(spellings) < 2:
        return Declined("its two values are not yes and no")
    if not written.true or not written.false:
        return Declined("all its values mean the same")
    return Found(Kind.BOOLEAN, boolean=written)


def boolean_format(spellings: tuple[str, ...]) -> BooleanFormat | None:
    """Which of the spellings (lower case) mean yes and no; None when some mean neither."""
    for yes_word, no_word in _PAIRS:
        yes = tuple(s for s in spellings if s == yes_word)
        no = tuple(s for s in spellings if s == no_word)
        if len(yes) + len(no) == len(spellings):
            return BooleanFormat(yes, no)
    yes = tuple(s for s in spellings if s in _YES)
    no = tuple(s for s in spellings if s in _NO)
    return BooleanFormat(yes, no) if len(yes) + len(no) == len(spellings) else None


def guess_boolean(cells: Cells) -> BooleanFormat:
    """Which values mean yes, in a column of which a person says that it holds yes and no.

    Of two values the one with a negation means no (``bought``, ``not bought``); without one the
    rarer means yes, as what is asked for rarely happens. Numbers mean yes when they are not zero.
    """
    spellings = tuple(dict.fromkeys(cells.lower()))
    known = boolean_format(tuple(sorted(set(spellings))))
    if known is not None:
        return known
    if cells.matches(r"^[-+]?\d+(?:[.,]\d+)?$").all():
        zero = tuple(s for s in spellings if not s.strip("+-0.,"))
        return BooleanFormat(tuple(s for s in spellings if s not in zero), zero)
    told = boolean_format(tuple(s for s in spellings if s in _YES | _NO))
    if told is not None and (told.true or told.false):
        return told
    if len(spellings) != 2:
        return BooleanFormat()
    counts = {text: int(n) for text, n in zip(cells.lower(), cells.counts, strict=True)}
    by_no = sorted(spellings, key=lambda s: (bool(_NEGATION.search(s)), counts[s]))
    return BooleanFormat((by_no[0],), (by_no[1],))


_YES = {"1", "1.0", "true", "t", "yes", "y"}
_NO = {"0", "0.0", "false", "f", "no", "n"}
"""Spellings that programs mix in one column."""
