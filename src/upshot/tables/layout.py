"""Where the table stands in a grid of cells: lines above it, header, rows, lines below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from upshot.tables.missing import MISSING, MISSING_AMONG_NUMBERS

Row = Sequence[str]

_SEARCH_ROWS = 60
_BODY_ROWS = 300
_FEWEST_ROWS_BELOW_UNITS = 2
# One column whose first cell is of another type than the others votes 1.
_SURE_VOTES = 0.5
_FEWEST_TYPED = 2
_NEAR_ROWS = 5
_MOSTLY_FILLED = 0.8
_LONGEST_NAME = 80
_LONGEST_TITLE = 40
_FEWEST_GROUPS = 2
# A line above the table that says when or for whom a report was made is no row of titles.
_SAYS_MORE = re.compile(r"[:=\d]")
_PERIOD = re.compile(r"(?:[QKTH][1-4]|FY)?[ /-]?(?:(?:19|20)\d\d)?", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")

_NUMBER = re.compile(
    r"[-+−(]?\s*(?:[$€£¥₹]|[A-Z]{3}\s)?\s*[-+]?"
    r"(?:\d+|\d{1,3}(?:[.,'\u2019 \u00a0\u202f]\d{3})+)(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
    r"\s*(?:%|[$€£¥₹]|[KMBkmb]|\s[A-Z]{3})?\s*\)?"
)
# What may follow a day: a time with seconds, half of the day and zone, and nothing else.
_TIME = (
    r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s?[AaPp]\.?[Mm]\.?)?"
    r"(?:\s?(?:Z|[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?))?(?:\s\([^)]{1,40}\))?"
)
_THEN = rf"(?:(?:[T ,]+|\sat\s){_TIME})?"
_DATE = re.compile(
    rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}{_THEN}"
    rf"|{_TIME}"
    rf"|(?:[A-Za-z]{{3,9}},?\s)?(?:\d{{1,2}}\s)?[A-Za-z]{{3,9}}\.?\s\d{{1,2}},?\s\d{{4}}{_THEN}"
    rf"|(?:[A-Za-z]{{3,9}},?\s)?\d{{1,2}}[ -][A-Za-z]{{3,9}}[ ,-]+\d{{2,4}}{_THEN}"
)
_EMAIL = re.compile(r"[^@\s,;|]+@[^@\s,;|]+\.[A-Za-z]{2,}")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORDS = {"true", "false", "yes", "no"}
_YEAR = re.compile(r"(?:19|20)\d\d")
# What stands in a row of units below the names: currencies, shares, counts, times, weights.
_UNIT = re.compile(
    r"[\[(]?(?:[$€£¥₹%#‰]|[A-Z]{3}|units?|pcs\.?|pieces|count|no\.?|days?|hours?|hrs?|h|min(?:utes)?"
    r"|s(?:ec(?:onds)?)?|ms|m|km|kg|g|lbs?|in\s[A-Z]{3}|[Tt]sd\.?\s?€|k€|T€|Stk\.?)[\])]?"
)


def simple_type(cell: str) -> str:
    """``"empty"``, ``"number"``, ``"date"``, ``"email"``, ``"url"``, ``"flag"`` or ``"text"``."""
    cell = cell.strip()
    if not cell:
        return "empty"
    if _NUMBER.fullmatch(cell):
        return "number"
    if _DATE.fullmatch(cell):
        return "date"
    if _EMAIL.fullmatch(cell):
        return "email"
    if _URL.fullmatch(cell):
        return "url"
    return "flag" if cell.lower() in _WORDS else "text"


@dataclass(frozen=True)
class Layout:
    """Where the table stands.

    Attributes
    ----------
    header : int or None
        Index of the (first) header row; None when there is none.
    header_rows : int
        1, or 2 or 3 when group titles stand above the names; 0 without header.
    first : int
        Index of the first row of data.
    names : tuple of str
        Header cells as written, joined where there are two rows; empty without header.
    width : int
        Cells per row.
    sure : bool
        False where the first row might as well be names as values.
    """

    header: int | None
    header_rows: int
    first: int
    names: tuple[str, ...]
    width: int
    sure: bool = True


def find_layout(rows: Sequence[Row]) -> Layout:
    """Decide where the header and the data start from the first rows of a file."""
    width = usual_width(rows)
    start = _first_full_row(rows, width)
    start = _fuller_names(rows, start, width) or start
    body = _body(rows, start)
    votes = _header_votes(rows[start], body, width)
    if votes <= 0:
        return Layout(None, 0, start, (), width, sure=votes <= -_SURE_VOTES)
    if start and _is_group_row(rows[start - 1], rows[start], body, width):
        names = _joined(rows[start - 1], rows[start])
        return _with_groups(rows, Layout(start - 1, 2, start + 1, names, width))
    found = replace(_header_layout(rows, start, width, body), sure=votes >= _SURE_VOTES)
    return _with_groups(rows, found)


def _with_groups(rows: Sequence[Row], layout: Layout) -> Layout:
    """The layout with one more row of group titles, where one stands right above the names."""
    header = layout.header
    if not header or layout.header_rows > 2 or not _spreads(rows[header - 1], rows[header]):
        return layout
    names = _joined(rows[header - 1], layout.names)
    return replace(layout, header=header - 1, header_rows=layout.header_rows + 1, names=names)


def _spreads(above: Row, names: Row) -> bool:
    """Whether a row holds titles of groups: short ones, with blanks between, all over the table."""
    titles = [(i, cell.strip()) for i, cell in enumerate(above) if cell.strip()]
    places = [i for i, _ in titles]
    if len(titles) < _FEWEST_GROUPS or len(titles) >= _filled(names) or len(above) < len(names):
        return False
    apart = all(b - a > 1 for a, b in pairwise(places)) and 2 * places[-1] >= len(names) - 1
    plain = all(
        len(title) <= _LONGEST_TITLE
        and (_PERIOD.fullmatch(title) or (_LETTERS.search(title) and not _SAYS_MORE.search(title)))
        for _, title in titles
    )
    return apart and plain


def told_layout(rows: Sequence[Row], header_rows: int | None, *, at_top: bool) -> Layout:
    """The layout where a person said how many rows the names take, where the table begins, or both.

    Parameters
    ----------
    rows : sequence of sequences of str
        The first rows of the file or sheet.
    header_rows : int or None
        0 to 3 rows of names; None leaves it open.
    at_top : bool
        Whether the table begins with the first row that holds anything.
    """
    width = usual_width(rows)
    start = _first_full_row(rows, width)
    if at_top:
        start = next((i for i, row in enumerate(rows) if _filled(row)), 0)
    body = _body(rows, start)
    if header_rows is None:
        header_rows = 1 if _header_votes(rows[start], body, width) > 0 else 0
    if header_rows == 0:
        return Layout(None, 0, start, (), width)
    width = max(width, len(rows[start]))
    if header_rows == 1 or not body:
        return Layout(start, 1, start + 1, tuple(rows[start]), width)
    lower = body[: header_rows - 1]
    names = tuple(lower[-1])
    for row in reversed([rows[start], *lower[:-1]]):
        names = _joined(row, names)
    at = next(i for i in range(start + 1, len(rows)) if rows[i] is lower[-1])
    return Layout(start, 1 + len(lower), at + 1, names, width)


def _body(rows: Sequence[Row], start: int) -> list[Row]:
    return [row for row in rows[start + 1 : start + 1 + _BODY_ROWS] if any(c.strip() for c in row)]


def _header_layout(rows: Sequence[Row], start: int, width: int, body: Sequence[Row]) -> Layout:
    one_row = Layout(start, 1, start + 1, tuple(rows[start]), width)
    if not body:
        return one_row
    second, rest = body[0], body[1:]
    if _is_units_row(second, rest) and all(cell.strip() for cell in rows[start]):
        names = _with_units(rows[start], second)
    elif _is_second_header(rows[start], second, rest, width):
        names = _joined(rows[start], second)
    elif _is_units_row(second, rest):
        names = _with_units(rows[start], second)
    else:
        return one_row
    at = next(i for i in range(start + 1, len(rows)) if rows[i] is second)
    return Layout(start, 2, at + 1, names, width)


def _is_group_row(above: Row, names: Row, body: Sequence[Row], width: int) -> bool:
    """Group titles above the names, where they fill too few cells to be a row of names."""
    titles = [cell for cell in above if cell.strip()]
    if len(above) < width or len(titles) < _FEWEST_GROUPS or above[0].strip() != titles[0]:
        return False
    plain = all(simple_type(cell) == "text" and not _SAYS_MORE.search(cell) for cell in titles)
    return plain and _is_second_header(above, names, body, width)


def _is_units_row(row: Row, body: Sequence[Row]) -> bool:
    """A row of units, where the column below holds numbers, dates or the like."""
    units = [(i, cell.strip()) for i, cell in enumerate(row) if cell.strip()]
    if len(body) < _FEWEST_ROWS_BELOW_UNITS or not units:
        return False
    typed = all(mostly_typed(body, i) for i, _ in units)
    return typed and all(_UNIT.fullmatch(cell) for _, cell in units)


def _with_units(names: Row, units: Row) -> tuple[str, ...]:
    said = [cell.strip().strip("[]()") for cell in units]
    padded = [*said, *[""] * (len(names) - len(said))]
    return tuple(
        f"{name.strip()} ({unit})" if unit else name
        for name, unit in zip(names, padded, strict=False)
    )


def usual_width(rows: Sequence[Row]) -> int:
    """Cells of the usual row; the wider one when two widths are about as frequent."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    if not widths:
        return 1
    most = max(widths.values())
    return max(width for width, count in widths.items() if count >= 0.5 * most)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _first_full_row(rows: Sequence[Row], width: int) -> int:
    """The first row that is about as full as the table is wide; lines above are a preamble."""
    head = rows[:_SEARCH_ROWS]
    usual = sorted(_filled(row) for row in rows[:_BODY_ROWS] if _filled(row))
    typical = usual[len(usual) // 2] if usual else 1
    need = max(1, min(width, typical) * 0.6)
    for index, row in enumerate(head):
        comment = bool(row) and row[0].startswith("#") and len(row) < width
        if _filled(row) >= need and len(row) >= width - 1 and not comment:
            return index
    return next((i for i, row in enumerate(head) if _filled(row)), 0)


def _fuller_names(rows: Sequence[Row], start: int, width: int) -> int | None:
    """A row of names soon below a line with figures or dates that fills fewer cells."""
    if all(simple_type(cell) in {"text", "empty"} for cell in rows[start]):
        return None
    fullest = _filled(rows[start])
    for place in range(start + 1, min(start + 1 + _NEAR_ROWS, len(rows))):
        filled = _filled(rows[place])
        names = all(simple_type(cell) in {"text", "empty"} for cell in rows[place])
        if filled > fullest and names:
            votes = _header_votes(rows[place], _body(rows, place), width)
            return place if votes >= _FEWEST_TYPED else None
        fullest = max(fullest, filled)
    return None


def _column_types(body: Sequence[Row], column: int) -> Counter[str]:
    found = Counter(simple_type(row[column]) for row in body if column < len(row))
    found.pop("empty", None)
    return found


def _header_votes(row: Row, body: Sequence[Row], width: int) -> float:
    """How much a row looks like names (above 0) or like values (0 and below)."""
    cells = [cell.strip() for cell in row]
    # A header that is repeated further down says nothing about the values.
    body = [other for other in body if list(other) != list(row)]
    if not body:
        valued = any(simple_type(cell) in {"number", "date", "email"} for cell in cells)
        return -1.0 if valued else 1.0
    if _years_in_a_row([cell for cell in cells if _YEAR.fullmatch(cell)]):
        return 1.0
    votes = sum(_vote(cells[i], body, i) for i in range(min(width, len(cells))))
    if votes:
        return votes
    named = [cell for cell in cells if cell]
    is_named = len(set(named)) == len(named) and all(simple_type(c) == "text" for c in named)
    return _SURE_VOTES / 2 if is_named else -_SURE_VOTES / 2


def _years_in_a_row(years: list[str]) -> bool:
    numbers = [int(year) for year in years]
    return len(numbers) >= 3 and all(b - a == 1 for a, b in pairwise(numbers))


def _vote(cell: str, body: Sequence[Row], column: int) -> float:
    """How much a cell looks like a name (above 0) or like a value (below 0) of its column."""
    types = _column_types(body, column)
    total = types.total()
    if not total or not cell:
        return 0.0
    usual, count = types.most_common(1)[0]
    kind = simple_type(cell)
    if usual != "text" and count >= 0.8 * total:
        if kind == usual:
            return -1.0
        return 1.0 if kind == "text" else -0.5
    if kind in {"email", "url", "date", "number"}:
        return -0.5
    values = {row[column].strip() for row in body if column < len(row)}
    if cell in values:
        return -0.5 if total > 1 else 0.0
    # Names differ from values; few, often repeated values make an unseen cell a likely name.
    return 0.25 if len(values) <= 0.5 * total else 0.0


def _is_second_header(first: Row, second: Row, body: Sequence[Row], width: int) -> bool:
    """A row of names below a row of names, or of group titles that span several columns."""
    cells = [cell.strip() for cell in second]
    if len(body) < 2 or any(simple_type(cell) not in {"text", "empty"} for cell in cells):
        return False
    typed = [i for i, cell in enumerate(cells) if i < width and mostly_typed(body, i)]
    named = [cells[i] for i in typed if names_something(cells[i])]
    gaps = [i for i, cell in enumerate(first) if not cell.strip() and 0 < i < len(cells)]
    if not gaps:
        # Two full rows: only where no value could be written so, in several columns.
        full = len(cells) == len(first) and all(cells) and max(map(len, cells)) <= _LONGEST_NAME
        return full and len(typed) >= _FEWEST_TYPED and len(named) == len(typed) == len(set(named))
    filled_gaps = sum(1 for i in gaps if cells[i])
    if filled_gaps < max(1, 0.8 * len(gaps)):
        return False
    if _holds_no_value(cells, typed, body):
        return True
    return 2 * len(named) > len(typed) > 0 and _header_votes(second, body, width) > 0


def _holds_no_value(cells: Sequence[str], typed: Sequence[int], body: Sequence[Row]) -> bool:
    """Whether a row is blank wherever the rows below hold numbers or dates.

    So the answers of a question stand below its name in a survey, and nothing below the others.
    """
    if len(typed) < _FEWEST_TYPED or any(cells[i] for i in typed):
        return False
    filled = [sum(bool(row[i].strip()) for row in body if i < len(row)) for i in typed]
    return all(count >= _MOSTLY_FILLED * len(body) for count in filled)


def names_something(cell: str) -> bool:
    """Words, not a sign for a missing value."""
    return _LETTERS.search(cell) is not None and cell.lower() not in MISSING | MISSING_AMONG_NUMBERS


def mostly_typed(body: Sequence[Row], column: int) -> bool:
    """Whether a column holds numbers, dates, addresses or the like, and hardly ever words."""
    types = _column_types(body, column)
    return types.total() > 0 and types["text"] <= 0.2 * types.total()


def _joined(first: Row, second: Row) -> tuple[str, ...]:
    names, group = [], ""
    for index in range(max(len(first), len(second))):
        above = first[index].strip() if index < len(first) else ""
        below = second[index].strip() if index < len(second) else ""
        group = above or group
        if below and _letters(below) == _letters(above):
            names.append(below)
            continue
        names.append(f"{group} {below}".strip() if below else above)
    return tuple(names)


def _letters(name: str) -> str:
    """What is left of a name when one looks at its letters and digits only."""
    return "".join(char for char in name.casefold() if char.isalnum())
