"""Lines whose quotation marks break the rules: read the way that gives a whole row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from upshot.tables.dialect import Dialect

# Interpretations of one line that are looked at before it is given up.
_MOST_STEPS = 5_000
# Places that are looked at; more of them are inches or the like, and stand outside quotes.
_MOST_SUSPECTS = 10_000


def has_stray_quotes(text: str, dialect: Dialect) -> bool:
    """Whether a quoted cell goes on after its closing quote (``'it's'``) or is never closed."""
    if not dialect.quote:
        return False
    quote, edge = re.escape(dialect.quote), re.escape(dialect.delimiter)
    escaped = r"|\\." if dialect.escape else ""
    plain = rf"[^{quote}\\]" if dialect.escape else rf"[^{quote}]"
    padding = " *" if dialect.padded else ""
    # One pass over cells: only what stands at the start of a cell can open a quote.
    cells = re.compile(
        rf"{padding}{quote}(?:{plain}+|{quote}{quote}{escaped})*+"
        rf"(?:(?P<open>\Z)|{quote}(?P<stray>[^\s{edge}])?)"
        rf"|[^{edge}\r\n]+|{edge}|[\r\n]+",
        re.DOTALL,
    )
    return any(cell["open"] is not None or cell["stray"] for cell in cells.finditer(text))


def suspect_lines(body: bytes, dialect: Dialect) -> str:
    """The lines of a text, however long, in which a quote stands between other letters.

    One pass over the quotes, so that a fast parser can be trusted with everything else.
    """
    import numpy as np

    quote = dialect.quote.encode("ascii", "ignore")
    if not quote or quote not in body:
        return ""
    data = np.frombuffer(body, dtype=np.uint8)
    at = np.flatnonzero(data[1:-1] == quote[0]) + 1
    edge = np.zeros(256, dtype=bool)
    edge[list(quote + dialect.delimiter.encode("utf-8") + b"\r\n\\")] = True
    stray = at[~edge[data[at - 1]] & ~edge[data[at + 1]]]
    found, end = [], 0
    for place in stray[:_MOST_SUSPECTS].tolist():
        if place < end:
            continue
        start = body.rfind(b"\n", 0, place) + 1
        end = body.find(b"\n", place) + 1 or len(body)
        found.append(body[start:end])
    return b"".join(found).decode("utf-8", "replace")


def split_leniently(line: str, dialect: Dialect, width: int) -> list[str] | None:
    """Split one row into exactly `width` cells; None when no reading of its quotes does.

    A quoted cell ends at a quote with a delimiter or the end behind it; other quotes belong to
    the text. A quote that is never closed belongs to the text as well. Of all readings the one
    with the fewest quotes out of place is taken.
    """
    delimiter, quote = dialect.delimiter, dialect.quote
    steps = 0

    @cache
    def rest(at: int, wanted: int) -> tuple[int, tuple[str, ...]] | None:
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS:
            return None
        best: tuple[int, tuple[str, ...]] | None = None
        for reading in _readings(line, at, dialect):
            whole: tuple[int, tuple[str, ...]] | None
            if reading.end == len(line):
                whole = (reading.faults, (reading.cell,)) if wanted == 1 else None
            elif wanted == 1:
                whole = None
            else:
                behind = rest(reading.end + len(delimiter), wanted - 1)
                whole = behind and (reading.faults + behind[0], (reading.cell, *behind[1]))
            if whole is not None and (best is None or whole[0] < best[0]):
                best = whole
        return best

    if not quote or width > _MOST_CELLS:
        return None
    found = rest(0, width)
    return list(found[1]) if found is not None else None


@dataclass(frozen=True)
class _Reading:
    """A cell that may begin at a place, where it ends, and its quotes that are out of place."""

    cell: str
    end: int
    faults: int


# Each cell is one level of recursion.
_MOST_CELLS = 400


def _readings(line: str, at: int, dialect: Dialect) -> list[_Reading]:
    """The cells that may begin at a place, likeliest first."""
    delimiter, quote = dialect.delimiter, dialect.quote
    out: list[_Reading] = []
    start = at
    while dialect.padded and line.startswith(" ", start):
        start += 1
    opened = line.startswith(quote, start)
    if opened:
        closing = re.compile(rf"{re.escape(quote)} *(?={re.escape(delimiter)}|$)")
        for match in closing.finditer(line, start + len(quote)):
            inner = line[start + len(quote) : match.start()]
            out.append(_Reading(_unescaped(inner, dialect), match.end(), _lone(inner, dialect)))
        # A closing quote that is one half of a doubled one is the less likely end.
        out.sort(key=lambda one: one.cell.count(quote) % 2 and one.cell.endswith(quote))
    end = line.find(delimiter, at)
    end = len(line) if end < 0 else end
    text = line[at:end]
    faults = bool(opened) + text.rstrip().endswith(quote)
    if opened:
        text = text.strip().removeprefix(quote)
    elif dialect.escape:
        text = _unescaped(text, dialect)
    out.append(_Reading(text, end, faults))
    return out


def _lone(inner: str, dialect: Dialect) -> int:
    """Quotes inside a quoted cell that are neither doubled nor escaped."""
    if dialect.escape:
        inner = inner.replace(dialect.escape + dialect.quote, "")
    return inner.replace(dialect.quote * 2, "").count(dialect.quote)


def _unescaped(text: str, dialect: Dialect) -> str:
    if dialect.escape:
        text = text.replace(dialect.escape + dialect.quote, dialect.quote)
    return text.replace(dialect.quote * 2, dialect.quote)
