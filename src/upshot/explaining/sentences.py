"""Sentences about drivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from upshot.explaining.effects import MISSING, alike
from upshot.explaining.facts import Effect, Wording
from upshot.explaining.wording import per_hundred, percent, priced, quoted, times
from upshot.tables.schema import Kind
from upshot.wording import say

LARGEST_RATIO = 50.0
"""Beyond this, a ratio only says that the lower rate is next to nothing."""


@dataclass(frozen=True)
class Speech:
    """How a sentence about one column speaks: the class it is about, or amounts.

    ``names_one`` marks a column whose values name one customer, one thing or one row.
    """

    column: str
    kind: str
    wording: Wording
    about: str
    amounts: bool
    names_one: bool = False
    currency: str = ""


def driver_sentence(speech: Speech, share: float, effects: Sequence[Effect]) -> str:
    """Say what a column does to the prediction, with numbers.

    Parameters
    ----------
    speech : Speech
        Whom to speak of.
    share : float
        The column's importance, told when there are no effects to tell.
    effects : sequence of Effect
        Average predictions per level or range.
    """
    if len(effects) < 2:
        subject = quoted(speech.column)
        if speech.names_one:
            return say(
                "Which {column} it is carries {share} of what the model goes by.",
                column=subject,
                share=percent(share),
            )
        if speech.kind == Kind.TEXT:
            subject = f"What is written in {subject}"
        else:
            subject = f"The column {subject}"
        return f"{subject} carries {percent(share)} of what the model goes by."
    top = max(effects, key=lambda effect: effect.prediction)
    bottom = min(effects, key=lambda effect: effect.prediction)
    if alike(top.prediction, bottom.prediction):
        return (
            f"{quoted(speech.column)} hardly moves the prediction by itself; it counts together "
            "with other columns."
        )
    where = f"Where {quoted(speech.column)} {_is(top.label)}"
    return f"{where}, we predict {_said(speech, top, bottom)}."


def _said(speech: Speech, top: Effect, bottom: Effect) -> str:
    other = f"where it {_is(bottom.label)}"
    if speech.amounts:
        more = priced(top.prediction - bottom.prediction, speech.currency)
        most = priced(top.prediction, speech.currency)
        return f"{most} on average, {more} more than {other}"
    unit = speech.wording.unit
    if speech.about:
        rate = per_hundred(top.prediction, f"times {quoted(speech.about)}")
    else:
        rate = per_hundred(top.prediction, speech.wording.positives)
    return f"{rate} {unit}, {_compared(top, bottom)} {other}"


def _compared(top: Effect, bottom: Effect) -> str:
    if bottom.prediction <= 0:
        return "and none"
    ratio = top.prediction / bottom.prediction
    if ratio > LARGEST_RATIO:
        return f"more than {LARGEST_RATIO:.0f} times as many as"
    return f"{times(ratio)} as many as"


def _is(label: str) -> str:
    return "is missing" if label == MISSING else f"is {label}"
