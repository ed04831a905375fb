"""What an outcome's name is about, in several languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from upshot.questions.names import fold, word_set, words


def _stems(text: str) -> tuple[str, ...]:
    return tuple(fold(stem) for stem in text.split())


@dataclass(frozen=True)
class Meaning:
    """What an outcome is about.

    Attributes
    ----------
    slug : str
        Its name.
    stems : tuple of str
        Beginnings of words that speak of it; a stem ending in ``$`` must be the whole word.
    strength : float
        How surely such a name is that of an outcome, from 0 to 1.
    verb : str
        Completes "Who will …?" and is a key of `asked.DEEDS`; empty for amounts and labels.
    amount : str
        Completes "How much will …?" for amounts and is a key of `asked.AMOUNTS`; else empty.
    whole : bool
        Whether the name must say nothing else.
    """

    slug: str
    stems: tuple[str, ...]
    strength: float = 1.0
    verb: str = ""
    amount: str = ""
    whole: bool = False


# Words seen in the headers of public marketing data sets and exports, and their translations into
# German, French, Spanish, Portuguese, Italian, Dutch, Polish and Russian.
MEANINGS: tuple[Meaning, ...] = (
    Meaning(
        "convert",
        _stems("convert conversion conver$ konvert konversion конверс"),
        verb="convert",
    ),
    Meaning(
        "leave",
        _stems(
            "churn left$ exited attrit gekündigt kündigung abwander résili abandon baja$ désabon "
            "evasão disdett odszed rezygnac vertrok opgezegd отток ушел unsubscri lapsed"
        ),
        verb="leave",
    ),
    Meaning(
        "cancel",
        _stems("cancel storniert storno annul geannuleerd отмен"),
        verb="cancel",
    ),
    Meaning(
        "buy",
        _stems(
            "purchas bought buy buyer gekauft kauf$ käufer achat acheté compra compro acquist "
            "gekocht aankoop kupil zakup купил покупк ordered$ bestellt"
        ),
        verb="buy",
    ),
    Meaning(
        "respond",
        _stems("respon antwort reagiert répons respuest rispost reactie odpowied отклик accepted"),
        verb="respond",
    ),
    Meaning(
        "subscribe",
        _stems("subscri abonn suscri assin iscri подпис optin signup"),
        verb="subscribe",
    ),
    Meaning("visit", _stems("visit besuch визит"), 0.7, "visit"),
    Meaning("click", _stems("click clic$ klick"), 0.6, "click"),
    Meaning("stay", _stems("retention retained renewed verlänger retenid"), 1.0, "stay"),
    Meaning("repay", _stems("repaid zurückgezahlt"), 1.0, "pay back"),
    Meaning("default", _stems("default"), 0.8, "default", whole=True),
    Meaning("upgrade", _stems("upgrad upsell crosssell"), 1.0, "upgrade"),
    Meaning(
        "spend",
        _stems("spend spent ausgab dépens gasto gastado spes uitgegeven wydat расход"),
        amount="they spend",
    ),
    Meaning(
        "earn",
        _stems(
            "revenue umsatz turnover sales$ sale$ ingreso ventas receita vendas fatturat ricav "
            "omzet przychod sprzedaz выручк продаж erlös chiffre ca$ profit margin"
        ),
        verb="bring revenue",
        amount="they bring",
    ),
    Meaning("lifetime", _stems("clv$ ltv$ cltv$ lifetime kundenwert$"), amount="they be worth"),
    Meaning("value", _stems("value$ total$ amount betrag montant importe valor"), 0.6),
    Meaning(
        "count", _stems("cnt$ count$ units$ sold$ volume$ demand$ quantity$ menge$ absatz"), 0.6
    ),
    Meaning(
        "choice",
        _stems(
            "choice chosen choose preferred preference wahl$ elección choix scelta keuze wybór "
            "выбор"
        ),
    ),
    Meaning(
        "label",
        _stems(
            "class$ label$ target$ outcome$ y$ result$ klasse$ ziel$ zielvariable$ cible$ "
            "objetivo$ alvo$ ergebnis$ resultado$ résultat$ цель$ dependent$ won$ signed$"
        ),
        whole=True,
    ),
    Meaning(
        "group",
        _stems("segment$ channel$ plan$ tier$ brand$ category$ kanal$ canal$ tarif$"),
        0.3,
        whole=True,
    ),
)

# "The customer's …" says nothing about the outcome.
_FILLERS = word_set("is has have did was will flag yn the a of customer client total")

# Words that say a column describes the past, a time, a cause, somebody else or another model
# instead of the outcome asked for.
_HINDERING = word_set(
    "prev previous last past prior before num number days day months month years date time at per "
    "rate ratio channel type code reason method id pred predicted prediction proba probability "
    "score source campaign name title max min avg mean first status paperless competitor "
    "competitors week weekof"
)


def meaning_of(name: str) -> tuple[Meaning | None, float]:
    """The meaning of an outcome-like name and how clearly the name says it, from 0 to 1.

    A name that is nothing but the word is the clearest; each other word takes away, and words of
    the past, of causes or of other models take away most.
    """
    said = _telling_words(name)
    best: tuple[Meaning | None, float] = (None, 0.0)
    for meaning in MEANINGS:
        hits = sum(_speaks_of(word, meaning.stems) for word in said)
        if not hits or (meaning.whole and hits < len(said)):
            continue
        clarity = meaning.strength * (0.45 + 0.55 * hits / len(said))
        if any(word in _HINDERING for word in said):
            clarity *= 0.35
        if clarity > best[1]:
            best = (meaning, clarity)
    return best


def share_outcome_word(one: str, other: str) -> bool:
    """Whether two names use the same outcome word (``"Total_Conversion"``, ``"conversions"``)."""
    here = {stem for word in _telling_words(one) for stem in _stems_of(word)}
    there = {stem for word in _telling_words(other) for stem in _stems_of(word)}
    hindered = any(word in _HINDERING for word in words(one))
    return bool(here & there) and not hindered


def names_earlier(one: str, other: str) -> bool:
    """Whether two names differ by a number only, and the first has the smaller (day 1, day 7)."""
    here, there = (re.split(r"(\d+)", name) for name in (one, other))
    return here[::2] == there[::2] and [int(n) for n in here[1::2]] < [int(n) for n in there[1::2]]


def _telling_words(name: str) -> list[str]:
    said = [word for word in words(name) if not word.isdigit()]
    return [word for word in said if word not in _FILLERS] or said


def _stems_of(word: str) -> list[str]:
    return [stem for m in MEANINGS if not m.whole for stem in m.stems if _speaks_of(word, (stem,))]


def _speaks_of(word: str, stems: tuple[str, ...]) -> bool:
    return any(word == stem[:-1] if stem.endswith("$") else word.startswith(stem) for stem in stems)
