"""A newly read file against an earlier Schema: same columns, same kinds, its own number formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.errors import Note
from upshot.tables.cells import Cells, cells_of
from upshot.tables.dates import find_date_format, parse_dates
from upshot.tables.kinds.boolean import boolean_format
from upshot.tables.missing import MISSING, MISSING_AMONG_NUMBERS, is_token, tokens_in
from upshot.tables.numbers import find_number_format, parse_numbers
from upshot.tables.schema import BooleanFormat, Column, DateFormat, Kind, Schema
from upshot.tables.table import Table
from upshot.wording import say, say_count

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class _Fitted:
    """A column of the new file under the old schema; ``unread`` marks cells that do not fit."""

    column: Column
    cells: Cells
    unread: np.ndarray


def conform(table: Table, schema: Schema) -> tuple[Table, tuple[Note, ...]]:
    """Read a table's cells as the columns of an earlier schema.

    Columns are matched by name (case and spaces forgiven) and put in the schema's order. Kinds are
    the schema's; how numbers, dates and yes/no are written is found in the new file. Columns that
    the schema does not know are left out, columns that the file lacks are filled with missing.

    Returns
    -------
    table : Table
        With a schema of the same names, kinds and version.
    notes : tuple of Note
        What had to be done, each naming its column.
    """
    import pyarrow as pa

    matched = match_columns(table.raw.column_names, schema.names)
    arrays, columns, notes = [], [], []
    for column in schema.columns:
        found = matched.get(column.name)
        if found is None:
            arrays.append(pa.nulls(table.rows, pa.string()))
            columns.append(column)
            notes.append(_missing_note(column))
            continue
        array = table.raw.column(found)
        fitted = _fit(array, column)
        arrays.append(array)
        columns.append(fitted.column)
        notes.extend(_unread_notes(fitted))
    extra = [name for name in table.raw.column_names if name not in set(matched.values())]
    if extra:
        notes.append(_extra_note(extra))
    raw = pa.Table.from_arrays([_flat(a) for a in arrays], names=list(schema.names))
    said = tuple(notes)
    return replace(table, raw=raw, schema=replace(schema, columns=tuple(columns)), notes=said), said


def _flat(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa

    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def match_columns(have: list[str], want: tuple[str, ...]) -> dict[str, str]:
    """Wanted name → name in the file; exact names first, then names that differ in form only."""
    matched = {name: name for name in want if name in set(have)}
    taken = set(matched.values())
    loose: dict[str, list[str]] = {}
    for name in have:
        if name not in taken:
            loose.setdefault(_form(name), []).append(name)
    for name in want:
        near = loose.get(_form(name), [])
        if name not in matched and len(near) == 1:
            matched[name] = near[0]
            loose.pop(_form(name))
    return matched


def _form(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold() or name


def _fit(array: pa.ChunkedArray, column: Column) -> _Fitted:
    cells = cells_of(column.name, array)
    words = MISSING | MISSING_AMONG_NUMBERS if column.kind in _BY_FORMAT else MISSING
    tokens = tuple(sorted({*tokens_in(cells, words), *column.missing_tokens}))
    held = cells.keep(~is_token(cells.texts, (*tokens, *column.marked_missing)))
    fit = _BY_FORMAT.get(column.kind, _as_it_is)
    return fit(held, replace(column, missing_tokens=tokens))


def _as_it_is(cells: Cells, column: Column) -> _Fitted:
    return _Fitted(column, cells, np.zeros(cells.distinct, dtype=bool))


def _fit_number(cells: Cells, column: Column) -> _Fitted:
    finding = find_number_format(cells, prefer=column.number)
    if not cells.distinct or not finding.share:
        return _Fitted(column, cells, np.ones(cells.distinct, dtype=bool))
    unread = np.isnan(parse_numbers(cells.texts, finding.written))
    return _Fitted(replace(column, number=finding.written), cells, unread)


def _fit_datetime(cells: Cells, column: Column) -> _Fitted:
    earlier = column.date or DateFormat()
    finding = find_date_format(cells, prefer=earlier)
    kept = np.isnat(parse_dates(cells.texts, earlier))
    if cells.share(~kept) >= finding.share and not _contradicted(finding.order, earlier):
        return _Fitted(column, cells, kept)
    unread = np.isnat(parse_dates(cells.texts, finding.written))
    return _Fitted(replace(column, date=finding.written), cells, unread)


def _contradicted(order: str | None, earlier: DateFormat) -> bool:
    """Whether the new file's values decide for another order than the earlier file had."""
    if order is None:
        return False
    usual = next((p for p in earlier.patterns if "%d" in p and "%m" in p and p[:2] != "%Y"), None)
    if usual is None:
        return False
    day_first = usual.index("%d") < usual.index("%m")
    return day_first != (order == "day-first")


