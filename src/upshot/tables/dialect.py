"""How a text file separates and quotes its cells.

The score is that of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row
and type patterns" (2019): regular rows times cells of known type.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

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
# Marks of two signs, and signs that a space may follow.
_WIDE = {"|": "||", ":": "::"}
_SPACED = frozenset(",;|")
_MOSTLY = 0.95
# Where the second-best delimiter scores this near the best, a person should have a look.
_NEAR = 0.8
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
    ``padded`` means that spaces stand between the delimiter and an opening quote, ``spaced`` that
    nearly always one space follows the delimiter and is no part of the cell. ``sure`` is
    False where another delimiter is about as likely; ``proven`` is True where quotes keep the
    delimiter inside cells, so that it is one although it is rare.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    aligned: bool = False
    padded: bool = False
    spaced: bool = False
    sure: bool = field(default=True, compare=False)
    proven: bool = field(default=False, compare=False)


def split(text: str, dialect: Dialect, limit: int | None = None) -> tuple[list[list[str]], int]:
    """Split text into rows; also returns how many rows were read before an unclosed quote.

    Raises ``csv.Error`` when a quoted cell never ends or a cell is larger than 128 KiB.
    """
    reader = _reader(text, dialect)
    rows = []
    for row in reader:
        rows.append(row)
        if limit is not None and len(rows) >= limit:
            break
    return rows, reader.line_num


def split_places(text: str, dialect: Dialect) -> Iterator[tuple[list[str], int]]:
    """Split text into rows, each with the line, counted from 0, in which it begins."""
    reader = _reader(text, dialect)
    place = 0
    for row in reader:
        yield row, place
        place = reader.line_num


def _reader(text: str, dialect: Dialect) -> Any:
    text, dialect = simplified(text, dialect)
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        doublequote=True,
        skipinitialspace=dialect.padded,
        strict=False,
    )


def simplified(text: str, dialect: Dialect) -> tuple[str, Dialect]:
    """Write a delimiter of several signs as one sign that the text does not hold."""
    if len(dialect.delimiter) < 2 and not dialect.spaced:
        return text, dialect
    unused = next((mark for mark in "\x1e\x1f\x1d\x1c" if mark not in text), _UNUSED)
    plain = replace(dialect, delimiter=unused, spaced=False)
    edge = _edge(dialect.delimiter, spaced=dialect.spaced)
    if not dialect.quote or dialect.quote not in text:
        return re.sub(edge, unused, text), plain
    quote = re.escape(dialect.quote)
    inner = rf"[^{quote}\\]|\\." if dialect.escape else rf"[^{quote}]"
    cell = rf"{quote}(?:{inner}|{quote}{quote})*+{quote}(?={edge}|[\r\n]|\Z)"
    told = re.compile(rf"(\A|[\r\n]|({edge}))((?:{cell})?)", re.DOTALL)
    written = told.sub(lambda m: (unused if m[2] else m[1]) + m[3], text)
    return written, plain


def _edge(delimiter: str, *, spaced: bool) -> str:
    """A pattern of the delimiter and of the space that may follow it."""
    return re.escape(delimiter) + (" ?" if spaced else "")


def find_dialect(sample: str, delimiter: str | None = None, quote: str | None = None) -> Dialect:
    """Decide the dialect from the beginning of a file.

    Parameters
    ----------
    sample : str
        The beginning of the file.
    delimiter, quote : str, optional
        What a person said; it is followed.
    """
    said = re.match(r"\s*sep=(.)\r?\n", sample, re.IGNORECASE)
    told = delimiter if delimiter is not None or said is None else said.group(1)
    if told == "" or (told is None and _single_column(sample)):
        # A mark that no file holds keeps commas inside the cells.
        return Dialect(_UNUSED, '"' if quote is None else quote)
    candidates = _candidates(sample, told, quote)
    scores = [_score(sample, dialect) for dialect in candidates]
    best = max(scores)
    chosen = candidates[scores.index(best)]
    if delimiter is not None:
        return chosen
    if best <= 0 or _splits_nothing(sample, chosen):
        return _aligned(sample) or replace(chosen, delimiter=",")
    spaces = _aligned(sample)
    if chosen.delimiter in _RARE and spaces is not None:
        return spaces
    others = [s for s, d in zip(scores, candidates, strict=True) if d.delimiter != chosen.delimiter]
    return replace(chosen, sure=max(others, default=0.0) < _NEAR * best)


def _splits_nothing(sample: str, dialect: Dialect) -> bool:
    try:
        rows, _ = split(sample, dialect, _SAMPLE_ROWS)
    except csv.Error:
        return False
    return all(len(row) <= 1 for row in rows)


def _candidates(sample: str, told: str | None, quote: str | None) -> list[Dialect]:
    out = []
    for delimiter, spaced in [(told, False)] if told else _marks(sample):
        edge = _edge(delimiter, spaced=spaced)
        for sign in _quotes(sample, edge) if quote is None else (quote,):
            padded = bool(sign) and not spaced and _is_padded(sample, delimiter, sign)
            escape = _escape(sample, edge, sign)
            found = Dialect(delimiter, sign, escape, padded=padded, spaced=spaced)
            out.append(replace(found, proven=delimiter == " " and _are_quoted(sample, found)))
    if told:
        return out
    regular = [d for d in out if d.delimiter != " " or d.proven or _is_regular(sample, d)]
    quotes = _quotes(sample, ",") if quote is None else (quote,)
    return regular or [Dialect(quote=sign) for sign in quotes]


def _marks(sample: str) -> list[tuple[str, bool]]:
    """The delimiters that may be in use, and whether a space follows each."""
    commented = re.search(r"^\s*#", sample, re.MULTILINE) is not None
    marks = [mark for mark in _DELIMITERS if mark in sample and not (mark == "#" and commented)]
    bare = re.sub(r'"(?:[^"]|"")*+"', '""', sample)
    out = []
    for mark in marks:
        wide = _WIDE.get(mark, "")
        if wide and _mostly_followed(bare, wide):
            out.append((wide, False))
            continue
        out.append((mark, mark in _SPACED and _mostly_followed(bare, f"{mark} ")))
        # Beside its first sign, where that one also stands inside cells.
        if wide and bare.count(wide) > 1:
            out.append((wide, False))
    if (",", False) in out and _stands_in_every_line(bare, ", "):
        out.append((", ", False))
    return out


def _stands_in_every_line(bare: str, wide: str) -> bool:
    counts = Counter(line.count(wide) for line in bare.splitlines()[:_SAMPLE_ROWS] if line)
    count, lines = counts.most_common(1)[0] if counts else (0, 0)
    return count > 1 and lines >= 0.9 * counts.total()


def _mostly_followed(bare: str, wide: str) -> bool:
    """Whether a sign outside quotes stands nearly always with its second one."""
    count = bare.count(wide)
    if count < 2:
        return False
    first = re.escape(wide[0])
    single = len(re.findall(first, bare.replace(wide, "")))
    ends = len(re.findall(rf"{first}$", bare, re.MULTILINE)) if wide.endswith(" ") else 0
    return single - ends <= (1 - _MOSTLY) * count


def _escape(sample: str, edge: str, quote: str) -> str:
    """A backslash escapes quotes where they are not doubled, or whatever it stands before."""
    if "\\" not in sample:
        return ""
    if quote and "\\" + quote in sample:
        mark = re.escape(quote)
        inside = re.search(rf"(?<!\\)(?<!{mark}){mark}{mark}(?!{mark}|{edge}|[\r\n]|\Z)", sample)
        empty = inside and re.search(rf"(?:^|{edge}) *{mark}{mark}$", sample[: inside.end()])
        # A path in quotes ends with a backslash, and so does none that escapes.
        within = re.search(rf"\\{mark}(?!{edge}|[\r\n]|\Z)", sample)
        return "\\" if within and (not inside or empty) else ""
    before = {match[1] for match in re.finditer(r"\\(.)", sample)}
    escaped = {"'", '"', edge.removeprefix("\\")[:1]}
    return "\\" if before & escaped and before <= escaped | {"\\"} else ""


def _is_regular(sample: str, dialect: Dialect) -> bool:
    """Words are no cells: spaces separate only where nearly all lines have the same 3+ cells."""
    try:
        rows, _ = split(sample, dialect, _SAMPLE_ROWS)
    except csv.Error:
        return False
    widths = Counter(len(row) for row in rows if row)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return width >= 3 and count >= max(5, 0.9 * widths.total())


def _are_quoted(sample: str, dialect: Dialect) -> bool:
    """Whether all lines have the same cells, and those that hold a space stand in quotes."""
    if not dialect.quote:
        return False
    try:
        rows, _ = split(sample, dialect, _SAMPLE_ROWS)
    except csv.Error:
        return False
    widths = Counter(len(row) for row in rows if row)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    held = any(" " in cell for row in rows for cell in row)
    return width > 1 and count > 1 and held and count >= 0.9 * widths.total()


def _quotes(sample: str, edge: str) -> tuple[str, ...]:
    """Quotes that may be in use: a quote that opens and closes cells is never left unread."""
    opened, closed = _quoted_ends(sample, edge, '"')
    single_opened, single_closed = _quoted_ends(sample, edge, "'")
    single = single_opened >= 2 and single_closed >= 0.8 * single_opened
    single = single or (single_opened == single_closed == 1 and _needs_quotes(sample, edge))
    if opened and closed >= 0.9 * opened:
        return ('"', "'") if single and single_opened > opened else ('"',)
    if not opened:
        return ("'", "") if single else ('"',)
    others = ("'", "") if single else ("",)
    return ('"', *others) if closed >= 0.5 * opened else others


def _needs_quotes(sample: str, edge: str) -> bool:
    """Whether a cell in single quotes holds what would not stand in a cell without them."""
    special = rf"(?:''|\\'|{edge}|\r?\n)"
    cell = rf"(?:^|{edge})'[^'\r\n]*{special}[^\r\n]*'(?=$|\r|{edge})"
    return re.search(cell, sample, re.MULTILINE) is not None


def _quoted_ends(sample: str, edge: str, quote: str) -> tuple[int, int]:
    """How many cells begin with the quote, and how many end with it."""
    mark = re.escape(quote)
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
    whole = sum(_is_one_value(line) for line in body)
    return bool(body) and whole >= 0.8 * len(body)


def _is_one_value(line: str) -> bool:
    kind = simple_type(line)
    if kind == "url":
        return not any(mark in line for mark in ",;|")
    return kind in {"date", "email"} or bool(_AMOUNT.fullmatch(line))


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
    return score * (0.5 if dialect.delimiter in _RARE and not dialect.proven else 1.0)


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
