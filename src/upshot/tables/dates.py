"""Dates and times as people write them; the order of day and month is decided by evidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.calendar_codes import CODES, code_of, numeric_code
from upshot.tables.cells import Cells
from upshot.tables.month_names import ENGLISH, tidied, tidy
from upshot.tables.number_marks import plain_digits
from upshot.tables.schema import DateFormat

if TYPE_CHECKING:
    import pyarrow as pa

    Array = np.ndarray

# What may stand behind a time of day: letters other than a.m. and p.m., or hours from Greenwich.
_ZONE = (
    r"\s*(?:Z|UTC|GMT|W?EST|W?EDT|CET|CEST|MEZ|MESZ|BST|IST|MSK|[PMC][SD]T|A[KE]?[CW]?[SD]T|JST|KST"
    r"|SGT|HKT|NZ[SD]T|EET|EEST|WET|BRT|ART|(?:UTC|GMT)?\s?[-+]\d{1,2}(?::?\d{2})?)"
    r"(?:\s*\([^)]*\)|\[[^\]]*\])?$"
)
_CLOCK_END = r":\d{2}(?:\.\d+)?(?:\s?[AaPp]\.?[Mm]\.?)?|\dT\d{6}"
_TIME = re.compile(
    r"(?P<gap>[T ,]+|, | - )(?P<hour>\d{1,2}):(?P<minute>\d{2})(?P<second>:\d{2})?"
    r"(?P<part>\.\d{1,9})?(?P<half>\s?[AaPp]\.?[Mm]\.?)?$"
)
_NUMERIC = re.compile(
    r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})$|(\d{1,2})([-/. ])(\d{1,2})\6(\d{4}|\d{2})$"
)
_COMPACT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_COMPACT_TIME = re.compile(rf"{_COMPACT.pattern[:-1]}(T?)(?:[01]\d|2[0-3])[0-5]\d([0-5]\d)?$")
_MONTH_ONLY = re.compile(r"(\d{4})([-/]|M)(0[1-9]|1[0-2])$")
_MONTH_FIRST_ONLY = re.compile(r"(?:0?[1-9]|1[0-2])([-/])(?:19|20)\d{2}$")
_NAMED = re.compile(
    r"(?:(?P<d1>\d{1,2})(?P<s1>[ .-]+|\. |/)Jan(?P<s2>[ ,.'’/-]+)"
    r"|Jan(?P<s3>[ -])(?P<d2>\d{1,2})(?P<s4>,? ))(?P<year>\d{4}|\d{2})$"
)
_NAMED_MONTH = re.compile(
    r"Jan(?P<s>[ ,./'’-]+)(?P<year>\d{4})$|Jan(?P<t>[-'’/]| ['’])(?P<y>\d{2})$"
)
_NAMED_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<s1>[ ,./-]+)Jan(?:(?P<s2>[ ,./-]+)(?P<d>\d{1,2}))?$"
)
_WEEKDAY = re.compile(r"^%[aA][,.]*\s+")
_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 3000
_GLANCE = 60
_MOST = 0.9
DAY_FIRST = "day-first"
MONTH_FIRST = "month-first"
_YEAR_FIRST = "year-first"


@dataclass(frozen=True)
class DateFinding:
    """The patterns that read most cells; ``share`` of the filled cells they read."""

    written: DateFormat
    share: float
    order: str | None = None


def without_zone(texts: pa.Array) -> pa.Array:
    """Dates keep the clock on the wall where they happened; the zone behind them is cut."""
    import pyarrow.compute as pc

    texts = pc.replace_substring_regex(texts, rf"({_CLOCK_END}){_ZONE}", r"\1")
    return pc.replace_substring_regex(texts, r"(\d\s?[AaPp])\.\s?([Mm])\.?$", r"\1\2")


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
    texts = tidied(without_zone(plain_digits(texts)))
    strings = np.asarray(texts.to_numpy(zero_copy_only=False), dtype=object)
    open_ = np.ones(len(strings), dtype=bool)
    for pattern in written.patterns:
        if not open_.any():
            break
        if pattern in CODES:
            result[open_] = CODES[pattern](list(strings[open_]))
        else:
            # Earlier versions kept the weekday in the pattern; it is cut from the texts now.
            series = pd.Series(strings[open_], dtype=object)
            plain = _WEEKDAY.sub("", pattern)
            parsed = pd.to_datetime(series, format=plain, errors="coerce", exact=True)
            result[open_] = parsed.to_numpy(dtype="datetime64[us]")
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
    cells = replace(cells, texts=plain_digits(cells.texts))
    if cells.share(cells.matches(r"\d")) < _MOST or _rarely_dates(cells):
        return nothing
    # The weekday before a date hides its order.
    cells = replace(cells, texts=tidied(cells.texts))
    texts = [tidy(text or "") for text in _sampled(cells).to_pylist()]
    shapes = Counter(shape for text in texts if (shape := _shape(text)))
    if shapes.total() < _MOST * len(texts) or not texts:
        return nothing
    needs_order = any("%1" in shape for shape in shapes)
    order, ambiguous = None, False
    if needs_order and _year_stands_first(cells):
        order = _YEAR_FIRST
    elif needs_order:
        order = _order_by_value(cells)
        if order is None:
            told = _order_of(prefer) or order_hint
            ambiguous = told is None
            order = told or _order_by_habit(cells, shapes)
            return _finding(cells, shapes, order, ambiguous=ambiguous)
    return _finding(cells, shapes, order, decided=order != _YEAR_FIRST)


def _finding(
    cells: Cells,
    shapes: Counter[str],
    order: str | None,
    *,
    ambiguous: bool = False,
    decided: bool = False,
) -> DateFinding:
    patterns = tuple(dict.fromkeys(_ordered(shape, order) for shape, _ in shapes.most_common(12)))
    written = DateFormat(patterns, ambiguous)
    share = cells.share(~np.isnat(parse_dates(cells.texts, written)))
    return DateFinding(written, share, order if decided else None)


def guess_date_format(cells: Cells) -> DateFormat:
    """How dates are written in a column of which a person says that it holds dates."""
    finding = find_date_format(cells)
    if finding.share >= 0.5:
        return finding.written
    code = numeric_code(cells.texts, weeks=True, days=True)
    if code is not None:
        return DateFormat((code,))
    looks = (r"^(?:19|20)\d{2}$", "%Y"), (r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$", "%Y%m")
    for pattern, written in looks:
        if cells.share(cells.matches(pattern)) >= 0.9:
            return DateFormat((written,))
    return finding.written


def with_order(written: DateFormat, order: str) -> DateFormat:
    """The same format with day and month in the order that a person named."""
    turned = tuple(
        _in_order(pattern, order) if _order_of(DateFormat((pattern,))) else pattern
        for pattern in written.patterns
    )
    return replace(written, patterns=tuple(dict.fromkeys(turned)), ambiguous=False)


def _in_order(pattern: str, order: str) -> str:
    first, second = ("%m", "%d") if order == MONTH_FIRST else ("%d", "%m")
    marked = pattern.replace("%d", "%m").replace("%m", "\0")
    return marked.replace("\0", first, 1).replace("\0", second, 1)


def _rarely_dates(cells: Cells) -> bool:
    """A glance at texts of all parts of the file spares most columns the full look."""
    import pyarrow as pa

    few = np.unique(np.linspace(0, cells.distinct - 1, _GLANCE).astype(np.int64))
    texts = without_zone(plain_digits(cells.texts.take(pa.array(few)))).to_pylist()
    return sum(_shape(tidy(text or "")) is not None for text in texts) < 0.5 * len(texts)


def _sampled(cells: Cells) -> pa.Array:
    import pyarrow as pa

    if cells.distinct <= _SAMPLE:
        return without_zone(cells.texts)
    step = np.linspace(0, cells.distinct - 1, _SAMPLE).astype(np.int64)
    return without_zone(cells.texts.take(pa.array(step)))


def _ordered(shape: str, order: str | None) -> str:
    if order == _YEAR_FIRST:
        return shape.replace("%y", "%d").replace("%1", "%y").replace("%2", "%m")
    first, second = ("%m", "%d") if order == MONTH_FIRST else ("%d", "%m")
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
    if match := _COMPACT_TIME.match(text):
        return f"%Y%m%d{match[1]}%H%M" + ("%S" if match[2] else "")
    if match := _MONTH_ONLY.match(text):
        return f"%Y{match[2]}%m"
    if match := _MONTH_FIRST_ONLY.match(text):
        return f"%m{match[1]}%Y"
    if match := _NUMERIC.match(text):
        if match[1]:
            return f"%Y{match[2]}%m{match[2]}%d"
        year = "%Y" if len(match[8]) == 4 else "%y"
        return f"%1{match[6]}%2{match[6]}{year}"
    return _named_shape(text)


def _named_shape(text: str) -> str | None:
    words = _WORDS.findall(text)
    if not words:
        return None
    if len(words) != 1 or words[0] not in ENGLISH:
        return code_of(text)
    plain = text.replace(words[0], "Jan", 1)
    if match := _NAMED.match(plain):
        year = "%Y" if len(match["year"]) == 4 else "%y"
        if match["d1"]:
            return f"%d{match['s1']}%b{match['s2']}{year}"
        return f"%b{match['s3']}%d{match['s4']}{year}"
    if match := _NAMED_MONTH.match(plain):
        return f"%b{match['s']}%Y" if match["year"] else f"%b{match['t']}%y"
    if match := _NAMED_YEAR_FIRST.match(plain):
        return f"%Y{match['s1']}%b" + (f"{match['s2']}%d" if match["d"] else "")
    return None


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


def _year_stands_first(cells: Cells) -> bool:
    """Whether short years stand in front: few of them, and days behind that cannot be years."""
    first, second, third = _pairs(cells)
    if len(first) < 5 or (third > 31).any() or (third < 1).any() or (second > 12).any():
        return False
    return bool((first > 12).all() and np.ptp(first) <= 9 and np.ptp(third) > np.ptp(first))


def _order_by_value(cells: Cells) -> str | None:
    first, second, year = _pairs(cells)
    if not len(first):
        return None
    over_first, over_second = int((first > 12).sum()), int((second > 12).sum())
    if over_first != over_second:
        return DAY_FIRST if over_first > over_second else MONTH_FIRST
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
    return DAY_FIRST if sorted_day else MONTH_FIRST


def _order_of(written: DateFormat | None) -> str | None:
    for pattern in written.patterns if written else ():
        if "%d" in pattern and "%m" in pattern and not pattern.startswith("%Y"):
            return DAY_FIRST if pattern.index("%d") < pattern.index("%m") else MONTH_FIRST
    return None


def _order_by_habit(cells: Cells, shapes: Counter[str]) -> str:
    """Slashes and a.m./p.m. are American habits; dots and dashes are not."""
    usual = shapes.most_common(1)[0][0]
    return MONTH_FIRST if "/" in usual or "%p" in usual else DAY_FIRST
