"""What column names say: their words, and whether they name a key, a clock, a count or a label."""

from __future__ import annotations

import re
import unicodedata

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def fold(text: str) -> str:
    """Lower case, without accents, trimmed: how names and values are compared."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words(name: str) -> tuple[str, ...]:
    """Split a column name into folded words: ``"isCanceled"`` → ``("is", "canceled")``."""
    spaced = _CAMEL.sub(" ", name)
    return tuple(re.findall(r"[^\W_]+", fold(spaced)))


def word_set(text: str) -> frozenset[str]:
    """The folded words of a text."""
    return frozenset(fold(word) for word in text.split())


_ENTITY_WORDS = word_set(
    "customer client user member household contact account lead subscriber person prospect kunde "
    "kunden kundennummer cliente utilisateur usuario klant klient shopper visitor guest email "
    "cust uid patient donor player"
)
_KEY_WORDS = word_set("id ids number no nr num key code uid email mail identifier nummer")


def names_entity(name: str) -> bool:
    """Whether a name is that of a customer's key (``"customer_id"``, ``"User ID"``, ``"id"``)."""
    said = words(name)
    if said in {("id",), ("uid",), ("email",), ("customer",), ("kunde",), ("user",)}:
        return True
    joined = "".join(said)
    if re.fullmatch(r"(customer|client|user|member|account|cust|contact|lead)(id|no|nr)", joined):
        return True
    return bool(set(said) & _ENTITY_WORDS) and bool(set(said) & _KEY_WORDS)


_CLOCK_STEMS = (
    "creat", "date", "datum", "fecha", "data$", "timestamp", "time$", "day$", "erstellt", "served",
    "arrival", "week$", "month$", "dteday", "дата",
)  # fmt: skip
# When somebody was born or joined is a fact about them; when a row last changed is not its start.
_NO_CLOCK_STEMS = (
    "birth", "born", "signup", "sign$", "since", "regist", "reg$", "join", "subscri", "customer",
    "last", "first", "status", "cancel", "updat", "modif", "chang", "clos", "end", "renew", "expir",
)  # fmt: skip


def _starts(word: str, stems: tuple[str, ...]) -> bool:
    return any(word == stem[:-1] if stem.endswith("$") else word.startswith(stem) for stem in stems)


def names_clock(name: str) -> bool:
    """Whether a date's name is that of the moment a row was made."""
    said = words(name)
    if any(_starts(word, _NO_CLOCK_STEMS) for word in said):
        return False
    return any(_starts(word, _CLOCK_STEMS) for word in said)


_COUNT_WORDS = word_set(
    "count cnt number num qty quantity units amount total kids children age visits orders "
    "purchases days months years anzahl menge nombre cantidad conversions conversion sold"
)
_LABEL_WORDS = word_set(
    "class label channel segment category type plan tier brand choice stage cluster group region "
    "code klasse kanal kategorie categorie categoria grade level product option"
)


def names_count(name: str) -> bool:
    """Whether a name is that of a number that is counted or measured."""
    return bool(set(words(name)) & _COUNT_WORDS)


def names_label(name: str) -> bool:
    """Whether a name is that of a label rather than of a number."""
    return bool(set(words(name)) & _LABEL_WORDS)


_KNOWN_BEFORE = (
    "tenure", "age$", "recency", "loyal", "history", "previous", "prior", "past", "since", "senior",
)  # fmt: skip


def names_known_before(name: str) -> bool:
    """Whether a name is that of something long known, such as a tenure or an age."""
    return any(_starts(word, _KNOWN_BEFORE) for word in words(name))
