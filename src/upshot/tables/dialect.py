"""How a text file separates and quotes its cells.

The score is that of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row
and type patterns" (2019): regular rows times cells of known type.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from upshot.tables.layout import simple_type

_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01", "\x1f", "§", "¦", ":", "#", "&", "*", "=")
_RARE = frozenset(":#&*=")
_QUOTES = ('"', "'", "")
_SAMPLE_ROWS = 400
_TYPED_ROWS = 120
_WORD = re.compile(r"[\w .,'’&/()+-]{1,60}", re.UNICODE)
_PLACEHOLDER = re.compile(r"-{1,3}|n/?a|null|\?", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """Delimiter, quote and escape of a text file.

    ``aligned`` means that columns are aligned with runs of spaces; ``delimiter`` is then a space.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    aligned: bool = False


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
        skipinitialspace=False,
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
    candidates = _candidates(sample, told.group(1) if told else None)
    scored = [(_score(sample, dialect), -rank) for rank, dialect in enumerate(candidates)]
    best, rank = max(scored)
    if best <= 0 or not candidates:
        return _aligned(sample) or Dialect()
    chosen = candidates[-rank]
    spaces = _aligned(sample)
    if chosen.delimiter in _RARE and spaces is not None:
        return spaces
    return chosen


def _candidates(sample: str, told: str | None) -> list[Dialect]:
    escape = "\\" if re.search(r'\\"', sample) and '""' not in sample.replace('\\""', "") else ""
    delimiters = [told] if told else [mark for mark in _DELIMITERS if mark in sample]
    out = []
    for delimiter in delimiters:
        for quote in _QUOTES:
            if quote and not _quotes_fields(sample, delimiter, quote):
                continue
            out.append(Dialect(delimiter, quote, escape if quote == '"' else ""))
    return out or [Dialect()]


def _quotes_fields(sample: str, delimiter: str, quote: str) -> bool:
    """Whether cells begin and end with the quote; apostrophes inside words do not count."""
    mark, edge = re.escape(quote), re.escape(delimiter)
    opened = len(re.findall(rf"(?:^|{edge})[ ]*{mark}", sample, re.MULTILINE))
    closed = len(re.findall(rf"{mark}[ ]*(?:$|\r|{edge})", sample, re.MULTILINE))
    if quote == '"':
        return opened > 0
    return opened >= 2 and closed >= 0.8 * opened


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
    if pattern == 0:
        return 0.0
    score = pattern * max(_type_score(rows), 0.01)
    # A quote that is there and left unread stays in the cells, so types already punish it.
    return score * (0.5 if dialect.delimiter in _RARE else 1.0)


def _pattern_score(rows: list[list[str]]) -> float:
    widths = Counter(len(row) for row in rows)
    return sum(n * max(width - 1, 0) / width for width, n in widths.items()) / len(widths)


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
