"""Sentences about drivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from upshot.explaining.effects import alike
from upshot.explaining.facts import Effect, Wording
from upshot.explaining.wording import percent, priced, quoted, rate, times
from upshot.tables.schema import Kind
from upshot.wording import mark, say

LARGEST_RATIO = 50.0
"""Beyond this, a ratio only says that the lower rate is next to nothing."""

_MORE = mark(
    "Where {column} is {label}, we predict {number} {positives} per {base} {unit}, {ratio} as many "
    "as where it is {other}."
)
_MORE_OF_CLASS = mark(
    "Where {column} is {label}, we predict {number} times {positives} per {base} {unit}, {ratio} "
    "as many as where it is {other}."
)
_NONE = mark(
    "Where {column} is {label}, we predict {number} {positives} per {base} {unit}, and none where "
    "it is {other}."
)
_NONE_OF_CLASS = mark(
    "Where {column} is {label}, we predict {number} times {positives} per {base} {unit}, and none "
    "where it is {other}."
)


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
    column = quoted(speech.column)
    if len(effects) < 2:
        return say(_carries(speech), column=column, share=percent(share))
    top = max(effects, key=lambda effect: effect.prediction)
    bottom = min(effects, key=lambda effect: effect.prediction)
    if alike(top.prediction, bottom.prediction):
        return say(
            "{column} hardly moves the prediction by itself; it counts together with other "
            "columns.",
            column=column,
        )
    if speech.amounts:
        return say(
            "Where {column} is {label}, we predict {most} on average, {more} more than where it is "
            "{other}.",
            column=column,
            label=top.label,
            most=priced(top.prediction, speech.currency),
            more=priced(top.prediction - bottom.prediction, speech.currency),
            other=bottom.label,
        )
    return _rate_sentence(speech, top, bottom)


def _carries(speech: Speech) -> str:
    if speech.names_one:
        return mark("Which {column} it is carries {share} of what the model goes by.")
    if speech.kind == Kind.TEXT:
        return mark("What is written in {column} carries {share} of what the model goes by.")
    return mark("The column {column} carries {share} of what the model goes by.")


def _rate_sentence(speech: Speech, top: Effect, bottom: Effect) -> str:
    number, base = rate(top.prediction)
    told: dict[str, str | int] = {
        "column": quoted(speech.column),
        "label": top.label,
        "number": number,
        "positives": quoted(speech.about) if speech.about else speech.wording.positives,
        "base": base,
        "unit": speech.wording.unit,
        "other": bottom.label,
    }
    if bottom.prediction <= 0:
        return say(_NONE_OF_CLASS if speech.about else _NONE, **told)
    ratio = top.prediction / bottom.prediction
    told["ratio"] = times(ratio)
    if ratio > LARGEST_RATIO:
        told["ratio"] = say("more than {number} times", number=round(LARGEST_RATIO))
    return say(_MORE_OF_CLASS if speech.about else _MORE, **told)
