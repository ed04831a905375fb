"""One customer in many rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from upshot.errors import Remedy
from upshot.tables.cells import Cells
from upshot.tables.findings.base import Finding, Importance, Look, first, number, one
from upshot.tables.findings.clock import clock_of
from upshot.tables.kinds.base import words_of
from upshot.tables.schema import Column, Kind, Personal
from upshot.wording import say

_FEWEST = 20
_EACH = 1.05
_PEOPLE = re.compile(
    r" (?:customer|client|user|member|contact|account|lead|subscriber|person|prospect|household"
    r"|visitor|guest|shopper|kunden?|cliente?|klant|klient|uid|e ?mail) "
    r"|(?:customer|client|user|member|contact|account|lead)(?:id|no|nr) "
)


def find_many_rows(look: Look) -> Iterator[Finding]:
    """A key of people that stands in several rows."""
    for column in look.columns(Kind.IDENTIFIER):
        if not _names_people(column):
            continue
        cells = look.all_cells(column)
        people, known = cells.distinct, cells.filled
        if people >= _FEWEST and known >= max(_EACH * people, 0.5 * cells.rows):
            yield _finding(look, column, cells)
            return


def _finding(look: Look, column: Column, cells: Cells) -> Finding:
    again = np.append(cells.counts > 1, False)[cells.codes]
    found = clock_of(look)
    clock = found.name if found else ""
    remedy = (
        say(
            "When you ask, choose `{column}` as what belongs together. Or learn from the last row "
            "of each, by `{clock}`.",
            column=column.name,
            clock=clock,
        )
        if clock
        else say("When you ask, choose `{column}` as what belongs together.", column=column.name)
    )
    offers = (one(Remedy("keep-last", column.name, (clock,))),) if clock else ()
    return Finding(
        "many-rows",
        Importance.DECISION,
        say(
            "Each `{column}` stands in {each} rows on average.",
            column=column.name,
            each=number(round(cells.filled / cells.distinct, 1)),
        ),
        say(
            "If the same one is in the lesson and in the test, results look better than they are. "
            "Every row counts as one case: someone with many rows counts many times."
        ),
        remedy,
        (column.name,),
        look.kept_number(first(again)),
        int(again.sum()),
        offers,
    )


def _names_people(column: Column) -> bool:
    return column.personal is Personal.EMAIL or bool(_PEOPLE.search(words_of(column.name)))
