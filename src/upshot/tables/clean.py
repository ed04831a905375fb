"""Rows that are no data: blank ones, repeated headers, totals; and columns that hold nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from upshot.errors import Note
from upshot.tables.rawtable import RawTable, lines_below
from upshot.tables.remarks import (
    MOST_ROWS,
    Tail,
    always_filled,
    remarks_in,
    sparse_below,
    usual_shapes,
)
from upshot.wording import say, say_count

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_TOTAL = re.compile(
    r"(?:grand |overall |sub[- ]?|q[1-4] |report )*(?:sub)?totals?\b.*"
    r"|(?:gesamt|gesamtsumme|summe|insgesamt|somme|total général|sous-total|totale|totaal|suma"
    r"|suma total|total general|razem|итого|всего|celkem|toplam|合计|总计|合計)\b.*",
    re.IGNORECASE,
)
_SUBTOTAL = (
    r"^(?:q[1-4] |h[12] |grand |overall )?(?:sub)?total(?: q[1-4]| h[12]| (?:19|20)\d\d)?:?$"
    r"|^(?:zwischensumme|gesamtsumme|sous-total|subtotale|итого)\s*:?$"
)
TAIL_ROWS = 12
_IMPORT_ID = re.compile(r'\{"ImportId":')
SUM_TOLERANCE = 0.01
# A narrower table has lines of one cell that are rows.
_FEWEST_COLUMNS = 3
_SHAPED_ROWS = 400


def clean(table: RawTable) -> RawTable:
    """Leave out rows and columns that are no data, and say so."""
    for step in (
        _drop_blank_columns,
        _drop_codes_of_columns,
        _drop_blank_rows,
        _drop_repeated_headers,
        _drop_remarks,
        _drop_totals,
    ):
        table = step(table)
    return table


def note_of_blank_rows(count: int) -> Note:
    """Say how many rows hold nothing."""
    return Note(
        "blank-rows",
        say_count(
            "{number} row without any value left out.",
            "{number} rows without any value left out.",
            count,
        ),
    )


def note_of_headers(count: int) -> Note:
    """Say how often the header stands again among the rows."""
    return Note(
        "repeated-header",
        say_count(
            "The header stands {number} more time; that row left out.",
            "The header stands {number} more times; those rows left out.",
            count,
        ),
    )


def note_of_totals(totals: set[int], rows: int) -> Note:
    """Say which rows are totals, of so many rows."""
    return Note("totals", _totals_message(totals, rows))


def _is_text(array: pa.ChunkedArray) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(array.type))


def _blank(array: pa.ChunkedArray) -> np.ndarray:
    """Which cells are missing or white space."""
    import numpy as np
    import pyarrow.compute as pc

    if _is_text(array):
        blank = pc.equal(pc.utf8_trim_whitespace(pc.fill_null(array, "")), "")
    else:
        blank = pc.is_null(array)
    return np.asarray(blank.to_numpy(zero_copy_only=False), dtype=bool)


def _drop_blank_columns(table: RawTable) -> RawTable:
    """Columns without a name and without a value come from delimiters at the ends of lines."""
    unnamed = {note.column for note in table.notes if note.code == "blank-name"}
    empty = [name for name in unnamed if name and _blank(table.raw.column(name)).all()]
    if not empty or len(empty) == table.raw.num_columns:
        return table
    notes = tuple(note for note in table.notes if note.column not in empty)
    return replace(table, raw=table.raw.drop_columns(empty), notes=notes)


def _drop_codes_of_columns(table: RawTable) -> RawTable:
    """The row below the names in which Qualtrics says how it calls each column itself."""
    import numpy as np

    raw = table.raw
    if not raw.num_rows or not all(_is_text(column) for column in raw.columns):
        return table
    cells = [(column[0].as_py() or "").strip() for column in raw.columns]
    if not all(_IMPORT_ID.match(cell) for cell in cells if cell) or not any(cells):
        return table
    keep = np.ones(raw.num_rows, dtype=bool)
    keep[0] = False
    said = say("The row below the names holds the survey tool's own codes; that row left out.")
    return _keep(table, keep, Note("codes-of-columns", said))


def _keep(table: RawTable, keep: np.ndarray, note: Note) -> RawTable:
    import pyarrow as pa

    return replace(table, raw=table.raw.filter(pa.array(keep)), notes=(*table.notes, note))


def _drop_blank_rows(table: RawTable) -> RawTable:
    blank = None
    if table.raw.num_columns < 2 or not table.raw.num_rows:
        return table
    for column in table.raw.columns:
        here = _blank(column)
        blank = here if blank is None else blank & here
        if not blank.any():
            return table
    assert blank is not None
    count = int(blank.sum())
    return _keep(table, ~blank, note_of_blank_rows(count))


def _drop_repeated_headers(table: RawTable) -> RawTable:
    import numpy as np
    import pyarrow.compute as pc

    raw = table.raw
    if raw.num_columns < 2 or not raw.num_rows or not all(_is_text(c) for c in raw.columns):
        return table
    same = np.ones(raw.num_rows, dtype=bool)
    for name, column in zip(raw.column_names, raw.columns, strict=True):
        equal = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), name), False)
        same &= np.asarray(equal.to_numpy(zero_copy_only=False), dtype=bool)
        if not same.any():
            return table
    count = int(same.sum())
    return _keep(table, ~(same | _page_titles(raw, same)), note_of_headers(count))


def _page_titles(raw: pa.Table, headers: np.ndarray) -> np.ndarray:
    """Rows of one cell right above a header that stands again: the number or title of a page."""
    import numpy as np

    out = np.zeros(raw.num_rows, dtype=bool)
    above = np.flatnonzero(headers) - 1
    above = above[above >= 0]
    if not len(above) or raw.num_columns < _FEWEST_COLUMNS:
        return out
    filled = sum(~_blank(column) for column in raw.take(above).columns)
    out[above[np.asarray(filled) <= 1]] = True
    return out


def _tail(raw: pa.Table) -> Tail:
    """The last rows as texts, and what the rows above them have in common."""
    first = max(0, raw.num_rows - MOST_ROWS)
    # What is at the end does not tell what rows hold: of a short table its first half does.
    body = raw.slice(0, max(first, raw.num_rows - raw.num_rows // 2))
    blanks = [int(_blank(column).sum()) for column in body.columns]
    texts = _texts(raw, range(first, raw.num_rows))
    # The first rows show how the first column is built; footers stand at the end.
    begin = _texts(raw.select([0]), range(min(_SHAPED_ROWS, raw.num_rows)))
    shapes = usual_shapes([row[0] for row in begin])
    return Tail(first, texts, always_filled(blanks, body.num_rows), shapes)


def _texts(raw: pa.Table, rows: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    from upshot.tables.grid import cell_text

    picked = raw.take(list(rows))
    columns = [column.to_pylist() for column in picked.columns]
    return tuple(
        tuple(cell_text(column[i]).strip() for column in columns) for i in range(picked.num_rows)
    )


def _drop_remarks(table: RawTable) -> RawTable:
    import numpy as np

    raw = table.raw
    if raw.num_columns < _FEWEST_COLUMNS or not raw.num_rows:
        return table
    found = remarks_in(_tail(raw)) | _commented(raw)
    if not found or len(found) == raw.num_rows:
        return table
    keep = np.ones(raw.num_rows, dtype=bool)
    keep[list(found)] = False
    after = table.source.skipped.after + len(found)
    notes = tuple(note for note in table.notes if note.code != "lines-below")
    skipped = replace(table.source.skipped, after=after)
    told = replace(table, notes=notes, source=replace(table.source, skipped=skipped))
    return _keep(told, keep, lines_below(after))


@dataclass(frozen=True)
class _Edge:
    """A row at an edge of the table: its texts and numbers by column."""

    row: int
    cells: tuple[str, ...]


def _commented(raw: pa.Table) -> set[int]:
    """Rows anywhere that hold nothing but a first cell with the sign of a remark."""
    import numpy as np
    import pyarrow.compute as pc

    first = raw.column(0)
    if not _is_text(first):
        return set()
    signed = pc.fill_null(pc.match_substring_regex(first, r"^\s*(?:#|//)\s"), False)
    rows = np.flatnonzero(signed.to_numpy(zero_copy_only=False))
    if not len(rows) or len(rows) > 0.2 * raw.num_rows:
        return set()
    blank = np.ones(len(rows), dtype=bool)
    for column in raw.take(rows).columns[1:]:
        blank &= _blank(column)
    return set(rows[blank].tolist())


def _drop_totals(table: RawTable) -> RawTable:
    import numpy as np

    raw = table.raw
    if raw.num_rows < 3 or raw.num_columns < 2:
        return table
    totals = {edge.row for edge in _edges(raw) if says_total(edge.cells)} | _subtotals(raw)
    keep = np.ones(raw.num_rows, dtype=bool)
    keep[list(totals)] = False
    for row in (0, raw.num_rows - 1):
        if row not in totals and _adds_up(raw, row, keep):
            totals.add(row)
            keep[row] = False
    if not totals:
        return table
    totals |= sparse_below(_tail(raw), totals)
    keep[list(totals)] = False
    note = note_of_totals(totals, raw.num_rows)
    skipped = replace(table.source.skipped, totals=len(totals))
    kept = _keep(table, keep, note)
    return replace(kept, source=replace(table.source, skipped=skipped))


def _totals_message(totals: set[int], rows: int) -> str:
    if len(totals) > 1:
        return say("{rows} rows are totals and were left out.", rows=len(totals))
    row = next(iter(totals))
    if row == 0:
        return say("The first row is a total and was left out.")
    if row == rows - 1:
        return say("The last row is a total and was left out.")
    return say("Row {row} is a total and was left out.", row=row + 1)


def is_subtotal(first: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Which first cells are nothing but the word for a total."""
    import numpy as np
    import pyarrow.compute as pc

    text = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(first, "")))
    said = pc.match_substring_regex(text, _SUBTOTAL)
    return np.asarray(said.to_numpy(zero_copy_only=False), dtype=bool)


