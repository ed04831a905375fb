"""Dates and times."""

from __future__ import annotations

from upshot.errors import Note
from upshot.tables.cells import Cells
from upshot.tables.dates import find_date_format
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of
from upshot.tables.schema import DateFormat, Kind

_ENOUGH = 0.95
_DATE_WORDS = (
    "date", "day", "time", "created", "updated", "datum", "tag", "jour", "fecha", "data", "dia",
    "dt", "timestamp", "week", "month", "birthday",
)  # fmt: skip


def recognise_datetime(cells: Cells, hints: Hints) -> Found | Declined:
    """Nearly all cells are dates of at most a dozen patterns."""
    if cells.native == "datetime":
        return Found(Kind.DATETIME, date=DateFormat(("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")))
    if cells.native in {"float", "boolean"}:
        return Declined("the file says it is no date")
    finding = find_date_format(cells, order_hint=hints.order)
    if finding.share < _ENOUGH:
        return Declined(f"only {finding.share:.0%} of its cells are dates")
    compact = finding.written.patterns == ("%Y%m%d",)
    if compact and finding.share < 1 and not names_one_of(cells.name, _DATE_WORDS):
        return Declined("its numbers only look like dates now and then")
    return Found(
        Kind.DATETIME,
        date=finding.written,
        confidence=0.6 if finding.written.ambiguous else finding.share,
        notes=_notes(cells, finding.written),
        order=finding.order,
    )


def _notes(cells: Cells, written: DateFormat) -> tuple[Note, ...]:
    if not written.ambiguous:
        return ()
    day_first = written.patterns[0].index("%d") < written.patterns[0].index("%m")
    order = "day before month" if day_first else "month before day"
    example = cells.texts[0].as_py()
    note = Note(
        "ambiguous-date",
        f"The dates in `{cells.name}` can be read two ways. We read '{example}' with the {order}.",
        cells.name,
        "Change it if that is wrong.",
        "warning",
    )
    return (note,)
