"""Dates that are not written as days: quarters, ISO weeks, seconds since 1970, Excel serials."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    Array = np.ndarray

QUARTER = "quarter"
ISO_WEEK = "iso-week"
YEAR_WEEK = "year-week"
EPOCH_SECONDS = "epoch-seconds"
EPOCH_MILLISECONDS = "epoch-milliseconds"
EXCEL_DAYS = "excel-days"

_QUARTERS = (
    re.compile(r"(?P<y>\d{4})\s*[-/.]?\s*(?:Q|T|K|кв\.?)\s*(?P<q>[1-4])$", re.IGNORECASE),
    re.compile(r"(?:Q|T)\s*(?P<q>[1-4])\s*[-/. '’]*\s*(?P<y>\d{4}|\d{2})$", re.IGNORECASE),
    re.compile(
        r"(?P<q>[1-4])\.?\s*(?:Q|T|Quartal|quarter|trimestre|trim\.?|кв\.?|квартал)"
        r"\s*[-/. '’]*\s*(?P<y>\d{4}|\d{2})$",
        re.IGNORECASE,
    ),
)
_WEEKS = (
    re.compile(r"(?P<y>\d{4})\s*-?\s*(?:W|KW|Week)\s*(?P<w>\d{1,2})(?:-?(?P<d>[1-7]))?$", re.I),
    re.compile(r"(?:W|KW|Week|S|Sem\.?|V)\s*(?P<w>\d{1,2})\s*[-/. ,]\s*(?P<y>\d{4})$", re.I),
)
_YEAR_WEEK = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<w>0[1-9]|[1-4]\d|5[0-3])$")
_NOWHERE = np.datetime64("NaT", "us")
# Beyond these, a whole number is no point in time of ours: 2001 to 2040, and 1980 to 2064.
_EPOCH = (1_000_000_000, 2_208_988_800)
_EXCEL = (29_221.0, 60_000.0)
_EXCEL_ZERO = np.datetime64("1899-12-30", "us")


Reader = Callable[[list[str | None]], "Array"]


def _texts(one: Callable[[str], np.datetime64]) -> Reader:
    def read(texts: list[str | None]) -> Array:
        found = [_NOWHERE if text is None else one(text) for text in texts]
        return np.array(found, dtype="datetime64[us]")

    return read


def _numbers(convert: Callable[[Array], Array]) -> Reader:
    def read(texts: list[str | None]) -> Array:
        result = np.full(len(texts), _NOWHERE, dtype="datetime64[us]")
        values = np.array([_number(text) for text in texts], dtype=float)
        known = ~np.isnan(values)
        result[known] = convert(values[known])
        return result

    return read


def _number(text: str | None) -> float:
    return float(text) if text and re.fullmatch(r"\d{1,16}(?:\.\d+)?", text) else float("nan")


def _quarter(text: str) -> np.datetime64:
    for pattern in _QUARTERS:
        if match := pattern.match(text):
            month = 3 * int(match["q"]) - 2
            return np.datetime64(f"{_year(match['y'])}-{month:02d}-01", "us")
    return _NOWHERE


def _week(text: str) -> np.datetime64:
    for pattern in _WEEKS:
        if match := pattern.match(text):
            return _iso_day(int(match["y"]), int(match["w"]), match.groupdict().get("d"))
    return _NOWHERE


def _year_week(text: str) -> np.datetime64:
    match = _YEAR_WEEK.match(text)
    return _iso_day(int(match["y"]), int(match["w"]), None) if match else _NOWHERE


def _iso_day(year: int, week: int, day: str | None) -> np.datetime64:
    try:
        return np.datetime64(dt.date.fromisocalendar(year, week, int(day or 1)), "us")
    except ValueError:
        return _NOWHERE


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _from_epoch(scale: float) -> Callable[[Array], Array]:
    def convert(values: Array) -> Array:
        whole = np.round(values * scale).astype(np.int64)
        return whole.astype("datetime64[us]")

    return convert


def _from_excel(values: Array) -> Array:
    # A spreadsheet's fractions of a day are exact to the second, not to the microsecond.
    seconds = np.round(values * 86_400).astype(np.int64)
    return np.asarray(_EXCEL_ZERO + seconds.astype("timedelta64[s]").astype("timedelta64[us]"))


CODES: dict[str, Reader] = {
    QUARTER: _texts(_quarter),
    ISO_WEEK: _texts(_week),
    YEAR_WEEK: _texts(_year_week),
    EPOCH_SECONDS: _numbers(_from_epoch(1e6)),
    EPOCH_MILLISECONDS: _numbers(_from_epoch(1e3)),
    EXCEL_DAYS: _numbers(_from_excel),
}


def code_of(text: str) -> str | None:
    """Which worded code a text is written in: a quarter or an ISO week."""
    if not np.isnat(_quarter(text)):
        return QUARTER
    return ISO_WEEK if not np.isnat(_week(text)) else None


def numeric_code(texts: pa.Array, *, weeks: bool, days: bool) -> str | None:
    """Which code the whole numbers of a column are written in, if every one of them can be.

    Parameters
    ----------
    texts : pyarrow.Array
        The distinct texts.
    weeks : bool
        Whether the column's name speaks of weeks.
    days : bool
        Whether Excel's day numbers are possible: the name speaks of a date, or a person said so.
    """
    values = np.array([_number(text) for text in texts.to_pylist()], dtype=float)
    if not len(values) or np.isnan(values).any():
        return None
    low, high = float(values.min()), float(values.max())
    if _EPOCH[0] <= low and high <= _EPOCH[1]:
        return EPOCH_SECONDS
    if _EPOCH[0] * 1e3 <= low and high <= _EPOCH[1] * 1e3:
        return EPOCH_MILLISECONDS
    if weeks and not np.isnat(CODES[YEAR_WEEK](texts.to_pylist())).any():
        return YEAR_WEEK
    return EXCEL_DAYS if days and _EXCEL[0] <= low and high <= _EXCEL[1] else None
