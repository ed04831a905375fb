"""Tables that are drawn with signs: what terminals, mails and old business systems write.

``---- ---`` below the names, ``|`` around each row, ``+---+`` between rows: lines of such signs are
no rows, and where the names stand above a line of dashes the dashes say how wide each column is.
Without any sign, columns of a fixed width have the same places blank in every line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from upshot.tables.dialect import find_dialect
from upshot.tables.layout import simple_type

# A line of nothing but what lines are drawn with, at least three of them beside each other.
_RULE = re.compile(r"(?=.*[-=─━═_]{3})[-=─━═_+|:│┃┼├┤┌┐└┘┬┴╪╬╔╗╚╝ \t]+")
# Dashes with spaces between them, one run for each column.
_RUNS = re.compile(r"[-=─_]+")
_ONLY_RUNS = re.compile(r"\s*[-=─_]{1,}(?:[ \t]+[-=─_]{2,})+\s*")
_BARS = str.maketrans({"│": "|", "┃": "|", "║": "|"})
_SAMPLE_LINES = 400
_MOSTLY = 0.9
_FEWEST_ROWS = 3
# Fewer lines of text have blanks in common by chance.
_FEWEST_FIXED = 8
_FEWEST_COLUMNS = 3


def is_drawn(sample: str) -> bool:
    """Whether a text holds a table that is drawn with signs."""
    lines = [line for line in sample.splitlines()[:_SAMPLE_LINES] if line.strip()]
    rules = [line for line in lines if _RULE.fullmatch(line)]
    if not rules or len(lines) - len(rules) < _FEWEST_ROWS:
        return False
    return _runs(lines) is not None or _are_barred(lines)


def undraw(text: str, mark: str) -> tuple[str, int]:
    """Write a drawn table with one mark between its cells.

    Returns
    -------
    str, int
        The text from the names on, and the lines above them.
    """
    lines = text.translate(_BARS).splitlines()
    filled = [line for line in lines if line.strip()]
    runs = _runs(filled)
    if runs is not None:
        return _by_runs(lines, runs, mark)
    out: list[str] = []
    before = 0
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line):
            continue
        if not out and "|" not in line:
            continue
        if not out:
            before = number
        cells = line.strip().removeprefix("|").removesuffix("|").split("|")
        out.append(mark.join(cell.strip() for cell in cells))
    return "\n".join(out) + "\n", before


def _are_barred(lines: list[str]) -> bool:
    """Whether the rows beside the drawn lines are cells between bars, always as many."""
    marked = [line.translate(_BARS) for line in lines if not _RULE.fullmatch(line)]
    counts = [line.count("|") for line in marked if "|" in line]
    if len(counts) < _FEWEST_ROWS:
        return False
    usual = max(set(counts), key=counts.count)
    if counts.count(usual) < _MOSTLY * len(counts):
        return False
    # Bars may also part tags inside the cells of a file that is split at another sign.
    return find_dialect("\n".join(marked) + "\n").delimiter == "|"


def _runs(lines: list[str]) -> list[tuple[int, int]] | None:
    """Where the columns begin and end, as dashes below the names say."""
    place = next((i for i, line in enumerate(lines) if _ONLY_RUNS.fullmatch(line)), None)
    if not place:
        return None
    found = [match.span() for match in _RUNS.finditer(lines[place])]
    rows = [line for line in lines[place + 1 :] if not _RULE.fullmatch(line)]
    between = [range(end, start) for (_, end), (start, _) in pairwise(found)]
    good = sum(all(not line[gap.start : gap.stop].strip() for gap in between) for line in rows)
    enough = len(rows) >= _FEWEST_ROWS and good >= _MOSTLY * len(rows)
    return found if enough else None


def fixed_columns(sample: str) -> tuple[int, ...]:
    """Where columns of a fixed width begin, in text that no sign splits; empty where none are.

    Every column has a name, and at least one holds numbers or dates: sentences below each other
    have a blank in common now and then, too.
    """
    lines = [line.rstrip() for line in sample.splitlines()[:_SAMPLE_LINES] if line.strip()]
    if len(lines) < _FEWEST_FIXED or "\t" in sample:
        return ()
    width = max(map(len, lines))
    blank = [all(line[at : at + 1] in {"", " "} for line in lines) for at in range(width)]
    # A blank below a blank in the names is one between words that stand in every row.
    begins = [
        at
        for at in range(width)
        if not blank[at] and (at == 0 or blank[at - 1]) and _has_name(lines[0], at, blank)
    ]
    if len(begins) < _FEWEST_COLUMNS or begins[0]:
        return ()
    names, *rows = (cut(line, begins) for line in lines)
    typed = [
        sum(simple_type(row[at]) in {"number", "date"} for row in rows) >= _MOSTLY * len(rows)
        for at in range(len(begins))
    ]
    return tuple(begins) if all(names) and any(typed) and not all(typed) else ()


def _has_name(header: str, begin: int, blank: list[bool]) -> bool:
    """Whether a name stands above the run of filled places that begins here."""
    end = next((at for at in range(begin, len(blank)) if blank[at]), len(blank))
    return bool(header[begin:end].strip())


def cut(line: str, begins: Sequence[int]) -> list[str]:
    """Cut a line where its columns begin."""
    ends = [*begins[1:], None]
    return [line[start:end].strip() for start, end in zip(begins, ends, strict=True)]


def _by_runs(lines: list[str], runs: list[tuple[int, int]], mark: str) -> tuple[str, int]:
    """Cut lines where the columns begin; the names stand above the dashes."""
    rule = next(i for i, line in enumerate(lines) if _ONLY_RUNS.fullmatch(line))
    begins = [0, *(start for start, _ in runs[1:])]
    header = rule - 1
    while header and not lines[header].strip():
        header -= 1
    rows = [lines[header], *(line for line in lines[rule + 1 :] if not _RULE.fullmatch(line))]
    return "\n".join(mark.join(cut(row, begins)) for row in rows) + "\n", header
