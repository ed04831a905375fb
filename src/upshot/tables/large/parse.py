"""One piece of a large file: text in, stored columns out; cells that do not fit are kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import as_mask, cells_of
from upshot.tables.clean import TAIL_ROWS, is_subtotal, says_total
from upshot.tables.dates import parse_dates
from upshot.tables.large.pieces import NotInPieces, Piece, Text
from upshot.tables.large.plan import ColumnPlan, Plan
from upshot.tables.large.stored import Unfit
from upshot.tables.mended import Mended
from upshot.tables.missing import MISSING, MISSING_AMONG_NUMBERS, is_token
from upshot.tables.numbers import parse_numbers
from upshot.tables.prepared import LATER_MARK
from upshot.tables.quotes import has_stray_quotes, suspect_lines
from upshot.tables.ragged import parse_ragged, swallowed_rows
from upshot.tables.schema import Kind

if TYPE_CHECKING:
    import pyarrow as pa

# Rows that a new sample learns from when they contradicted the old one.
_EVIDENCE_ROWS = 400


class OtherEncoding(Exception):
    """The file is not written in UTF-8, as its beginning is."""


class Surprise(Exception):
    """Rows contradict what the sample said; they belong in the sample."""

    def __init__(self, rows: pa.Table) -> None:
        super().__init__("rows contradict the sample")
        self.rows = rows


@dataclass(frozen=True)
class Parsed:
    """The rows of one piece, in the stored types.

    ``unfit`` counts rows from the first of the piece; ``dropped`` counts blank rows and repeated
    headers, ``totals`` holds the places of totals among the others, ``mended`` the lines that did
    not follow the rules, counted from the first of the piece, and ``begin`` is where that one lies.
    """

    table: pa.Table
    unfit: dict[str, Unfit] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    totals: tuple[int, ...] = ()
    mended: Mended = field(default_factory=Mended)
    begin: int = 0
    replaced: int = 0


def parse_piece(text: Text, piece: Piece, plan: Plan) -> Parsed:
    """Parse one piece: fast where it is as expected, cell by cell where it is not."""
    try:
        fast = None if piece.is_first or piece.is_last else _fast(text, piece, plan)
        return fast if fast is not None else _careful(text, piece, plan)
    finally:
        text.let_go(piece)


def _fast(text: Text, piece: Piece, plan: Plan) -> Parsed | None:
    """Parse straight into the stored types; None when a cell or a row does not allow it."""
    quote = plan.plainly.dialect.quote.encode("utf-8")
    data = text.copy(piece.begin, piece.end)
    quoted = bool(quote) and quote in data
    if (
        b"\0" in data
        or (LATER_MARK[1:] in data and (LATER_MARK in data or data.startswith(LATER_MARK[1:])))
        or (quoted and _breaks_rules(data, plan))
    ):
        return None
    types = {one.name: one.stored if one.direct else _text() for one in plan.columns}
    table = _arrow(data, plan, types, quoted)
    if table is None or (quoted and swallowed_rows(_texts_of(table), plan.plainly.dialect)):
        return None
    if _holds_other_rows(table, plan):
        return None
    try:
        return _stored(table, plan)
    except Surprise:
        return None


def _breaks_rules(data: bytes, plan: Plan) -> bool:
    """Whether a quote stands where it neither opens nor closes a cell."""
    dialect = plan.plainly.dialect
    return has_stray_quotes(suspect_lines(data, dialect), dialect)


def _text() -> pa.DataType:
    import pyarrow as pa

    return pa.string()


def _texts_of(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    return table.select([f.name for f in table.schema if pa.types.is_string(f.type)])


def _arrow(data: bytes, plan: Plan, types: dict[str, pa.DataType], quoted: bool) -> pa.Table | None:
    import pyarrow as pa
    from pyarrow import csv

    dialect = plan.plainly.dialect
    try:
        return csv.read_csv(
            pa.py_buffer(data),
            read_options=csv.ReadOptions(
                column_names=list(types), block_size=len(data) + 1, use_threads=False
            ),
            parse_options=csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote or False,
                newlines_in_values=quoted,
            ),
            convert_options=csv.ConvertOptions(
                column_types=types, null_values=list(plan.missing), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _holds_other_rows(table: pa.Table, plan: Plan) -> bool:
    """Whether rows that are no data may stand in a piece that was parsed fast."""
    import pyarrow as pa
    import pyarrow.compute as pc

    anchor = table.column(plan.anchor)
    if pa.types.is_string(anchor.type):
        lengths = pc.min(pc.binary_length(anchor)).as_py()
        if not lengths or pc.any(pc.utf8_is_space(anchor)).as_py():
            return _any_blank_row(table, plan)
    elif anchor.null_count and _any_blank_row(table, plan):
        return True
    first = table.column(0)
    if not pa.types.is_string(first.type):
        return False  # a header or a total would not have been parsed as a number or a date
    if pc.any(pc.equal(first, plan.columns[0].name)).as_py():
        return True
    return _any_subtotal(table)


def _any_blank_row(table: pa.Table, plan: Plan) -> bool:
    import pyarrow.compute as pc

    anchor = table.column(plan.anchor)
    rows = table.filter(_blank(anchor))
    blank = np.ones(rows.num_rows, dtype=bool)
    for column in rows.columns:
        blank &= as_mask(pc.fill_null(_blank(column), False))
    return bool(blank.any())


def _blank(array: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_string(array.type):
        return pc.equal(pc.utf8_trim_whitespace(pc.fill_null(array, "")), "")
    return pc.is_null(array)


def _any_subtotal(table: pa.Table) -> bool:
    """Whether the first cell of a row with blanks is the word for a total."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = pc.min_max(table.column(0)).as_py()
    if (ends["min"] or "") > " " and ends["max"] < "A":
        return False  # every first cell begins with a digit or a sign
    gaps = np.zeros(table.num_rows, dtype=bool)
    for column in table.columns[1:]:
        if pa.types.is_string(column.type):
            empty = pc.equal(pc.binary_length(column), 0)
            gaps |= as_mask(empty) if pc.any(empty).as_py() else False
        elif column.null_count:
            gaps |= as_mask(column.is_null())
    if not gaps.any():
        return False
    first = pc.unique(table.column(0).filter(pa.array(gaps)))
    return bool(is_subtotal(first).any())


