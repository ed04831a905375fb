"""Data readiness in plain words: what is found in a table before any question is asked of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from upshot.tables.findings.base import Finding, Importance, Look, Offer, example_row
from upshot.tables.findings.notes import why
from upshot.tables.findings.registry import FINDERS
from upshot.tables.table import Table

__all__ = ["FINDERS", "Finding", "Importance", "Offer", "example_row", "find", "why"]

_ORDER = {Importance.MISTAKE: 0, Importance.DECISION: 1, Importance.REMARK: 2}
_FEWEST_ROWS = 2


def find(table: Table, today: date | None = None) -> tuple[Finding, ...]:
    """Look a table over, the most important findings first.

    Parameters
    ----------
    table : Table
        Its corrections count: what a person mended is not found again. Tables of more than
        `base.MOST_ROWS` rows are looked at in part; findings say so.
    today : date, optional
        The day after which a date lies in the future; the present day when not given.
    """
    if table.rows < _FEWEST_ROWS:
        return ()
    look = Look(table, today or datetime.now(UTC).date())
    counted_in = "file" if look.counts_as_file else "table"
    found = [
        replace(finding, counted_in=counted_in)
        for finder in FINDERS.values()
        for finding in finder(look)
    ]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.importance]))
