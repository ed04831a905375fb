"""One category written in several ways."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from upshot.errors import Remedy
from upshot.tables.cells import Cells
from upshot.tables.findings.base import Finding, Importance, Look, first, one, short
from upshot.tables.schema import Column, Kind
from upshot.tables.variants import MOST_TEXTS, variants
from upshot.wording import comma_list, quoted, say, say_count

# Codes and links mean what they say to the letter.
_EXACT_ROLES = frozenset({"code", "url", "postal code", "entity"})


def find_variants(look: Look) -> Iterator[Finding]:
    """Values that differ in case, spaces or accents only."""
    for column in look.columns(Kind.CATEGORY):
        if column.role in _EXACT_ROLES:
            continue
        cells = look.all_cells(column)
        if 1 < cells.distinct <= MOST_TEXTS:
            yield from _in_column(look, column, cells)


def _in_column(look: Look, column: Column, cells: Cells) -> Iterator[Finding]:
    texts = cells.texts.to_pylist()
    groups = variants(texts, cells.counts)
    if not groups:
        return
    rarer = {text for group in groups for text in group[1:]}
    marked = np.array([text in rarer for text in texts] + [False])[cells.codes]
    row = first(marked)
    group = groups[0]
    spelled = comma_list(quoted(short(text) for text in group[:4]))
    yield Finding(
        "variants",
        Importance.MISTAKE,
        say_count(
            "`{column}` writes one value in several ways: {spelled}.",
            "`{column}` writes {number} values in several ways, such as {spelled}.",
            len(groups),
            column=column.name,
            spelled=spelled,
        ),
        say(
            "Each way counts as a value of its own, with fewer rows to learn from. New spellings "
            "in a later file would not be recognised."
        ),
        say("Read them as one, written as most rows write it. Later files are read the same way."),
        (column.name,),
        look.kept_number(row),
        int(marked.sum()),
        (one(Remedy("merge-spellings", column.name, tuple(group[0] for group in groups))),),
    )
