"""Columns that are the same in nearly every row."""

from __future__ import annotations

from collections.abc import Iterator

from upshot.tables.findings.base import Finding, Importance, Look, ignoring, named
from upshot.tables.schema import Kind
from upshot.wording import say, say_count

# Fewer other rows than a question needs of each outcome (`questions.limits.FEWEST_OUTCOMES`): they
# leave fewer than two in each of five folds, and nothing can be learned from them.
_FEWEST_OTHERS = 10
_FEWEST_ROWS = 500


def find_nearly_constant(look: Look) -> Iterator[Finding]:
    """Fewer than ten rows hold anything else than the one most frequent value."""
    if look.rows < _FEWEST_ROWS:
        return
    names = []
    for column in look.columns(Kind.CATEGORY, Kind.BOOLEAN, Kind.NUMBER):
        counts = look.data[column.name].value_counts(dropna=False)
        others = look.rows - int(counts.iloc[0])
        if 0 < others < _FEWEST_OTHERS and column.personal is None:
            names.append(column.name)
    if not names:
        return
    yield Finding(
        "nearly-constant",
        Importance.REMARK,
        say_count(
            "{names} is the same in all but a few rows.",
            "{number} columns are the same in all but a few rows: {names}.",
            len(names),
            names=named(names),
        ),
        say(
            "A value that stands in fewer than {fewest} rows is too rare to learn from.",
            fewest=_FEWEST_OTHERS,
        ),
        say("Leave them out: answers become shorter and lose nothing."),
        tuple(names),
        offers=(ignoring(names),),
        looked_at=look.looked_at,
    )
