"""From cells to a Schema: count, set missing aside, ask every kind, let the columns agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from upshot.errors import InternalError, Note, Remedy
from upshot.tables.cells import Cells, cells_of
from upshot.tables.kinds import RECOGNISERS, Declined, Found, Hints
from upshot.tables.missing import (
    MISSING,
    MISSING_AMONG_NUMBERS,
    SENTINELS,
    SUSPECTS,
    is_token,
    tokens_in,
)
from upshot.tables.schema import Column, Kind, NumberFormat, Schema
from upshot.wording import Figure, mark, say

if TYPE_CHECKING:
    import pyarrow as pa

_TYPED = (Kind.NUMBER, Kind.DATETIME)


@dataclass(frozen=True)
class Judged:
    """A column's cells, which of them are missing, and what it is."""

    cells: Cells
    tokens: tuple[str, ...]
    found: Found


@dataclass(frozen=True)
class Inferred:
    """The schema of a table and what a person should know about it."""

    schema: Schema
    notes: tuple[Note, ...]
    decimal: str | None


def infer(raw: pa.Table, decimal: str | None = None) -> Inferred:
    """Decide what each column of a raw table is; a person may have said the decimal sign."""
    told = Hints(decimal)
    first = [judge(cells_of(name, raw.column(name)), told) for name in raw.column_names]
    hints = _hints(first)
    hints = replace(hints, decimal=decimal) if decimal else hints
    judged = [_second_look(one, hints) for one in first]
    columns = tuple(column_of(one) for one in judged)
    notes = [note for one in judged for note in (*one.found.notes, *_suspect_notes(one))]
    return Inferred(Schema(columns), _empties_together(notes), hints.decimal)


def _empties_together(notes: list[Note]) -> tuple[Note, ...]:
    """One note that names all empty columns: platforms leave dozens, and no line each is read."""
    empty = [note.column for note in notes if note.code == "all-missing" and note.column]
    if len(empty) < 2:
        return tuple(notes)
    named = ", ".join(f"`{name}`" for name in empty)
    together = Note(
        "all-missing",
        say("{columns} columns are empty in every row: {names}.", columns=len(empty), names=named),
    )
    return (*(note for note in notes if note.code != "all-missing"), together)


def judge(cells: Cells, hints: Hints) -> Judged:
    """Set missing spellings aside and ask every kind in turn."""
    wide = tokens_in(cells, MISSING | MISSING_AMONG_NUMBERS)
    strict = tuple(token for token in wide if token in MISSING)
    held = cells.keep(~is_token(cells.texts, strict))
    if strict != wide and cells.native == "text":
        typed = cells.keep(~is_token(cells.texts, wide))
        found = ask(typed, hints)
        if found.kind in _TYPED and typed.filled >= 0.3 * held.filled:
            return Judged(typed, wide, found)
    return Judged(held, strict, ask(held, hints))


def ask(cells: Cells, hints: Hints) -> Found:
    """The answer of the first kind that agrees."""
    for recognise in RECOGNISERS.values():
        answer = recognise(cells, hints)
        if not isinstance(answer, Declined):
            return answer
    raise InternalError("No kind took the column; the last one always does.")


def _hints(judged: list[Judged]) -> Hints:
    """The decimal mark and date order of the columns that are sure of theirs."""
    decimals: Counter[str] = Counter()
    orders: Counter[str] = Counter()
    for one in judged:
        found = one.found
        if found.number and found.confidence > 0.7 and _shows_decimal(one):
            decimals[found.number.decimal] += 1
        if found.order:
            orders[found.order] += 1
    decimal = decimals.most_common(1)[0][0] if decimals else None
    return Hints(decimal, orders.most_common(1)[0][0] if orders else None)


def _shows_decimal(one: Judged) -> bool:
    marks = {",": ",", ".": r"\."}
    if one.found.number is None or one.found.number.decimal not in marks:
        return False
    mark = marks[one.found.number.decimal]
    return bool(one.cells.matches(rf"\d{mark}\d").any())


def _second_look(one: Judged, hints: Hints) -> Judged:
    """Ask again where a column alone could not decide and the others can."""
    found = one.found
    undecided_number = found.number is not None and found.confidence <= 0.7 and hints.decimal
    undecided_date = found.date is not None and found.date.ambiguous and hints.order
    if not (undecided_number or undecided_date):
        return one
    return Judged(one.cells, one.tokens, ask(one.cells, hints))


def column_of(one: Judged) -> Column:
    """Write a judgement down as a schema column."""
    found = one.found
    return Column(
        name=one.cells.name,
        kind=found.kind,
        role=found.role,
        personal=found.personal,
        number=found.number,
        date=found.date,
        boolean=found.boolean,
        levels=found.levels,
        spelling=found.spelling,
        missing_tokens=one.tokens,
        confidence=round(found.confidence, 3),
    )


_NOT_ANSWERED = mark("{share} of `{column}` is '{token}', which may mean not answered.")
_NO_VALUE = mark("{share} of `{column}` is '{token}', which may mean no value.")


# A word that might mean "no value" in fewer rows than this share is not worth a question.
_FEWEST_ASKED = 0.01


def _suspect_notes(one: Judged) -> list[Note]:
    """Levels and numbers that often mean "not answered"."""
    cells, kind = one.cells, one.found.kind
    if kind is Kind.CATEGORY:
        words, said = SUSPECTS, _NOT_ANSWERED
    elif kind is Kind.NUMBER and cells.native != "float":
        words, said = SENTINELS, _NO_VALUE
    else:
        return []
    suspects = tokens_in(cells, words)
    out = []
    for token in suspects:
        share = cells.share(is_token(cells.texts, (token,)))
        if share < _FEWEST_ASKED:
            continue  # so few rows change nothing that is learned
        if kind is Kind.NUMBER and (share < 0.05 or not _stands_apart(cells, token)):
            continue
        out.append(
            Note(
                "missing-suspect",
                say(said, share=Figure(f"{100 * share:.0f} %"), column=cells.name, token=token),
                cells.name,
                say("Until you say so, we keep it as a value."),
                offer=Remedy("treat-missing", cells.name, (token,)),
            )
        )
    return out


def _stands_apart(cells: Cells, token: str) -> bool:
    """A sentinel is the only negative number, or far above all others."""
    import numpy as np

    from upshot.tables.numbers import parse_numbers

    assert cells.distinct
    values = parse_numbers(cells.texts, NumberFormat())
    others = values[~is_token(cells.texts, (token,)) & ~np.isnan(values)]
    if not len(others):
        return False
    sentinel = float(token)
    if sentinel < 0:
        return bool(others.min() >= 0)
    return bool(sentinel > 10 * max(1.0, float(others.max())) or sentinel > 3 * others.max())