def _fit_boolean(cells: Cells, column: Column) -> _Fitted:
    earlier = column.boolean or BooleanFormat()
    spellings = cells.lower()
    known = {*earlier.true, *earlier.false}
    new = tuple(sorted(set(spellings) - known))
    more = boolean_format(new) if new else None
    written = earlier
    if more is not None:
        written = BooleanFormat((*earlier.true, *more.true), (*earlier.false, *more.false))
    known = {*written.true, *written.false}
    unread = np.array([text not in known for text in spellings], dtype=bool)
    return _Fitted(replace(column, boolean=written), cells, unread)


_BY_FORMAT = {
    Kind.NUMBER: _fit_number,
    Kind.DATETIME: _fit_datetime,
    Kind.BOOLEAN: _fit_boolean,
}


def _missing_note(column: Column) -> Note:
    return Note(
        "column-missing",
        say(
            "The file has no column `{column}`. We treat it as missing in every row.",
            column=column.name,
        ),
        column.name,
        say("Add the column for better predictions."),
        "warning",
    )


def _extra_note(extra: list[str]) -> Note:
    shown = ", ".join(f"`{name}`" for name in extra[:10])
    if len(extra) > 10:
        shown = say("{names} and {more} more", names=shown, more=len(extra) - 10)
    return Note(
        "column-extra", say("The file has columns that are not used: {names}.", names=shown)
    )


def _unread_notes(fitted: _Fitted) -> list[Note]:
    cells, column = fitted.cells, fitted.column
    if not fitted.unread.any():
        return []
    row = cells.first_row(fitted.unread)
    text = cells.texts[int(cells.codes[row])].as_py()[:40]
    count = int(cells.counts[fitted.unread].sum())
    note = Note(
        "cell-does-not-fit",
        _unread_said(column, count, row + 1, text),
        column.name,
        say("`{column}` should hold what it held when the model learned.", column=column.name),
        "warning",
    )
    return [note]


def _unread_said(column: Column, count: int, row: int, text: str) -> str:
    if column.kind is Kind.NUMBER:
        return say_count(
            "{number} cell is no number in `{column}`, the first in row {row} ('{text}'). "
            "We treat them as missing.",
            "{number} cells are no number in `{column}`, the first in row {row} ('{text}'). "
            "We treat them as missing.",
            count,
            column=column.name,
            row=row,
            text=text,
        )
    if column.kind is Kind.DATETIME:
        return say_count(
            "{number} cell is no date in `{column}`, the first in row {row} ('{text}'). "
            "We treat them as missing.",
            "{number} cells are no date in `{column}`, the first in row {row} ('{text}'). "
            "We treat them as missing.",
            count,
            column=column.name,
            row=row,
            text=text,
        )
    return say_count(
        "{number} cell is no yes or no in `{column}`, the first in row {row} ('{text}'). "
        "We treat them as missing.",
        "{number} cells are no yes or no in `{column}`, the first in row {row} ('{text}'). "
        "We treat them as missing.",
        count,
        column=column.name,
        row=row,
        text=text,
    )
