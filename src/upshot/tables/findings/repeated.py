"""Rows that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.errors import Remedy
from upshot.tables.findings.base import Array, Finding, Importance, Look, first, one, share
from upshot.tables.repeats import repeats
from upshot.tables.schema import Kind, Personal
from upshot.wording import say, say_count

# Rows without a key may be alike by chance. So many pairs would be if columns had nothing to do
# with each other; they have, so real chance is larger, and repeats must be far more than that.
_BEYOND_CHANCE = 10
# Fewer of them change no result; more of them decide it.
_TELLING, _MANY = 0.005, 0.05


def find_repeats(look: Look) -> Iterator[Finding]:
    """All cells equal to those of an earlier row, where that can hardly be chance."""
    table = look.whole.for_learning
    found = repeats(table.raw)
    count = int(found.sum())
    if not count:
        return
    keyed = _has_key(look)
    if not keyed and count < max(_BEYOND_CHANCE * _by_chance(look), _TELLING * table.rows):
        return
    if keyed:
        why = say(
            "Rows that stand twice count twice. The same row may also be in the lesson and in the "
            "test, which makes results look better than they are."
        )
    else:
        why = say(
            "No column names the rows, so these may be different people who are alike. If they are "
            "the same, they count twice and results look better than they are."
        )
    yield Finding(
        "repeats",
        _importance(keyed, count / table.rows),
        say_count(
            "{number} row ({share}) repeats an earlier row in every column.",
            "{number} rows ({share}) repeat an earlier row in every column.",
            count,
            share=share(count, table.rows),
        ),
        why,
        say("Learn from each such row once."),
        row=look.kept_number(first(found)),
        rows=count,
        offers=(one(Remedy("drop-repeats", "")),),
    )


def _importance(keyed: bool, part: float) -> Importance:
    if keyed:
        return Importance.MISTAKE
    return Importance.DECISION if part > _MANY else Importance.REMARK


def _has_key(look: Look) -> bool:
    """Whether a column tells rows apart: a key, an e-mail address, or a moment in time."""
    for column in look.columns():
        keyed = column.kind is Kind.IDENTIFIER and column.role != "row number"
        if keyed or column.personal in (Personal.EMAIL, Personal.PHONE):
            filled = look.data[column.name].dropna()
            # A key that stands in many rows anyway (an order of several lines) tells nothing.
            if filled.nunique() > 0.9 * max(1, len(filled)):
                return True
    return False


def _by_chance(look: Look) -> float:
    """How many pairs of rows would be equal if the columns were independent."""
    import pandas as pd

    chance = look.whole.rows**2 / 2
    for name in look.data.columns:
        codes, _ = pd.factorize(look.data[name], use_na_sentinel=False)
        shares = np.bincount(codes) / len(codes)
        chance *= float(_square(shares))
    return chance


def _square(shares: Array) -> float:
    return float((shares**2).sum())
