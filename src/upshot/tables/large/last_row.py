"""The last row of a large file, which may be the sum of all the others without saying so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from upshot.tables.clean import SUM_TOLERANCE
from upshot.tables.large.parse import OtherEncoding, Parsed, Surprise, parse_piece
from upshot.tables.large.pieces import NotInPieces, Piece, Text
from upshot.tables.large.plan import Plan

if TYPE_CHECKING:
    import pyarrow as pa

# What makes a row a total in a file that is read as a whole (`upshot.tables.clean`).
_FEWEST_SUMS = 2
_FEWEST_SUMMED = 2


@dataclass
class LastRow:
    """A last row with figures beside blanks, and what the rows above it sum up to.

    Attributes
    ----------
    begin : int
        Where it begins in the file.
    parsed : Parsed
        The row by itself.
    figures : dict
        Its numbers by column.
    worded : set of str
        Columns of words and dates in which it is blank, and no row above it has been so far.
    """

    begin: int
    parsed: Parsed
    figures: dict[str, float]
    worded: set[str]
    _sums: dict[str, float] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, rows: pa.Table) -> None:
        """Note rows that stand above it."""
        import pyarrow.compute as pc

        if not self.worded:
            return
        for name in self.figures:
            column = rows.column(name)
            self._sums[name] = self._sums.get(name, 0.0) + (pc.sum(column).as_py() or 0)
            others = pc.sum(pc.not_equal(column, 0)).as_py() or 0
            self._counts[name] = self._counts.get(name, 0) + others
        self.worded = {name for name in self.worded if not _any_blank(rows.column(name))}

    def is_total(self) -> bool:
        """Whether its figures are the sums of those above, where all rows above have words."""
        sums = sum(
            self._counts.get(name, 0) >= _FEWEST_SUMMED
            and abs(self._sums[name] - figure) <= SUM_TOLERANCE * abs(figure)
            for name, figure in self.figures.items()
        )
        return bool(self.worded) and sums >= _FEWEST_SUMS

    def left_out(self) -> Parsed:
        """Without the row, which is a total."""
        return replace(self.parsed, table=self.parsed.table.slice(0, 0), unfit={}, totals=(0,))


def last_row(text: Text, begin: int, end: int, plan: Plan) -> LastRow | None:
    """The last row between two places of the file, where it may be a total."""
    at = text.last_line(begin, end)
    quote = plan.plainly.dialect.quote.encode("utf-8")
    piece = Piece(at, end, is_first=False, is_last=True)
    if at <= begin or (quote and text.holds(quote, piece)):
        return None
    try:
        parsed = parse_piece(text, piece, plan)
    except (Surprise, NotInPieces, OtherEncoding):
        return None  # it is met again where it stands
    if parsed.table.num_rows != 1 or parsed.mended or parsed.replaced:
        return None
    figures, worded = _cells(parsed.table)
    if len(figures) < _FEWEST_SUMS or not worded:
        return None
    return LastRow(at, parsed, figures, worded)


def _cells(row: pa.Table) -> tuple[dict[str, float], set[str]]:
    """The numbers of a row other than 0, and the columns of words in which it is blank."""
    import pyarrow as pa

    figures, worded = {}, set()
    for name, column in zip(row.column_names, row.columns, strict=True):
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            value = column[0].as_py()
            if value:
                figures[name] = float(value)
        elif _any_blank(column):
            worded.add(name)
    return figures, worded


def _any_blank(column: pa.ChunkedArray) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.null_count or not pa.types.is_string(column.type):
        return bool(column.null_count)
    return bool(pc.any(pc.equal(pc.utf8_trim_whitespace(column), "")).as_py())
