"""Rows that somebody typed in to try something out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.errors import Remedy
from upshot.tables.findings.base import Finding, Importance, Look, first, one
from upshot.tables.trials import can_tell, trial_rows
from upshot.wording import say, say_count

# In a file made of examples every row looks like a test: then none is one.
_MOST = 0.05


def find_tests(look: Look) -> Iterator[Finding]:
    """An address such as test@…, a name such as "Test Test", a remark such as "do not use"."""
    names = []
    marked = np.zeros(look.rows, dtype=bool)
    for column in look.whole.schema.columns:
        if not can_tell(column):
            continue
        here = trial_rows(look.table, (column.name,))
        if 0 < here.mean() <= _MOST:
            names.append(column.name)
            marked |= here
    count = int(marked.sum())
    if not count:
        return
    row = first(marked)
    shown = next(n for n in names if trial_rows(look.table, (n,))[row])
    yield Finding(
        "test-rows",
        Importance.MISTAKE,
        say_count(
            "{number} row looks like a test of yours: `{column}` is '{value}'.",
            "{number} rows look like tests of yours. In one of them `{column}` is '{value}'.",
            count,
            column=shown,
            value=look.written(look.whole.schema.column(shown), row),
        ),
        say("Nobody bought or left in a test, so such rows teach something untrue."),
        say("Leave them out of learning."),
        tuple(names),
        look.row_number(row),
        count,
        (one(Remedy("drop-tests", names[0], tuple(names[1:]))),),
        look.looked_at,
    )
