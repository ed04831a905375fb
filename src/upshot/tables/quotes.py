"""Lines whose quotation marks break the rules: read the way that gives a whole row."""

from __future__ import annotations

import re
from functools import cache

from upshot.tables.dialect import Dialect

# Interpretations of one line that are looked at before it is given up.
_MOST_STEPS = 5_000


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


def split_leniently(line: str, dialect: Dialect, width: int) -> list[str] | None:
    """Split one row into exactly `width` cells; None when no reading of its quotes does.

    A quoted cell ends at a quote with a delimiter or the end behind it; other quotes belong to
    the text. A quote that is never closed belongs to the text as well.
    """
    delimiter, quote = dialect.delimiter, dialect.quote
    steps = 0

    @cache
    def rest(at: int, wanted: int) -> tuple[str, ...] | None:
        nonlocal steps
        steps += 1
        if steps > _MOST_STEPS:
            return None
        for cell, end in _readings(line, at, dialect):
            if end == len(line):
                if wanted == 1:
                    return (cell,)
                continue
            if wanted == 1:
                continue
            behind = rest(end + len(delimiter), wanted - 1)
            if behind is not None:
                return (cell, *behind)
        return None

    if not quote or width > _MOST_CELLS:
        return None
    found = rest(0, width)
    return list(found) if found is not None else None


# Each cell is one level of recursion.
_MOST_CELLS = 400


def _readings(line: str, at: int, dialect: Dialect) -> list[tuple[str, int]]:
    """The cells that may begin at a place, likeliest first, each with where it ends."""
    delimiter, quote = dialect.delimiter, dialect.quote
    out: list[tuple[str, int]] = []
    start = at
    while dialect.padded and line.startswith(" ", start):
        start += 1
    if line.startswith(quote, start):
        closing = re.compile(rf"{re.escape(quote)} *(?={re.escape(delimiter)}|$)")
        for match in closing.finditer(line, start + len(quote)):
            out.append((_unescaped(line[start + len(quote) : match.start()], dialect), match.end()))
        # A closing quote that is one half of a doubled one is the less likely end.
        out.sort(key=lambda reading: reading[0].count(quote) % 2 and reading[0].endswith(quote))
    end = line.find(delimiter, at)
    end = len(line) if end < 0 else end
    text = line[at:end]
    opened = bool(out) or line.startswith(quote, start)
    out.append((text.strip().removeprefix(quote) if opened else text, end))
    return out


def _unescaped(text: str, dialect: Dialect) -> str:
    if dialect.escape:
        text = text.replace(dialect.escape + dialect.quote, dialect.quote)
    return text.replace(dialect.quote * 2, dialect.quote)
