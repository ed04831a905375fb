"""Questions about what happens or how much there is, as whole sentences that can be translated."""

from __future__ import annotations

from dataclasses import dataclass

from upshot.questions.meanings import meaning_of
from upshot.wording import mark, say

CLEAR = 0.4
"""A name must say its meaning at least this clearly before a question is worded by it."""


@dataclass(frozen=True)
class Asked:
    """What people do, asked for and named.

    Attributes
    ----------
    will, will_not : str
        The question whether they do it, and whether they do not.
    positives, negatives : str
        Those who do it, and those who do not: plurals that stand after a number. The rows' plural
        goes into `negatives`.
    """

    will: str
    will_not: str
    positives: str
    negatives: str


# The plurals are translated as they stand after "how many" and after "of".
DEEDS: dict[str, Asked] = {
    "convert": Asked(
        mark("Who will convert?"),
        mark("Who will not convert?"),
        mark("conversions"),
        mark("{unit} who will not convert"),
    ),
    "leave": Asked(
        mark("Who will leave?"),
        mark("Who will not leave?"),
        mark("leavers"),
        mark("{unit} who will not leave"),
    ),
    "cancel": Asked(
        mark("Who will cancel?"),
        mark("Who will not cancel?"),
        mark("cancellations"),
        mark("{unit} who will not cancel"),
    ),
    "buy": Asked(
        mark("Who will buy?"),
        mark("Who will not buy?"),
        mark("buyers"),
        mark("{unit} who will not buy"),
    ),
    "respond": Asked(
        mark("Who will respond?"),
        mark("Who will not respond?"),
        mark("responders"),
        mark("{unit} who will not respond"),
    ),
    "subscribe": Asked(
        mark("Who will subscribe?"),
        mark("Who will not subscribe?"),
        mark("subscribers"),
        mark("{unit} who will not subscribe"),
    ),
    "visit": Asked(
        mark("Who will visit?"),
        mark("Who will not visit?"),
        mark("visitors"),
        mark("{unit} who will not visit"),
    ),
    "click": Asked(
        mark("Who will click?"),
        mark("Who will not click?"),
        mark("people who click"),
        mark("{unit} who will not click"),
    ),
    "stay": Asked(
        mark("Who will stay?"),
        mark("Who will not stay?"),
        mark("stayers"),
        mark("{unit} who will not stay"),
    ),
    "pay back": Asked(
        mark("Who will pay back?"),
        mark("Who will not pay back?"),
        mark("people who pay back"),
        mark("{unit} who will not pay back"),
    ),
    "default": Asked(
        mark("Who will default?"),
        mark("Who will not default?"),
        mark("defaulters"),
        mark("{unit} who will not default"),
    ),
    "upgrade": Asked(
        mark("Who will upgrade?"),
        mark("Who will not upgrade?"),
        mark("upgraders"),
        mark("{unit} who will not upgrade"),
    ),
    "bring revenue": Asked(
        mark("Who will bring revenue?"),
        mark("Who will not bring revenue?"),
        mark("buyers"),
        mark("{unit} who will not bring revenue"),
    ),
}
"""By `Meaning.verb`."""

AMOUNTS: dict[str, str] = {
    "they spend": mark("How much will they spend?"),
    "they bring": mark("How much will they bring?"),
    "they be worth": mark("How much will they be worth?"),
}
"""By `Meaning.amount`."""


def question_of(column: str) -> str:
    """The question that a column's name asks, "Who will leave?"; empty when it asks none."""
    meaning, clarity = meaning_of(column)
    if meaning is None or not meaning.verb or clarity < CLEAR:
        return ""
    return say(DEEDS[meaning.verb].will)
