"""Whether a fit fits into memory, estimated before it begins."""

from __future__ import annotations

from collections.abc import Mapping

from upshot.learning.candidate import Candidate
from upshot.learning.features.encodings import ONE_HOT_LIMIT, encoding_parts
from upshot.learning.models import FAMILIES
from upshot.learning.table_facts import TableFacts
from upshot.wording import Figure, say

# Bytes per encoded cell while a table is encoded (float64 columns, their joined block, the float32
# matrix), and per 0/1 cell of a spread-out category; measured as the rise of resident memory on
# 150,000 rows of 30 columns, with a third on top.
_ENCODING_BYTES = 32
_FLAG_BYTES = 16
# Further bytes per cell while a family fits (its own copy, bins, gradients), measured likewise.
_FITTING_BYTES: Mapping[str, int] = {
    "linear": 12,
    "lightgbm": 8,
    "catboost": 16,
    "extra_trees": 8,
    "network": 40,
}
_UNKNOWN_BYTES = 40
# Calendar parts of a date, lengths of a text.
_PER_DATE, _PER_TEXT = 7, 2


def needed_bytes(candidate: Candidate, facts: TableFacts, rows: int) -> int:
    """Return roughly how much memory encoding and fitting a candidate takes.

    Parameters
    ----------
    candidate : Candidate
        What would be fitted.
    facts : TableFacts
        What the table looks like.
    rows : int
        Rows encoded for the fit, validation rows included.
    """
    per_cell = _ENCODING_BYTES + _FITTING_BYTES.get(candidate.family, _UNKNOWN_BYTES)
    parts = _parts(candidate)
    flags = 0
    if "onehot" in parts:
        flags = facts.categories * (min(facts.most_levels, ONE_HOT_LIMIT) + 2)
    return rows * (_width(candidate, facts, parts) * per_cell + flags * _FLAG_BYTES)


def memory_in_use() -> int:
    """Return the memory this process holds now."""
    import psutil

    return int(psutil.Process().memory_info().rss)


def in_words(amount: int) -> str:
    """Return an amount of memory as people say it."""
    amount = max(0, amount)
    if amount >= 1e9:
        return say("{number} GB", number=Figure(f"{amount / 1e9:.1f}"))
    return say("{number} MB", number=str(max(1, round(amount / 1e6))))


def _width(candidate: Candidate, facts: TableFacts, parts: frozenset[str]) -> int:
    params = candidate.params
    made = ("number.combinations", "category.crosses", "group.statistics")
    width = facts.numbers + sum(int(params.get(name, 0)) for name in made)
    width += facts.dates * _PER_DATE
    width += facts.texts * (_PER_TEXT + int(params.get("text.dimensions", 16)))
    outcomes = max(1, facts.n_classes - 1)
    return max(1, width + facts.categories * len(parts - {"onehot"}) * outcomes)


def _parts(candidate: Candidate) -> frozenset[str]:
    parts = encoding_parts(str(candidate.params.get("category.encoding", "native")))
    family = FAMILIES.get(candidate.family)
    if "native" in parts and family is not None and not family.native:
        parts = (parts - {"native"}) | {"onehot"}
    return parts