def _careful(text: Text, piece: Piece, plan: Plan) -> Parsed:
    """Parse as text, leave out rows that are no data, and convert what converts."""
    data = text.copy(piece.begin, piece.end).replace(b"\0", b"").replace(LATER_MARK, b"\n")
    data = data.removeprefix(LATER_MARK[1:])
    quote = plan.plainly.dialect.quote.encode("utf-8")
    types = dict.fromkeys(plan.plainly.names, _text())
    replaced = 0
    if not _is_utf8(data):
        if not plan.lenient:
            raise OtherEncoding
        decoded = data.decode("utf-8", "replace")
        replaced, data = decoded.count("\N{REPLACEMENT CHARACTER}"), decoded.encode("utf-8")
    quoted = bool(quote) and quote in data
    stray = quoted and _breaks_rules(data, plan)
    table = None if stray else _arrow(data, plan, types, quoted)
    mended = Mended()
    if table is None or (quoted and swallowed_rows(table, plan.plainly.dialect)):
        table, mended = _ragged(data, plan)
    table, dropped, totals = _only_data(table, piece)
    parsed = _stored(table, plan)
    seen = replace(parsed, dropped=dropped, totals=totals, replaced=replaced)
    return replace(seen, mended=mended, begin=piece.begin)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _ragged(data: bytes, plan: Plan) -> tuple[pa.Table, Mended]:
    """Rows of other lengths: missing cells are left empty; more cells make it no plain file."""
    names = plan.plainly.names
    table, mended = parse_ragged(data.decode("utf-8"), plan.plainly.dialect, names, plan.file)
    if table.num_columns > len(names):
        raise NotInPieces("rows longer than the header")
    return table, mended


