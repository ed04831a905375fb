"""Columns that say the same as another column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.tables.findings.base import Array, Finding, Importance, Look, ignoring, named
from upshot.tables.schema import Column, Kind
from upshot.wording import say

_KINDS = (Kind.CATEGORY, Kind.BOOLEAN, Kind.NUMBER, Kind.DATETIME)
_FEWEST_ROWS = 50
# Each value of a recoding must stand in this many rows on average: otherwise any two columns of
# nearly unique values are recodings of each other.
_EACH = 5
# A second value must stand in this many rows for two columns to agree by more than chance.
_FEWEST_OTHERS = 10
_LINEAR = 1 - 1e-9
# With two values a recoding may be the very outcome; with more it is a name beside a code.
_TWO = 2
# More of them than this are told in one sentence.
_MOST_PAIRS = 3


def find_copies(look: Look) -> Iterator[Finding]:
    """Equal values, or one value of the other for each value of the one."""
    if look.rows < _FEWEST_ROWS:
        return
    columns = [column for column in look.columns(*_KINDS) if column.personal is None]
    codes = {column.name: _codes(look, column) for column in columns}
    groups: dict[bytes, list[Column]] = {}
    for column in columns:
        code = codes[column.name]
        if _tells(code):
            # Codes are given in order of first appearance: a recoding has the very same codes.
            groups.setdefault(code.tobytes(), []).append(column)
    for one, *others in groups.values():
        pairs = [_pair(look, one, other, codes[other.name]) for other in others]
        found = [finding for finding in pairs if finding is not None]
        if len(found) > _MOST_PAIRS:
            yield _together(look, one, [finding.columns[1] for finding in found])
        else:
            yield from found


def _codes(look: Look, column: Column) -> Array:
    import pandas as pd

    codes, _ = pd.factorize(look.data[column.name], use_na_sentinel=True)
    return np.asarray(codes, dtype=np.int64)


def _tells(codes: Array) -> bool:
    counts = np.bincount(codes[codes >= 0])
    return len(counts) > 1 and int(counts.sum() - counts.max()) >= _FEWEST_OTHERS


def _pair(look: Look, one: Column, other: Column, codes: Array) -> Finding | None:
    equal = _equal(look, one, other)
    levels = int(codes.max(initial=-1)) + 1
    if not equal and not _recodes(look, one, other, levels):
        return None
    row = int(np.argmax(codes >= 0))
    said = (
        say("`{other}` repeats `{one}` in every row.", one=one.name, other=other.name)
        if equal
        else say(
            "`{other}` says the same as `{one}` in other words: where one is '{this}', the other "
            "is always '{that}'.",
            one=one.name,
            other=other.name,
            this=look.written(one, row),
            that=look.written(other, row),
        )
    )
    return Finding(
        "copy",
        Importance.DECISION if equal or levels == _TWO else Importance.REMARK,
        said,
        say(
            "Both would share the credit for one effect. If one of them is what you want to "
            "foretell, the other gives the answer away."
        ),
        say("Ignore one of them, and keep the one you want to foretell or can act on."),
        (one.name, other.name),
        look.row_number(row),
        offers=(ignoring([other.name]), ignoring([one.name])),
        looked_at=look.looked_at,
    )


def _recodes(look: Look, one: Column, other: Column, levels: int) -> bool:
    """Whether two columns that part the rows alike do so for more than chance or the calendar."""
    if levels > look.rows / _EACH or Kind.DATETIME in (one.kind, other.kind):
        return False
    if one.kind is not Kind.NUMBER or other.kind is not Kind.NUMBER:
        return True
    # Two numbers that merely change together are not one: only a scale or a shift is.
    left, right = look.numbers(one), look.numbers(other)
    known = np.isfinite(left) & np.isfinite(right)
    return bool(abs(np.corrcoef(left[known], right[known])[0, 1]) > _LINEAR)


def _together(look: Look, one: Column, names: list[str]) -> Finding:
    """Many columns that part the rows alike are one finding."""
    return Finding(
        "copy-many",
        Importance.REMARK,
        say(
            "`{one}` tells all that {number} other columns tell: {names}.",
            one=one.name,
            number=len(names),
            names=named(names),
        ),
        say("They would share the credit for one effect, each with a small part of it."),
        say("Ignore all of them but the one you want to foretell or can act on."),
        (one.name, *names),
        offers=(ignoring(names),),
        looked_at=look.looked_at,
    )


def _equal(look: Look, one: Column, other: Column) -> bool:
    if one.kind is not other.kind:
        return False
    if one.kind is Kind.NUMBER:
        return bool(np.array_equal(look.numbers(one), look.numbers(other), equal_nan=True))
    left, right = look.data[one.name].astype("object"), look.data[other.name].astype("object")
    return bool(left.equals(right))