def _subtotals(raw: pa.Table) -> set[int]:
    """Rows anywhere whose first cell is nothing but the word for a total, beside a blank cell."""
    import numpy as np

    first = raw.column(0)
    if not _is_text(first):
        return set()
    rows = np.flatnonzero(is_subtotal(first))
    if not len(rows) or len(rows) > 0.2 * raw.num_rows:
        return set()
    picked = raw.take(rows)
    blank = np.zeros(len(rows), dtype=bool)
    for column in picked.columns[1:]:
        blank |= _blank(column)
    return set(rows[blank].tolist())


def _edges(raw: pa.Table) -> list[_Edge]:
    rows = sorted({0, 1, *range(max(0, raw.num_rows - TAIL_ROWS), raw.num_rows)})
    return [_Edge(row, cells) for row, cells in zip(rows, _texts(raw, rows), strict=True)]


def says_total(cells: Sequence[str]) -> bool:
    """The first filled cell says total, and at least one cell beside it is blank or a dash."""
    filled = [cell for cell in cells if cell and set(cell) != {"-"}]
    if not filled or len(filled) == len(cells):
        return False
    return bool(_TOTAL.fullmatch(filled[0])) or filled[0] in {"Σ", "Total:"}


def _adds_up(raw: pa.Table, row: int, keep: np.ndarray) -> bool:
    """Whether a row is blank where others have words, and its numbers are the others' sums."""
    import numpy as np

    blanks, sums, filled_numbers = 0, 0, 0
    others = keep.copy()
    others[row] = False
    for column in raw.columns:
        numbers = _plain_numbers(column)
        if numbers is None:
            blank = _blank(column)
            blanks += bool(blank[row] and not blank[others].any())
            continue
        value, rest = numbers[row], numbers[others]
        if np.isnan(value) or value == 0 or np.count_nonzero(rest[~np.isnan(rest)]) < 2:
            continue
        filled_numbers += 1
        sums += bool(abs(np.nansum(rest) - value) <= SUM_TOLERANCE * abs(value))
        if not blanks and filled_numbers > 4 and not sums:
            return False
    return blanks >= 1 and sums >= 2


def _plain_numbers(column: pa.ChunkedArray) -> np.ndarray | None:
    """Numbers of a column written plainly, or None when it holds words."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return np.asarray(column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False))
    if not _is_text(column):
        return None
    text = pc.utf8_trim_whitespace(column)
    probe = text.slice(0, 200)
    plain = pc.match_substring_regex(probe, r"^[-+]?\d[\d,]*\.?\d*$|^$|^-+$")
    if not pc.all(plain).as_py():
        return None
    bare = pc.replace_substring(text, ",", "")
    good = pc.match_substring_regex(bare, r"^[-+]?\d+\.?\d*$")
    values = pc.if_else(good, bare, pa.scalar(None, pa.string())).cast(pa.float64())
    return np.asarray(values.to_numpy(zero_copy_only=False), dtype=float)
