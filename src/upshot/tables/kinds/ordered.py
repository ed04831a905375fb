"""Categories whose levels have an order that everybody would agree on."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from upshot.tables.kinds.bands import band, is_open_or_wide
from upshot.tables.kinds.scales import scales
from upshot.tables.missing import MISSING, SUSPECTS

_FEWEST = 3
_MOST = 60
# Levels outside of the order ("unknown", "other") may not be more than one in three.
_PLACED = 0.6
_OUTSIDE = frozenset({*MISSING, *SUSPECTS, "other", "others", "misc", "various", "sonstige",
                      "autre", "otro", "outro", "altro", "другое", "all", "total"})  # fmt: skip
_NUMBERED = re.compile(r"^(\d{1,2})\s*[-–.):/]\s*(?=[^\W\d_])")
# Words before or behind a number that count steps: other numbered words are names (Store 1).
_STEP = re.compile(
    r"^(?P<before>tier|level|lvl|stage|step|phase|grade|class|rank|decile|quartile|quintile"
    r"|percentile|segment score|score|stufe|niveau|nivel|nível|livello|уровень|year|jahr|année|año"
    r"|week|woche|month|monat|day|tag|round|cohort|q|quarter|priority|p)?[\s_-]*(?P<number>\d{1,3})"
    r"[\s_-]*(?P<behind>stars?|sterne?|étoiles?|estrellas?|st|nd|rd|th|★)?$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s_./\\()'’\"-]+")


def order_of(levels: Sequence[str]) -> tuple[str, ...]:
    """The levels from low to high; empty when they have no order that everybody would agree on.

    Levels such as "unknown" are left out of the order.
    """
    inside = [level for level in levels if level.casefold() not in _OUTSIDE]
    if not _FEWEST <= len({level.casefold() for level in inside}) <= _MOST:
        return ()
    for ranked in (_by_scale, _by_numbering, _by_step, _by_band):
        ranks = ranked(inside)
        different = len(set(ranks.values()))
        if different >= _FEWEST and len(ranks) >= _needed(len(inside)):
            return tuple(sorted(ranks, key=lambda level: (ranks[level], level.casefold(), level)))
    return ()


def _needed(count: int) -> float:
    """All of a few levels must have a place; of many, some may stand outside."""
    return count if count <= 5 else max(5.0, _PLACED * count, count - 3)


def _plain(level: str) -> str:
    bare = _NUMBERED.sub("", level.casefold())
    return _MARKS.sub(" ", bare).strip()


def _by_scale(levels: Sequence[str]) -> dict[str, float]:
    """The scale on which most levels stand."""
    best: dict[str, float] = {}
    for scale in scales():
        placed = {level: float(scale[word]) for level in levels if (word := _plain(level)) in scale}
        best = placed if len(placed) > len(best) else best
    return best


def _by_numbering(levels: Sequence[str]) -> dict[str, float]:
    """1-Urgent, 2-High: whoever numbers levels gives them an order."""
    found = {level: match for level in levels if (match := _NUMBERED.match(level))}
    numbers = {level: float(match.group(1)) for level, match in found.items()}
    return numbers if len(set(numbers.values())) == len(levels) else {}


def _by_step(levels: Sequence[str]) -> dict[str, float]:
    """Tier 1, Tier 2; 3 stars, 4 stars."""
    found = {level: match for level in levels if (match := _STEP.match(level.strip()))}
    around = {(m["before"] or "").casefold() or (m["behind"] or "")[:2] for m in found.values()}
    if "" in around or len({word[:1] for word in around}) > 1:
        return {}
    return {level: float(match["number"]) for level, match in found.items()}


def _by_band(levels: Sequence[str]) -> dict[str, float]:
    """25-34, 65+, under 18; at least two of them are more than a single number."""
    ends = {level: found for level in levels if (found := band(level)) is not None}
    if sum(map(is_open_or_wide, ends.values())) < 2:
        return {}
    numbers = {low for low, high in ends.values() if low == high}
    # Beside a level of zero, "less than one" is what lies above it.
    lowest = 0.0 if 0.0 in numbers else -math.inf
    spans = {level: (max(low, lowest), high) for level, (low, high) in ends.items()}
    if any(low < number < high for number in numbers for low, high in spans.values()):
        return {}
    placed = sorted(set(spans.values()))
    return {level: float(placed.index(span)) for level, span in spans.items()}
