"""Which drivers a person can change: a first guess from names, which a person can correct.

A driver may be something the business decides (a price, a channel), something it cannot move (an
age, a tenure), or something that follows from the outcome rather than leading to it. The model
cannot tell these apart; names often do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache

from upshot.explaining.facts import Answer, Driver
from upshot.wording import mark

CHANGE, FIXED, CONSEQUENCE = "change", "fixed", "consequence"

LEVERS: Mapping[str, str] = {
    CHANGE: mark("you can change it"),
    FIXED: mark("you cannot change it"),
    CONSEQUENCE: mark("probably a consequence"),
}

# Stems of words in names of columns, English, German and Russian.
_STEMS: Mapping[str, tuple[str, ...]] = {
    CONSEQUENCE: (
        "cancel", "refund", "churnreason", "reason", "lastactiv", "lastnotable", "outcome",
        "result", "status", "stage", "closed", "disposition", "kündig", "storn", "ergebnis",
        "отмен", "возврат", "статус", "результат", "причин",
    ),
    CHANGE: (
        "price", "preis", "discount", "rabatt", "coupon", "offer", "angebot", "campaign",
        "kampagne", "channel", "kanal", "contract", "vertrag", "plan", "tarif", "payment", "zahl",
        "billing", "email", "mail", "call", "contact", "kontakt", "message", "sms", "shipping",
        "delivery", "liefer", "support", "service", "promo", "newsletter", "subject", "send",
        "duration", "touch", "followup", "bundle", "addon", "backup", "security", "protection",
        "charges", "fee", "цена", "скидк", "канал", "договор", "оплат", "доставк", "акци", "звон",
    ),
    FIXED: (
        "age", "alter", "birth", "geburt", "gender", "sex", "geschlecht", "senior", "marital",
        "famil", "partner", "dependent", "child", "kid", "teen", "education", "bildung", "job",
        "occupation", "beruf", "income", "einkommen", "city", "stadt", "country", "land", "state",
        "region", "zip", "plz", "tenure", "since", "joined", "registered", "month", "year", "day",
        "household", "home", "recency", "возраст", "пол", "город", "стран", "доход", "образован",
        "семь", "стаж",
    ),
}  # fmt: skip
_WHOLE = frozenset({"age", "sex", "day", "job", "fee", "пол", "land", "home", "kid", "plan", "sms"})
"""Short stems that stand inside other words: they count as whole words only."""
_CIRCUMSTANCES = ("marital", "famil", "civil", "job", "employ", "beruf", "семейн")
"""Somebody's status in life is no consequence of what they do with us."""
_SPLIT = re.compile(r"[\W_\d]+|(?<=[a-zа-яäöü])(?=[A-ZА-ЯÄÖÜ])")


def lever_of(column: str, suspects: Collection[str]) -> str:
    """Guess what a driver is; empty when its name says nothing.

    Parameters
    ----------
    column : str
        Its name.
    suspects : collection of str
        Columns suspected of giving the outcome away.

    Examples
    --------
    >>> lever_of("MonthlyCharges", ()), lever_of("SeniorCitizen", ()), lever_of("x", {"x"})
    ('change', 'fixed', 'consequence')
    >>> lever_of("Marital_Status", ())
    'fixed'
    """
    if column in suspects:
        return CONSEQUENCE
    words = [word.casefold() for word in _SPLIT.split(column) if word]
    joined = "".join(words)
    if any(word.startswith(_CIRCUMSTANCES) for word in words):
        return FIXED
    for lever, stems in _stems().items():
        for stem in stems:
            if stem in words or (stem not in _WHOLE and _begins(stem, words, joined)):
                return lever
    return ""


@cache
def _stems() -> Mapping[str, tuple[str, ...]]:
    return {lever: tuple(stem.casefold() for stem in stems) for lever, stems in _STEMS.items()}


def _begins(stem: str, words: list[str], joined: str) -> bool:
    return any(word.startswith(stem) for word in words) or (len(stem) > 6 and stem in joined)


def with_levers(drivers: tuple[Driver, ...], suspects: Collection[str]) -> tuple[Driver, ...]:
    """Return the drivers with a first guess each."""
    return tuple(replace(one, lever=lever_of(one.column, suspects)) for one in drivers)


def with_marks(answer: Answer, marks: Mapping[str, str]) -> Answer:
    """Return the answer with what a person said of its drivers."""
    if not marks:
        return answer
    drivers = tuple(replace(one, lever=marks.get(one.column, one.lever)) for one in answer.drivers)
    return replace(answer, drivers=drivers)
