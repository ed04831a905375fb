"""Rows that end before they start."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.errors import Remedy
from upshot.tables.findings.base import Finding, Importance, Look, first, one, share, word_set
from upshot.tables.kinds.base import words_of
from upshot.tables.schema import Column, Kind
from upshot.wording import say, say_count

_STARTS = word_set(
    "start starts started begin beginning began created create opened open signup joined ordered "
    "order from checkin registered purchased beginn anfang début inicio"
)
_ENDS = word_set(
    "end ends ended finish finished closed close cancelled canceled churned churn expired expiry "
    "until to checkout delivered shipped completed ende fin fim"
)
_FILLER = word_set("date time at on day datum fecha timestamp utc")
# Rows in the wrong order are slips: with more of them, the two columns are no start and end.
_MOST = 0.05
_FEWEST_ROWS = 20


def find_reversed_dates(look: Look) -> Iterator[Finding]:
    """A start and an end that belong together by name, in the wrong order in a few rows."""
    dates = look.columns(Kind.DATETIME)
    for start in dates:
        for end in dates:
            if start is not end and _belong(start, end):
                yield from _in_pair(look, start, end)


def _belong(start: Column, end: Column) -> bool:
    opening = frozenset(words_of(start.name).split()) - _FILLER
    closing = frozenset(words_of(end.name).split()) - _FILLER
    if not opening & _STARTS or not closing & _ENDS:
        return False
    return opening - _STARTS == closing - _ENDS


def _in_pair(look: Look, start: Column, end: Column) -> Iterator[Finding]:
    begins, ends = look.dates(start), look.dates(end)
    both = ~np.isnat(begins) & ~np.isnat(ends)
    # A start with a time of day and an end without: compared by day.
    wrong = both & (ends.astype("datetime64[D]") < begins.astype("datetime64[D]"))
    count = int(wrong.sum())
    if both.sum() < _FEWEST_ROWS or not 0 < count <= _MOST * both.sum():
        return
    row = first(wrong)
    yield Finding(
        "reversed-dates",
        Importance.MISTAKE,
        say_count(
            "`{end}` comes before `{start}` in one row: '{ended}' before '{started}'.",
            "`{end}` comes before `{start}` in {number} rows ({share}), such as '{ended}' before "
            "'{started}'.",
            count,
            start=start.name,
            end=end.name,
            share=share(count, look.rows),
            started=look.written(start, row),
            ended=look.written(end, row),
        ),
        say("Nothing ends before it starts, so at least one of the two dates is wrong."),
        say("Leave these rows out of learning."),
        (start.name, end.name),
        look.row_number(row),
        count,
        (one(Remedy("drop-reversed", start.name, (end.name,))),),
        look.looked_at,
    )
