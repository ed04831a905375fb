"""Numbers that cannot be: below zero, beyond a hundred per cent, ages that nobody reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from upshot.errors import Remedy
from upshot.tables.findings.base import Finding, Importance, Look, first, one, share
from upshot.tables.kinds.base import words_of
from upshot.tables.schema import Column, Kind, Range
from upshot.wording import say, say_count

# The oldest person whose age is documented reached 122 years (Jeanne Calment, 1875-1997).
OLDEST = 122
# More than this share is no slip of the pen: the column means something else than its name says.
_SLIP, _RETURNS = 0.02, 0.15
_AGE = re.compile(r"^ (?:.* )?(?:age|alter|edad|âge|idade|età|leeftijd|wiek|возраст)(?: years?)? $")
_NO_AGE = re.compile(
    r" (?:account|page|domain|vehicle|car|building|company|customer|group|band|range|bracket|days"
    r"|months|mean|average|avg|average|class|code) "
)
_BORN = re.compile(
    r" (?:year (?:of )?birth|birth ?year|yob|geburtsjahr|année de naissance|год рождения"
    r"|anno nascita|año de nacimiento|ano de nascimento) "
)
_COUNTED = re.compile(
    r" (?:quantity|qty|units|clicks|impressions|visits|sessions|orders|purchases|views|opens|sends"
    r"|recipients|children|kids|visitors|pages|pageviews|duration|tenure|anzahl|menge|cantidad"
    r"|quantité|quantidade|klicks|clics|seats|items|nights|adults|frequency|recency) "
)
_PRICED = re.compile(
    r" (?:price|cost|costs|spend|spent|income|salary|budget|cpc|cpm|cpa|fee|preis|kosten|precio"
    r"|prix|preço|prezzo|цена|revenue|sales|amount|total|subtotal|umsatz|betrag) "
)
_MAY_BE_NEGATIVE = re.compile(
    r" (?:change|diff|difference|delta|growth|profit|margin|net|balance|refund|refunds|refunded"
    r"|return|returns|adjustment|credit|debit|gain|loss|score|log|index|z|scaled|norm|normalized"
    r"|lag|trend|var|variance|uplift|lift|roi|elasticity|discount) "
)
_SHARE = re.compile(
    r" (?:open|opens|click|bounce|conversion|unsubscribe|delivery|churn|response|completion|exit"
    r"|reply|win|close|retention|discount|ctr|cvr) (?:rate|percent|percentage|pct|%) | (?:ctr|cvr) "
)


@dataclass(frozen=True)
class _Limits:
    """What a column's name allows, and why a value beyond cannot be."""

    within: Range
    reason: str
    returns: bool = False


def find_impossible(look: Look) -> Iterator[Finding]:
    """Values beyond what the name of their column allows."""
    offered = _already_offered(look)
    for column in look.columns(Kind.NUMBER):
        limits = _limits(look, column)
        if limits is None:
            continue
        values = look.numbers(column)
        low, high = limits.within.low, limits.within.high
        with np.errstate(invalid="ignore"):
            wrong = (values < (-np.inf if low is None else low)) | (
                values > (np.inf if high is None else high)
            )
        wrong &= ~np.isin(values, offered.get(column.name, []))
        count, known = int(wrong.sum()), int(np.isfinite(values).sum())
        if 0 < count <= (_RETURNS if limits.returns else _SLIP) * known:
            yield _finding(look, column, limits, wrong)


def _limits(look: Look, column: Column) -> _Limits | None:
    words = words_of(column.name)
    if _BORN.search(words):
        year = look.today.year
        within = Range(float(year - OLDEST), float(year))
        return _Limits(within, say("Nobody alive was born then."))
    if _AGE.search(words) and not _NO_AGE.search(words):
        return _Limits(Range(0.0, float(OLDEST)), say("Nobody is of that age."))
    if _SHARE.search(words):
        values = look.numbers(column)
        if np.nanmedian(values) > 1 or (column.number is not None and column.number.percent):
            return _Limits(Range(0.0, 100.0), say("A share lies between 0 and 100 %."))
        return None
    if _MAY_BE_NEGATIVE.search(words):
        return None
    if _COUNTED.search(words) or _PRICED.search(words):
        reason = say("That is a mistake, or the row is a return or a correction.")
        return _Limits(Range(0.0), reason, returns=True)
    return None


def _finding(look: Look, column: Column, limits: _Limits, wrong: np.ndarray) -> Finding:
    count, row = int(wrong.sum()), first(wrong)
    low, high = limits.within.low, limits.within.high
    ends = ("" if low is None else f"{low:g}", "" if high is None else f"{high:g}")
    return Finding(
        "impossible",
        Importance.DECISION if limits.returns else Importance.MISTAKE,
        _said(look, column, limits, wrong),
        say("A wrong number misleads more than a missing one, because it is believed."),
        say("Treat such values as missing, here and in every later file."),
        (column.name,),
        look.row_number(row),
        count,
        (one(Remedy("treat-impossible", column.name, ends)),),
        look.looked_at,
    )


def _said(look: Look, column: Column, limits: _Limits, wrong: np.ndarray) -> str:
    count = int(wrong.sum())
    value, part = look.written(column, first(wrong)), share(count, look.rows)
    if limits.returns:
        return say_count(
            "`{column}` is below zero in one row: '{value}'. {reason}",
            "`{column}` is below zero in {number} rows ({share}), such as '{value}'. {reason}",
            count,
            column=column.name,
            share=part,
            value=value,
            reason=limits.reason,
        )
    return say_count(
        "`{column}` is '{value}' in one row. {reason}",
        "`{column}` cannot be right in {number} rows ({share}); one of them says '{value}'. "
        "{reason}",
        count,
        column=column.name,
        share=part,
        value=value,
        reason=limits.reason,
    )


def _already_offered(look: Look) -> dict[str, list[float]]:
    """Numbers that the reader offers to treat as missing: they need no second finding."""
    found: dict[str, list[float]] = {}
    for note in look.whole.notes:
        if note.offer is not None and note.offer.action == "treat-missing":
            for value in note.offer.values:
                try:
                    found.setdefault(note.offer.column, []).append(float(value))
                except ValueError:
                    continue
    return found
