"""How a text file separates and quotes its cells.

The score is that of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row
and type patterns" (2019): regular rows times cells of known type.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace

from upshot.tables.layout import simple_type

_DELIMITERS = (
    ",",
    ";",
    "\t",
    "|",
    "^",
    "~",
    "\x01",
    "\x1f",
    "§",
    "¦",
    ":",
    "#",
    "&",
    "*",
    "=",
    " ",
)
_UNUSED = "\x1e"
_RARE = frozenset(":#&*= ")
_SAMPLE_ROWS = 400
_TYPED_ROWS = 120
_WORD = re.compile(r"[\w .,'’&/()+-]{1,60}", re.UNICODE)
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+|\d+(?:\.\d+)?")
_PLACEHOLDER = re.compile(r"-{1,3}|n/?a|null|\?", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """Delimiter, quote and escape of a text file.

    ``aligned`` means that columns are aligned with runs of spaces; ``delimiter`` is then a space.
    ``padded`` means that a space stands between the delimiter and an opening quote.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    aligned: bool = False
    padded: bool = False


def split(text: str, dialect: Dialect, limit: int | None = None) -> tuple[list[list[str]], int]:
    """Split text into rows; also returns how many rows were read before an unclosed quote.

    Raises ``csv.Error`` when a quoted cell never ends or a cell is larger than 128 KiB.
    """
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        doublequote=True,
        skipinitialspace=dialect.padded,
        strict=False,
    )
    rows = []
    for row in reader:
        rows.append(row)
        if limit is not None and len(rows) >= limit:
            break
    return rows, reader.line_num


def find_dialect(sample: str) -> Dialect:
    """Decide the dialect from the beginning of a file."""
    told = re.match(r"\s*sep=(.)\r?\n", sample, re.IGNORECASE)
    if told is None and _single_column(sample):
        # A mark that no file holds keeps commas inside the cells.
        return Dialect(_UNUSED)
    candidates = _candidates(sample, told.group(1) if told else None)
    scored = [(_score(sample, dialect), -rank) for rank, dialect in enumerate(candidates)]
    best, rank = max(scored)
    chosen = candidates[-rank]
    if best <= 0 or _splits_nothing(sample, chosen):
        return _aligned(sample) or replace(chosen, delimiter=",")
    spaces = _aligned(sample)
    if chosen.delimiter in _RARE and spaces is not None:
        return spaces
    return chosen


def _splits_nothing(sample: str, dialect: Dialect) -> bool:
    try:
        rows, _ = split(sample, dialect, _SAMPLE_ROWS)
    except csv.Error:
        return False
    return all(len(row) <= 1 for row in rows)


def _candidates(sample: str, told: str | None) -> list[Dialect]:
    commented = re.search(r"^\s*#", sample, re.MULTILINE) is not None
    marks = [mark for mark in _DELIMITERS if mark in sample and not (mark == "#" and commented)]
    out = []
    for delimiter in [told] if told else marks:
        for quote in _quotes(sample, delimiter):
            padded = bool(quote) and _is_padded(sample, delimiter, quote)
            out.append(Dialect(delimiter, quote, _escape(sample, quote), padded=padded))
    regular = [d for d in out if d.delimiter != " " or _is_regular(sample, d)]
    return regular or [Dialect(quote=quote) for quote in _quotes(sample, ",")]


def _escape(sample: str, quote: str) -> str:
    """A backslash escapes quotes where they are not doubled instead."""
    escaped = "\\" + quote
    if not quote or escaped not in sample:
        return ""
    return "" if quote * 2 in sample.replace(escaped + quote, "") else "\\"


def _is_regular(sample: str, dialect: Dialect) -> bool:
    """Words are no cells: spaces separate only where nearly all lines have the same 3+ cells."""
    try:
        rows, _ = split(sample, dialect, _SAMPLE_ROWS)
    except csv.Error:
        return False
    widths = Counter(len(row) for row in rows if row)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return width >= 3 and count >= max(5, 0.9 * widths.total())


