"""The one date of a table that says when its rows were made."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from upshot.tables.findings.base import Array, Look
from upshot.tables.kinds.base import words_of
from upshot.tables.schema import Kind

_MADE = re.compile(
    r" (?:date|created|create|time|timestamp|datum|fecha|ordered|order|day|week|month|at|dteday"
    r"|дата|erstellt|signup|paid) "
)
_OTHER = re.compile(
    r" (?:birth|born|dob|last|first|end|ends|close|closed|cancel\w*|updat\w*|modif\w*|renew\w*"
    r"|expir\w*|status|due|next|fulfilled|until) "
)
_FILLED, _FEWEST_DAYS = 0.98, 10


@dataclass(frozen=True, eq=False)
class Clock:
    """The column, and the time of each row looked at."""

    name: str
    times: Array


def clock_of(look: Look) -> Clock | None:
    """The first date column that is filled, moves on, and is named like the making of a row."""
    for column in look.columns(Kind.DATETIME):
        words = words_of(column.name)
        if not _MADE.search(words) or _OTHER.search(words):
            continue
        times = look.dates(column)
        known = ~np.isnat(times)
        if known.mean() >= _FILLED and len(np.unique(times[known])) >= _FEWEST_DAYS:
            return Clock(column.name, np.where(known, times, times[known].min()))
    return None
