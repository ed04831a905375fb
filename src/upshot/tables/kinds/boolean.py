"""Yes or no, in the languages marketers write."""

from __future__ import annotations

from upshot.tables.cells import Cells
from upshot.tables.kinds.base import Declined, Found, Hints
from upshot.tables.schema import BooleanFormat, Kind

_PAIRS = (
    ("1", "0"), ("1.0", "0.0"), ("true", "false"), ("t", "f"), ("yes", "no"), ("y", "n"),
    ("on", "off"), ("ja", "nein"), ("j", "n"), ("ja", "nee"), ("ja", "nej"), ("ja", "nei"),
    ("wahr", "falsch"), ("oui", "non"), ("o", "n"), ("vrai", "faux"), ("sí", "no"), ("si", "no"),
    ("s", "n"), ("verdadero", "falso"), ("verdadeiro", "falso"), ("vero", "falso"), ("sì", "no"),
    ("sim", "não"), ("sim", "nao"), ("tak", "nie"), ("t", "n"), ("prawda", "fałsz"), ("ano", "ne"),
    ("áno", "nie"), ("igen", "nem"), ("da", "nu"), ("da", "ne"), ("kyllä", "ei"), ("evet", "hayır"),
    ("да", "нет"), ("так", "ні"), ("ναι", "όχι"), ("はい", "いいえ"), ("是", "否"),
    ("예", "아니요"),
)  # fmt: skip
_ALONE = frozenset({"yes", "true", "y", "ja", "oui", "sí", "sì", "sim", "tak", "да", "x", "✓", "✔"})
_LONGEST = 4


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
    return Found(Kind.BOOLEAN, boolean=written)


def boolean_format(spellings: tuple[str, ...]) -> BooleanFormat | None:
    """Which of the spellings (lower case) mean yes and no; None when some mean neither."""
    for pairs in ((pair,) for pair in _PAIRS):
        yes = tuple(s for s in spellings if any(s == pair[0] for pair in pairs))
        no = tuple(s for s in spellings if any(s == pair[1] for pair in pairs))
        if len(yes) + len(no) == len(spellings):
            return BooleanFormat(yes, no)
    yes = tuple(s for s in spellings if s in _YES)
    no = tuple(s for s in spellings if s in _NO)
    return BooleanFormat(yes, no) if len(yes) + len(no) == len(spellings) else None


_YES = {"1", "1.0", "true", "t", "yes", "y"}
_NO = {"0", "0.0", "false", "f", "no", "n"}