def _quotes(sample: str, delimiter: str) -> tuple[str, ...]:
    """Quotes that may be in use: a quote that opens and closes cells is never left unread."""
    opened, closed = _quoted_ends(sample, delimiter, '"')
    single_opened, single_closed = _quoted_ends(sample, delimiter, "'")
    single = single_opened >= 2 and single_closed >= 0.8 * single_opened
    if opened and closed >= 0.9 * opened:
        return ('"', "'") if single and single_opened > opened else ('"',)
    if not opened:
        return ("'", "") if single else ('"',)
    others = ("'", "") if single else ("",)
    return ('"', *others) if closed >= 0.5 * opened else others


def _quoted_ends(sample: str, delimiter: str, quote: str) -> tuple[int, int]:
    """How many cells begin with the quote, and how many end with it."""
    mark, edge = re.escape(quote), re.escape(delimiter)
    opened = re.findall(rf"(?:^|{edge})[ ]*{mark}", sample, re.MULTILINE)
    closed = re.findall(rf"{mark}[ ]*(?=$|\r|{edge})", sample, re.MULTILINE)
    return len(opened), len(closed)


def _is_padded(sample: str, delimiter: str, quote: str) -> bool:
    edge, mark = re.escape(delimiter), re.escape(quote)
    return delimiter != " " and bool(re.search(rf"{edge} +{mark}", sample))


def _single_column(sample: str) -> bool:
    """Lines that are dates, times, addresses or amounts with both marks as a whole."""
    lines = [line.strip() for line in sample.splitlines()[:_SAMPLE_ROWS] if line.strip()]
    body = lines[1:] if len(lines) > 1 else lines
    whole = sum(
        simple_type(line) in {"date", "email", "url"} or bool(_AMOUNT.fullmatch(line))
        for line in body
    )
    return bool(body) and whole >= 0.8 * len(body)


def _score(sample: str, dialect: Dialect) -> float:
    try:
        rows, _ = split(sample, dialect, _SAMPLE_ROWS)
    except csv.Error:
        return 0.0
    if len(rows) > 1 and len(rows) < _SAMPLE_ROWS:
        rows = rows[:-1] if not sample.endswith(("\n", "\r")) and len(rows) > 2 else rows
    rows = [row for row in rows if row]
    if not rows:
        return 0.0
    pattern = _pattern_score(rows)
    score = pattern * max(_type_score(rows), 0.01)
    # A quote that is there and left unread stays in the cells, so types already punish it.
    return score * (0.5 if dialect.delimiter in _RARE else 1.0)


def _pattern_score(rows: list[list[str]]) -> float:
    widths = Counter(len(row) for row in rows)
    return sum(n * max(width - 1, 0.001) / width for width, n in widths.items()) / len(widths)


def _type_score(rows: list[list[str]]) -> float:
    cells = [cell for row in rows[:_TYPED_ROWS] for cell in row]
    if not cells:
        return 0.0
    return sum(_is_known(cell) for cell in cells) / len(cells)


def _is_known(cell: str) -> bool:
    if simple_type(cell) != "text":
        return True
    stripped = cell.strip()
    return bool(_WORD.fullmatch(stripped) or _PLACEHOLDER.fullmatch(stripped))


def _aligned(sample: str) -> Dialect | None:
    """Columns aligned with spaces: every line splits into the same number of words."""
    lines = [line for line in sample.splitlines()[:_SAMPLE_ROWS] if line.strip()]
    if len(lines) < 3:
        return None
    widths = Counter(len(line.split()) for line in lines)
    width, count = widths.most_common(1)[0]
    if width < 2 or count < 0.95 * len(lines):
        return None
    body = [word for line in lines[1:] for word in line.split()]
    typed = sum(simple_type(word) != "text" for word in body)
    return Dialect(" ", "", "", aligned=True) if typed >= 0.4 * len(body) else None
