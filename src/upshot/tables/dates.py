"""Dates and times as people write them; the order of day and month is decided by evidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import Cells
from upshot.tables.schema import DateFormat

if TYPE_CHECKING:
    import pyarrow as pa

    Array = np.ndarray

_ZONE = r"\s*(?:Z|UTC|GMT|CET|CEST|EST|EDT|PST|PDT|[-+]\d{2}:?\d{2})$"
_TIME = re.compile(
    r"(?P<gap>[T ,]+|, )(?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<second>:\d{2})?(?P<part>\.\d{1,9})?"
    r"(?P<half>\s?[AaPp]\.?[Mm]\.?)?$"
)
_NUMERIC = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$|(\d{1,2})([-/. ])(\d{1,2})\6(\d{4}|\d{2})$"
)
_COMPACT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_MONTH_ONLY = re.compile(r"(\d{4})([-/])(\d{2})$")
_NAMED = re.compile(
    r"(?:(?P<weekday>[A-Za-z]{3,9}),?\s+)?"
    r"(?:(?P<d1>\d{1,2})(?P<s1>[ .-]+|\. )(?P<m1>[A-Za-z]{3,9})\.?(?P<s2>[ ,.-]+)"
    r"|(?P<m2>[A-Za-z]{3,9})\.?(?P<s3>[ -])(?P<d2>\d{1,2})(?P<s4>,? ))(?P<year>\d{4}|\d{2})$"
)
_MONTHS = {
    1: "jan january januar janvier enero ene janeiro gennaio gen januari sty styczeń",
    2: "feb february februar février fév févr febrero fevereiro fev febbraio februari lut luty",
    3: "mar march märz mrz mars marzo março maart mrt marzec",
    4: "apr april avril avr abril abr aprile kwi kwiecień",
    5: "may mai mayo maio maggio mag mei maj",
    6: "jun june juni juin junio junho giugno giu cze czerwiec",
    7: "jul july juli juillet juil julio julho luglio lug lip lipiec",
    8: "aug august août aoû agosto ago augustus sie sierpień",
    9: "sep sept september septembre septiembre setembro set settembre wrz wrzesień",
    10: "oct october oktober okt octobre octubre outubro out ottobre ott paź październik",
    11: "nov november novembre noviembre novembro lis listopad",
    12: "dec december dezember dez décembre déc diciembre dic dezembro dicembre gru grudzień",
}
_MONTH_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SAMPLE = 3000
_MOST = 0.9
_DAY_FIRST = "day-first"
_MONTH_FIRST = "month-first"


@dataclass(frozen=True)
class DateFinding:
    """The patterns that read most cells; ``share`` of the filled cells they read."""

    written: DateFormat
    share: float
    order: str | None = None


def without_zone(texts: pa.Array) -> pa.Array:
    """Dates keep the clock on the wall where they happened; the zone behind them is cut."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(texts, rf"(:\d{{2}}(?:\.\d+)?){_ZONE}", r"\1")


def with_month_numbers(texts: pa.Array) -> pa.Array:
    """Month names of any language become the English short ones that `strptime` knows."""
    import pyarrow as pa

    word = re.compile(r"[^\W\d_]{3,}\.?(?=[\s,./-])")
    return pa.array([word.sub(_english, text) for text in texts.to_pylist()], type=pa.string())


def _english(match: re.Match[str]) -> str:
    number = _MONTH_NUMBER.get(match.group().rstrip(".").lower())
    return _ENGLISH[number - 1] if number else match.group()


def parse_dates(texts: pa.Array, written: DateFormat) -> Array:
    """Read dates by the patterns, the first that fits; ``NaT`` where none does.

    Returns
    -------
    numpy.ndarray of datetime64[us]
    """
    import pandas as pd

    result = np.full(len(texts), np.datetime64("NaT"), dtype="datetime64[us]")
    if not len(texts):
        return result
    texts = without_zone(texts)
    if any("%b" in pattern for pattern in written.patterns):
        texts = with_month_numbers(texts)
    strings = np.asarray(texts.to_numpy(zero_copy_only=False), dtype=object)
    open_ = np.ones(len(strings), dtype=bool)
    for pattern in written.patterns:
        if not open_.any():
            break
        series = pd.Series(strings[open_], dtype=object)
        parsed = pd.to_datetime(series, format=pattern, errors="coerce", exact=True)
        values = parsed.to_numpy(dtype="datetime64[us]")
        result[open_] = values
        open_ = np.isnat(result)
    return result


def find_date_format(
    cells: Cells, prefer: DateFormat | None = None, order_hint: str | None = None
) -> DateFinding:
    """Find how the dates of a column are written.

    Parameters
    ----------
    cells : Cells
        Without missing spellings.
    prefer : DateFormat, optional
        The format of an earlier file: decides the order when this file cannot.
    order_hint : {"day-first", "month-first"}, optional
        Order in the file's other columns; decides when this column cannot.
    """
    nothing = DateFinding(DateFormat(), 0.0)
    if cells.share(cells.matches(r"\d")) < _MOST or _rarely_dates(cells):
        return nothing
    texts = [text or "" for text in _sampled(cells).to_pylist()]
    shapes = Counter(shape for text in texts if (shape := _shape(text)))
    if shapes.total() < _MOST * len(texts) or not texts:
        return nothing
    needs_order = any("%1" in shape for shape in shapes)
    order, ambiguous = None, False
    if needs_order:
        order = _order_by_value(cells)
        if order is None:
            ambiguous = True
            order = _order_of(prefer) or order_hint or _order_by_habit(cells, shapes)
    patterns = tuple(dict.fromkeys(_ordered(shape, order) for shape, _ in shapes.most_common(12)))
    written = DateFormat(patterns, ambiguous)
    share = cells.share(~np.isnat(parse_dates(cells.texts, written)))
    return DateFinding(written, share, None if ambiguous else order)


