"""Dates that have not come yet, in columns of what has happened."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from upshot.errors import Remedy
from upshot.tables.findings.base import Finding, Importance, Look, first, one, share
from upshot.tables.kinds.base import words_of
from upshot.tables.schema import Column, Kind
from upshot.wording import say, say_count

# Clocks and time zones differ; a day ahead is no mistake.
_SLACK = np.timedelta64(2, "D")
# More than this share of future dates is meant: a plan, a renewal, an end.
_MOST = 0.2
# So many different dates are still a list of values; beyond, no single click mends them.
_MOST_VALUES = 50
_BIRTH = re.compile(r" (?:birth|born|dob|birthday|birthdate|geburtsdatum|naissance|nacimiento) ")
_MAY_COME = re.compile(
    r" (?:end|ends|expir\w*|renew\w*|due|next|close|closing|until|valid|trial|planned|expected"
    r"|scheduled|checkout|check|arrival|departure|delivery|deliver|estimated|target|forecast|event"
    r"|appointment|follow|ablauf\w*|ende|fin|maturity|start|starts|begin) "
)


def find_future_dates(look: Look) -> Iterator[Finding]:
    """After the day of reading: births always, other dates where they tell of something done."""
    limit = np.datetime64(look.today, "us") + _SLACK
    for column in look.columns(Kind.DATETIME):
        words = words_of(column.name)
        born = bool(_BIRTH.search(words))
        if not born and _MAY_COME.search(words):
            continue
        dates = look.dates(column)
        known = ~np.isnat(dates)
        ahead = known & (dates > limit)
        count = int(ahead.sum())
        if count and (born or count <= _MOST * int(known.sum())):
            yield _finding(look, column, ahead)


def _finding(look: Look, column: Column, ahead: np.ndarray) -> Finding:
    count, row = int(ahead.sum()), first(ahead)
    cells = look.cells(column)
    texts = tuple(
        sorted({cells.texts[int(code)].as_py() for code in np.unique(cells.codes[ahead])})
    )
    listed = len(texts) <= _MOST_VALUES
    return Finding(
        "future-date",
        Importance.MISTAKE,
        say_count(
            "`{column}` lies in the future in one row: '{value}'.",
            "`{column}` lies in the future in {number} rows ({share}), such as '{value}'.",
            count,
            column=column.name,
            share=share(count, look.rows),
            value=look.written(column, row),
        ),
        say(
            "What has not happened yet cannot have been recorded. Such a date is a placeholder, or "
            "day and month were swapped; as a date it misleads the model."
        ),
        say("Treat these dates as missing.")
        if listed
        else say("Check whether day and month are read in the right order, or ignore the column."),
        (column.name,),
        look.row_number(row),
        count,
        (one(Remedy("treat-missing", column.name, texts)),) if listed else (),
        look.looked_at,
    )