def _only_data(table: pa.Table, piece: Piece) -> tuple[pa.Table, dict[str, int], tuple[int, ...]]:
    """Leave out blank rows, repeated headers and totals."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = table.num_rows
    blank, header, gaps = (np.ones(rows, bool), np.ones(rows, bool), np.zeros(rows, bool))
    for place, (name, column) in enumerate(zip(table.column_names, table.columns, strict=True)):
        here = as_mask(_blank(column))
        blank &= here
        header &= as_mask(pc.equal(pc.utf8_trim_whitespace(column), name))
        gaps |= here if place else False
    header &= ~blank
    totals = gaps & ~blank & ~header & is_subtotal(table.column(0))
    left = np.flatnonzero(~(blank | header))
    for row in left[_edges(len(left), piece)].tolist():
        cells = [(column[row].as_py() or "").strip() for column in table.columns]
        totals[row] |= says_total(cells)
    dropped = {"blank-rows": int(blank.sum()), "repeated-header": int(header.sum())}
    where = tuple(np.flatnonzero(totals[left]).tolist())
    gone = blank | header | totals
    return (table.filter(pa.array(~gone)) if gone.any() else table), dropped, where


def _edges(rows: int, piece: Piece) -> list[int]:
    first = set(range(min(2, rows))) if piece.is_first else set()
    last = set(range(max(0, rows - TAIL_ROWS), rows)) if piece.is_last else set()
    return sorted(first | last)


def _stored(table: pa.Table, plan: Plan) -> Parsed:
    """The columns of the table in their stored types."""
    import pyarrow as pa

    unfit: dict[str, Unfit] = {}
    arrays, names = [], []
    for one, cells in zip(plan.columns, table.columns, strict=True):
        if one.column is None:
            if not as_mask(_blank(cells)).all():
                raise NotInPieces("a column that seemed blank is filled")
            continue
        if one.values is not None:
            _check_values(cells, one.values, table)
        fits = cells.type == one.stored
        arrays.append(cells if fits else _converted(cells, one, table, unfit))
        names.append(one.name)
    return Parsed(pa.Table.from_arrays(arrays, names=names), unfit)


def _check_values(array: pa.ChunkedArray, known: frozenset[str], table: pa.Table) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    here = pc.unique(array)
    strange = [text for text in here.to_pylist() if (text or "").strip().lower() not in known]
    if strange:
        rows = as_mask(pc.is_in(array, value_set=pa.array(strange, array.type)))
        raise Surprise(table.filter(pa.array(rows)).slice(0, _EVIDENCE_ROWS))


def _converted(
    array: pa.ChunkedArray, one: ColumnPlan, table: pa.Table, unfit: dict[str, Unfit]
) -> pa.Array:
    """Read text as the column's kind, once per different text."""
    import pyarrow as pa

    assert one.column is not None
    cells = cells_of(one.name, array)
    if one.column.kind is Kind.NUMBER:
        assert one.column.number is not None
        values = parse_numbers(cells.texts, one.column.number)
        unread = np.isnan(values)
        typed = np.append(values, np.nan)[cells.codes]
    else:
        assert one.column.date is not None
        values = parse_dates(cells.texts, one.column.date)
        unread = np.isnat(values)
        typed = np.append(values, np.datetime64("NaT", "us"))[cells.codes]
    gone = np.append(unread, True)[cells.codes]
    strange = unread & ~is_token(cells.texts, tuple(MISSING | MISSING_AMONG_NUMBERS))
    if strange.any():
        rows = np.flatnonzero(np.append(strange, False)[cells.codes])
        texts = cells.texts.take(pa.array(cells.codes[rows])).to_pylist()
        unfit[one.name] = Unfit(rows.tolist(), texts)
    if pa.types.is_integer(one.stored):
        odd = ~gone & (typed != np.round(typed))
        if odd.any():
            raise Surprise(table.filter(pa.array(odd)).slice(0, _EVIDENCE_ROWS))
        typed = np.where(gone, 0, typed).astype(np.int64)
    return pa.array(typed, type=one.stored, mask=gone)
