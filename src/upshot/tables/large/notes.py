"""What a person should know of a large file: the sample's notes, with the whole file's counts."""

from __future__ import annotations

from dataclasses import replace

from upshot.errors import Note
from upshot.tables.clean import note_of_blank_rows, note_of_headers, note_of_totals
from upshot.tables.csv_text import note_of_replaced
from upshot.tables.kinds.number import unreadable_numbers
from upshot.tables.large.stored import Unfit
from upshot.tables.large.stream import Seen
from upshot.tables.schema import Kind
from upshot.tables.table import MOST_LEARNED_ROWS, Table
from upshot.wording import say

# What is counted in all rows, so that the sample's figures do not stand beside the whole file's.
_COUNTED = frozenset(
    {
        "blank-rows",
        "comment-lines",
        "foreign-lines",
        "long-rows",
        "repeated-header",
        "short-rows",
        "stray-quotes",
        "totals",
        "unclosed-quote",
        "unreadable-number",
    }
)


def tell(judged: Table, seen: Seen, rows: int) -> Table:
    """The table as judged, without rows, with what all rows of the file told."""
    told = [note for note in judged.notes if note.code not in _COUNTED]
    counted: list[Note] = []
    if blank := seen.dropped.get("blank-rows", 0):
        counted.append(note_of_blank_rows(blank))
    if headers := seen.dropped.get("repeated-header", 0):
        counted.append(note_of_headers(headers))
    if seen.totals:
        counted.append(note_of_totals(set(seen.totals), rows + len(seen.totals)))
    counted.extend(seen.mended.notes())
    counted.extend(
        _unreadable(name, unfit)
        for name, unfit in seen.unfit.items()
        if judged.schema.column(name).kind is Kind.NUMBER
    )
    skipped = replace(judged.source.skipped, totals=len(seen.totals))
    source = replace(judged.source, skipped=skipped)
    if seen.replaced:
        counted.append(note_of_replaced(seen.replaced))
    if rows > MOST_LEARNED_ROWS:
        counted.append(_learned(rows))
    return replace(judged, notes=(*told, *counted), source=source)


def _learned(rows: int) -> Note:
    message = say(
        "The table has {rows} rows. Upshot learns from {learned} of them, spread evenly over the "
        "whole file.",
        rows=rows,
        learned=MOST_LEARNED_ROWS,
    )
    return Note("many-rows", message)


def _unreadable(name: str, unfit: Unfit) -> Note:
    return unreadable_numbers(name, len(unfit.rows), unfit.rows[0], unfit.texts[0])
