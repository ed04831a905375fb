"""Formats that nobody wrote down yet, found in the cells and kept in the Schema.

A person may say that a column holds numbers, dates or yes and no. How they are written is then
guessed from the cells at hand; whoever reads later files needs the same reading, so the guess is
kept before anything is learned.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from upshot.tables.cells import Cells, cells_of, native_type
from upshot.tables.dates import guess_date_format
from upshot.tables.kinds.boolean import guess_boolean
from upshot.tables.kinds.number import guess_number_format
from upshot.tables.missing import held
from upshot.tables.schema import Column, Kind

if TYPE_CHECKING:
    from upshot.tables.table import Table


def settled(table: Table) -> Table:
    """Return the table with a format for every column whose kind needs one."""
    columns = tuple(
        _settled(column, table) if _is_open(column) else column for column in table.schema.columns
    )
    if columns == table.schema.columns:
        return table
    return table.with_schema(replace(table.schema, columns=columns))


def _is_open(column: Column) -> bool:
    written = {Kind.NUMBER: column.number, Kind.DATETIME: column.date, Kind.BOOLEAN: column.boolean}
    return column.kind in written and written[column.kind] is None


def _settled(column: Column, table: Table) -> Column:
    array = table.raw.column(column.name)
    if native_type(array.type) != "text" and column.kind is Kind.NUMBER:
        return column
    cells: Cells = held(cells_of(column.name, array), column)
    if column.kind is Kind.NUMBER:
        return replace(column, number=guess_number_format(cells))
    if column.kind is Kind.DATETIME:
        return replace(column, date=guess_date_format(cells))
    return replace(column, boolean=guess_boolean(cells))
