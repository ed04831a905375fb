"""Durations and times of day as seconds: ``1h 20m``, ``00:03:25``, ``PT1H``, ``2:30 pm``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import Cells
from upshot.wording import Figure, say, say_count

if TYPE_CHECKING:
    import pyarrow as pa

MINUTES = "minutes"
"""Durations; ``03:25`` is three minutes and 25 seconds."""
HOURS = "hours"
"""Durations; ``03:25`` is three hours and 25 minutes."""
TIME = "time"
"""Times of day, in seconds since midnight."""

_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0
# Units in the languages marketers write; a month is 30 days and a year 365, as reports count.
_UNITS: dict[float, str] = {
    0.001: "ms msec millisecond milliseconds",
    1.0: "s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo"
    " secondi seconden с сек секунд секунда секунды",
    _MINUTE: "m min mins minute minutes minuten minuto minutos minuti мин минут минута минуты",
    _HOUR: "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren ч час"
    " часа часов",
    _DAY: "d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen д дн день"
    " дня дней",
    7 * _DAY: "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane"
    " weken нед неделя недели недель",
    30 * _DAY: "mo mos month months monat monate monaten mois mes meses mês mese mesi maand maanden"
    " месяц месяца месяцев",
    365 * _DAY: "y yr yrs year years jahr jahre jahren an ans année années año años ano anos anno"
    " anni jaar jaren год года лет",
}
_SECONDS = {word: seconds for seconds, words in _UNITS.items() for word in words.split()}
_PART = r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?"
_WORDED = re.compile(rf"([-+]?)\s*((?:{_PART}(?:\s*(?:,|and|und|et|y|e|и)?\s*))+)$", re.IGNORECASE)
_PARTS = re.compile(_PART)
_COLONS = re.compile(
    r"([-+]?)(?:(\d+)\s*(?:d|days?|\.)\s*)?(\d{1,4}):(\d{2})(?::(\d{2}(?:[.,]\d+)?))?$",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"([-+]?)P(?=T?\d)(?:(\d+(?:[.,]\d+)?)Y)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)W)?"
    r"(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?"
    r"(?:(\d+(?:[.,]\d+)?)S)?)?$"
)
_ISO_SECONDS = (365 * _DAY, 30 * _DAY, 7 * _DAY, _DAY, _HOUR, _MINUTE, 1.0)
_TIME_OF_DAY = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?\s?[Mm]\.?|Uhr|h)?$"
)
_LOOKS = r"(?i)^[-+]?(?:\d|P[\dT])"
_CLOCKS = r"(?i)^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$|^\d{1,2}(?::\d{2}){0,2}\s?[ap]\.?m\.?$"
_SAMPLE = 2_000


@dataclass(frozen=True)
class ClockFinding:
    """How a column writes durations or times of day.

    ``share`` of the filled cells it reads; ``ambiguous`` when ``03:25`` could be hours or minutes.
    """

    clock: str
    share: float
    ambiguous: bool = False


def parse_clock(texts: pa.Array, clock: str) -> np.ndarray:
    """Read durations or times of day as seconds; NaN where a text is none."""
    read = _time_of_day if clock == TIME else _duration
    strings = texts.to_pylist()
    values = (np.nan if text is None else read(text.strip(), clock) for text in strings)
    return np.fromiter(values, dtype=float, count=len(strings))


def find_clock(cells: Cells, *, named_time: bool, named_duration: bool) -> ClockFinding:
    """Say whether the cells are durations or times of day, and how they are written.

    Parameters
    ----------
    cells : Cells
        Without missing spellings.
    named_time, named_duration : bool
        What the column's name says.
    """
    if cells.native != "text" or cells.share(cells.matches(_LOOKS)) < 0.9:
        return ClockFinding("", 0.0)
    # Plain numbers are the commonest cells by far, and never durations by themselves.
    if cells.share(cells.matches(r"[:\p{L}]")) < 0.9:
        return ClockFinding("", 0.0)
    sampled = _sampled(cells)
    colons = sampled.matches(_CLOCKS)
    if sampled.share(colons) >= 0.9 and not named_duration and _is_day(sampled, named_time):
        return ClockFinding(TIME, cells.share(~np.isnan(parse_clock(cells.texts, TIME))))
    if np.isnan(parse_clock(sampled.texts, MINUTES)).mean() > 0.2:
        return ClockFinding("", 0.0)
    share = cells.share(~np.isnan(parse_clock(cells.texts, MINUTES)))
    two_parts = sampled.matches(r"^[-+]?\d{1,4}:\d{2}$")
    if sampled.share(two_parts) < 0.5:
        return ClockFinding(MINUTES, share)
    first = [int(text.split(":")[0]) for text in sampled.texts.to_pylist() if ":" in (text or "")]
    # More than a day and a half on a page or a call is nobody's; 60 minutes would be an hour.
    sure = max(map(abs, first), default=0) > 36
    return ClockFinding(MINUTES, share, ambiguous=not sure)


def _is_day(cells: Cells, named_time: bool) -> bool:
    """Whether clock texts are times of day: all before midnight, and spread over the day."""
    if cells.share(cells.matches(r"[AaPp]\.?[Mm]\.?$")) > 0.5:
        return True
    values = parse_clock(cells.texts, TIME)
    if np.isnan(values).any():
        return False
    return named_time or float(np.median(values)) >= 6 * _HOUR


def _sampled(cells: Cells) -> Cells:
    """Some of the distinct texts, spread over the whole file."""
    if cells.distinct <= _SAMPLE:
        return cells
    kept = np.zeros(cells.distinct, dtype=bool)
    kept[np.linspace(0, cells.distinct - 1, _SAMPLE).astype(np.int64)] = True
    return cells.keep(kept)


def _duration(text: str, clock: str) -> float:
    if match := _COLONS.match(text):
        sign, days, first, second, third = match.groups()
        parts = [float(first), float(second), float((third or "0").replace(",", "."))]
        if third is None and clock == MINUTES and days is None:
            parts = [0.0, parts[0], parts[1]]
        if (parts[1] >= 60 and third is not None) or parts[2] >= 60:
            return float("nan")
        total = float(days or 0) * _DAY + parts[0] * _HOUR + parts[1] * _MINUTE + parts[2]
        return -total if sign == "-" else total
    if match := _ISO.match(text):
        parts = [float((p or "0").replace(",", ".")) for p in match.groups()[1:]]
        total = sum(p * seconds for p, seconds in zip(parts, _ISO_SECONDS, strict=True))
        return -total if match.group(1) == "-" else total
    return _worded(text)


def _worded(text: str) -> float:
    match = _WORDED.match(text)
    if not match:
        return float("nan")
    total = 0.0
    for amount, unit in _PARTS.findall(match.group(2)):
        seconds = _SECONDS.get(unit.lower())
        if seconds is None:
            return float("nan")
        total += float(amount.replace(",", ".")) * seconds
    return -total if match.group(1) == "-" else total


def _time_of_day(text: str, _clock: str) -> float:
    match = _TIME_OF_DAY.match(text)
    if not match or not (match.group(2) or match.group(4)):
        return float("nan")
    hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
    half = (match.group(4) or "")[:1].lower()
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            return float("nan")
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 59:
        return float("nan")
    return hour * _HOUR + minute * _MINUTE + second


def duration_words(seconds: float) -> str:
    """Say a number of seconds as people do: ``3 min 25 s``, ``2 days 4 h``."""
    if seconds < 0:
        return say("minus {duration}", duration=duration_words(-seconds))
    if seconds < _MINUTE:
        return say("{seconds} s", seconds=Figure(f"{seconds:.3g}"))
    whole = round(seconds)
    days, rest = divmod(whole, int(_DAY))
    hours, rest = divmod(rest, int(_HOUR))
    minutes, rest = divmod(rest, int(_MINUTE))
    if days >= 2 * 365:
        return say_count("{number} year", "{number} years", round(days / 365))
    if days:
        said = say_count("{number} day", "{number} days", days)
        return say("{days} {hours} h", days=said, hours=hours) if hours else said
    if hours and minutes:
        return say("{hours} h {minutes} min", hours=hours, minutes=minutes)
    if hours:
        return say("{hours} h", hours=hours)
    if rest:
        return say("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return say("{minutes} min", minutes=minutes)


def time_words(seconds: float) -> str:
    """Say a time of day: ``14:30``."""
    minutes = round(seconds / _MINUTE)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