def _rarely_dates(cells: Cells) -> bool:
    """A glance at a few texts spares most columns the full look."""
    few = [text or "" for text in without_zone(cells.texts.slice(0, 60)).to_pylist()]
    return sum(_shape(text) is not None for text in few) < 0.5 * len(few)


def _sampled(cells: Cells) -> pa.Array:
    import pyarrow as pa

    if cells.distinct <= _SAMPLE:
        return without_zone(cells.texts)
    step = np.linspace(0, cells.distinct - 1, _SAMPLE).astype(np.int64)
    return without_zone(cells.texts.take(pa.array(step)))


def _ordered(shape: str, order: str | None) -> str:
    first, second = ("%m", "%d") if order == _MONTH_FIRST else ("%d", "%m")
    return shape.replace("%1", first).replace("%2", second)


def _shape(text: str) -> str | None:
    """A ``strptime`` pattern for one text; ``%1`` and ``%2`` stand for the undecided pair."""
    time = _TIME.search(text)
    tail = ""
    if time:
        text, tail = text[: time.start()], _time_pattern(time)
    date = _date_shape(text)
    return None if date is None else date + tail


def _time_pattern(match: re.Match[str]) -> str:
    half = match["half"]
    pattern = match["gap"] + ("%I" if half else "%H") + ":%M"
    pattern += ":%S" if match["second"] else ""
    pattern += ".%f" if match["part"] else ""
    if half:
        pattern += (" " if half[0].isspace() else "") + "%p"
    return pattern


def _date_shape(text: str) -> str | None:
    if _COMPACT.match(text):
        return "%Y%m%d"
    if match := _MONTH_ONLY.match(text):
        return f"%Y{match[2]}%m"
    if match := _NUMERIC.match(text):
        if match[1]:
            return f"%Y{match[2]}%m{match[2]}%d"
        year = "%Y" if len(match[8]) == 4 else "%y"
        return f"%1{match[6]}%2{match[6]}{year}"
    return _named_shape(text)


def _named_shape(text: str) -> str | None:
    words = re.findall(r"[^\W\d_]{3,}", text)
    months = [word for word in words if word.lower() in _MONTH_NUMBER]
    if len(months) != 1 or len(words) > 2:
        return None
    plain = re.sub(re.escape(months[0]) + r"\.?", "Jan", text, count=1)
    match = _NAMED.match(plain)
    if not match:
        return None
    year = "%Y" if len(match["year"]) == 4 else "%y"
    lead = ""
    if match["weekday"]:
        end = len(match["weekday"])
        full = "%A" if end > 3 else "%a"
        lead = full + plain[end : match.start("d1") if match["d1"] else match.start("m2")]
    if match["d1"]:
        return f"{lead}%d{match['s1']}%b{match['s2']}{year}"
    return f"{lead}%b{match['s3']}%d{match['s4']}{year}"


def _pairs(cells: Cells) -> tuple[Array, Array, Array]:
    """First and second number of every date that needs an order, and their year."""
    import pyarrow.compute as pc

    parts = pc.extract_regex(
        cells.texts, r"^(?P<a>\d{1,2})[-/. ](?P<b>\d{1,2})[-/. ](?P<y>\d{2,4})(?:\D|$)"
    )
    keep = parts.is_valid()
    parts = parts.filter(keep)

    def field(name: str) -> Array:
        return np.asarray(pc.struct_field(parts, name).cast("int64").to_numpy(zero_copy_only=False))

    return field("a"), field("b"), field("y")


def _order_by_value(cells: Cells) -> str | None:
    first, second, year = _pairs(cells)
    if not len(first):
        return None
    over_first, over_second = int((first > 12).sum()), int((second > 12).sum())
    if over_first != over_second:
        return _DAY_FIRST if over_first > over_second else _MONTH_FIRST
    if over_first:
        return None
    return _order_by_sorting(first, second, year)


def _order_by_sorting(first: Array, second: Array, year: Array) -> str | None:
    """Files are often sorted by date: the reading under which they are is the right one."""
    if len(first) < 5:
        return None
    day_first = np.diff(year * 10_000 + second * 100 + first)
    month_first = np.diff(year * 10_000 + first * 100 + second)
    sorted_day, sorted_month = (
        bool((d >= 0).all() or (d <= 0).all()) for d in (day_first, month_first)
    )
    if sorted_day == sorted_month:
        return None
    return _DAY_FIRST if sorted_day else _MONTH_FIRST


def _order_of(written: DateFormat | None) -> str | None:
    for pattern in written.patterns if written else ():
        if "%d" in pattern and "%m" in pattern and not pattern.startswith("%Y"):
            return _DAY_FIRST if pattern.index("%d") < pattern.index("%m") else _MONTH_FIRST
    return None


def _order_by_habit(cells: Cells, shapes: Counter[str]) -> str:
    """Slashes and a.m./p.m. are American habits; dots and dashes are not."""
    usual = shapes.most_common(1)[0][0]
    return _MONTH_FIRST if "/" in usual or "%p" in usual else _DAY_FIRST
