"""How each column of a large file is parsed and stored, decided on its sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from upshot.tables.cells import cells_of
from upshot.tables.csv_text import Plainly
from upshot.tables.missing import MISSING, MISSING_AMONG_NUMBERS
from upshot.tables.numbers import AUTO
from upshot.tables.schema import Column, Kind, NumberFormat
from upshot.tables.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

_ISO = frozenset({"%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"})
# A text column of at most this share of different values is written with a dictionary.
_DICTIONARY_SHARE = 0.1
_LONGEST_WHOLE = 15


@dataclass(frozen=True)
class ColumnPlan:
    """One column of the file.

    Attributes
    ----------
    name : str
        Its name.
    column : Column or None
        What it was judged to be; None for a column that is left out because it is blank.
    stored : pyarrow.DataType
        The type it is stored with.
    direct : bool
        Whether the parser reads the stored type itself; else it reads text that we convert.
    few : bool
        Whether it holds few different values.
    values : frozenset of str or None
        All texts it may hold (lower case), for kinds that are true of every row or of none.
    """

    name: str
    column: Column | None
    stored: pa.DataType
    direct: bool
    few: bool
    values: frozenset[str] | None = None


@dataclass(frozen=True)
class Plan:
    """All columns of the file, and how its text is parsed.

    ``missing`` holds the spellings of "no value" among numbers and dates, as written; ``anchor`` is
    the column that is hardly ever blank: a row where it is filled is no blank row. ``lenient``
    means that letters which cannot be read are replaced: the file is UTF-8 with mistakes.
    """

    plainly: Plainly
    columns: tuple[ColumnPlan, ...]
    missing: tuple[str, ...]
    anchor: str
    file: str
    lenient: bool = False

    @property
    def kept(self) -> tuple[ColumnPlan, ...]:
        """The columns of the table."""
        return tuple(one for one in self.columns if one.column is not None)


def make_plan(plainly: Plainly, table: Table, file: str, *, lenient: bool = False) -> Plan:
    """Decide from the judged sample how every column is parsed."""
    columns = tuple(_plan_column(name, table) for name in plainly.names)
    blanks = {
        one.name: _blank_share(table.raw.column(one.name)) - 0.001 * (not one.direct)
        for one in columns
        if one.column is not None
    }
    anchor = min(blanks, key=lambda name: blanks[name])
    written: set[str] = {""}
    for one in columns:
        if one.column is not None and one.direct and one.column.missing_tokens:
            written |= _spelled(table.raw.column(one.name), one.column.missing_tokens)
    return Plan(plainly, columns, tuple(sorted(written)), anchor, file, lenient)


def _plan_column(name: str, table: Table) -> ColumnPlan:
    import pyarrow as pa

    if name not in table.schema:
        return ColumnPlan(name, None, pa.string(), False, True)
    column = table.schema.column(name)
    cells = cells_of(name, table.raw.column(name))
    few = cells.distinct <= max(20, _DICTIONARY_SHARE * cells.filled)
    if column.kind is Kind.NUMBER and column.number is not None:
        stored, direct = _number_type(column.number, cells.texts), _is_plain(column.number)
        return ColumnPlan(name, column, stored, direct, few)
    if column.kind is Kind.DATETIME and column.date is not None and column.date.patterns:
        return ColumnPlan(
            name, column, pa.timestamp("us"), set(column.date.patterns) <= _ISO, False
        )
    known = None
    if column.kind in (Kind.BOOLEAN, Kind.CONSTANT):
        known = frozenset(cells.lower()) | MISSING
    return ColumnPlan(name, column, pa.string(), True, few, known)


def _is_plain(written: NumberFormat) -> bool:
    odd = written.thousands or written.currency or written.percent or written.clock or written.unit
    return written.decimal == "." and not odd and written.decimal != AUTO


def _number_type(written: NumberFormat, texts: pa.Array) -> pa.DataType:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not _is_plain(written):
        return pa.float64()
    words = pa.array(sorted(MISSING | MISSING_AMONG_NUMBERS), pa.string())
    known = texts.filter(pc.invert(pc.is_in(pc.utf8_lower(texts), value_set=words)))
    whole = pc.all(pc.match_substring_regex(known, rf"^-?\d{{1,{_LONGEST_WHOLE}}}$")).as_py()
    return pa.int64() if whole else pa.float64()


def _blank_share(array: pa.ChunkedArray) -> float:
    import pyarrow.compute as pc

    blank = pc.equal(pc.utf8_trim_whitespace(pc.fill_null(array, "")), "")
    return float(pc.mean(blank.cast("float64")).as_py() or 0.0)


def _spelled(array: pa.ChunkedArray, tokens: tuple[str, ...]) -> set[str]:
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = pc.unique(array)
    low = pc.utf8_lower(pc.utf8_trim_whitespace(texts))
    return set(texts.filter(pc.is_in(low, value_set=pa.array(tokens, pa.string()))).to_pylist())
