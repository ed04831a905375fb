"""Durations and times of day: numbers of seconds, however they are written."""

from __future__ import annotations

from collections.abc import Callable

from upshot.tables.cells import Cells
from upshot.tables.durations import TIME, duration_words, find_clock, time_words
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of
from upshot.tables.numbers import find_number_format
from upshot.tables.schema import Kind, NumberFormat

DURATION_ROLE = "duration"
TIME_ROLE = "time of day"
SAID: dict[str, Callable[[float], str]] = {
    DURATION_ROLE: duration_words,
    TIME_ROLE: time_words,
}
"""How a number of seconds is said, by the column's role."""

_ENOUGH = 0.95
_DURATION_WORDS = (
    "duration", "length", "elapsed", "watch time", "session", "engagement time", "time on",
    "time spent", "average time", "avg time", "dauer", "länge", "verweildauer", "durée", "temps",
    "duración", "tiempo", "duração", "tempo", "durata", "duur", "tijd op", "длительность",
    "hold", "talk time", "call time", "wait", "runtime", "sitzungsdauer", "response time",
)  # fmt: skip
_TIME_WORDS = (
    "time", "hour", "uhrzeit", "zeit", "heure", "hora", "ora", "tijd", "время", "klokkeslæt",
    "start time", "end time", "at",
)  # fmt: skip


def recognise_clock(cells: Cells, hints: Hints) -> Found | Declined:
    """Hours, minutes and seconds, with colons or units; 5m is five minutes only among others."""
    duration = names_one_of(cells.name, _DURATION_WORDS)
    named_time = names_one_of(cells.name, _TIME_WORDS) and not duration
    finding = find_clock(cells, named_time=named_time, named_duration=duration)
    if finding.share < _ENOUGH:
        return Declined(f"only {finding.share:.0%} of its cells are durations or times")
    if not duration and find_number_format(cells).share >= _ENOUGH:
        return Declined("its cells can be plain numbers as well")
    return Found(
        Kind.NUMBER,
        role=TIME_ROLE if finding.clock == TIME else DURATION_ROLE,
        number=NumberFormat(clock=finding.clock, ambiguous=finding.ambiguous),
        confidence=0.6 if finding.ambiguous else finding.share,
    )
