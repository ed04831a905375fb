"""One value written in several ways: case, spaces and accents told apart from meaning."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from upshot.tables.cells import Cells

if TYPE_CHECKING:
    import pyarrow as pa

# Above this many distinct texts a column holds names or sentences, and forms are no accident.
MOST_TEXTS = 5_000
_PARTING = re.compile(r"(?<=\w)[\s_\-\u2010-\u2015]+(?=\w)|\s+|_+")


def form(text: str) -> str:
    """What is left of a text without case, accents, and differences of space and hyphen.

    A hyphen between letters parts words as a space does; one at the beginning is a minus sign.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _PARTING.sub(" ", plain).strip()


def variants(texts: list[str], counts: np.ndarray) -> tuple[tuple[str, ...], ...]:
    """Groups of texts of one form, each with its most frequent spelling first."""
    groups: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        groups.setdefault(form(text), []).append(place)
    several = [
        sorted(places, key=lambda place: (-int(counts[place]), texts[place]))
        for key, places in groups.items()
        if key and len(places) > 1
    ]
    several.sort(key=lambda places: -int(counts[places].sum()))
    return tuple(tuple(texts[place] for place in places) for places in several)


def merged(
    cells: Cells, spellings: tuple[str, ...], joined: tuple[tuple[str, str], ...] = ()
) -> Cells:
    """Cells in which every text of the form of a spelling is that spelling.

    Texts of the form of the first of a joined pair are the second of it.
    """
    import pyarrow as pa

    wanted = {form(spelling): spelling for spelling in spellings}
    wanted |= {form(other): wanted.get(form(value), value) for other, value in joined}
    texts = cells.texts.to_pylist()
    said = [wanted.get(form(text), text) for text in texts]
    if said == texts:
        return cells
    place: dict[str, int] = {}
    for text in said:
        place.setdefault(text, len(place))
    to = np.array([place[text] for text in said] + [-1], dtype=np.int64)
    counts = np.bincount(to[:-1], weights=cells.counts, minlength=len(place)).astype(np.int64)
    distinct: pa.StringArray = pa.array(list(place), pa.string())
    return Cells(cells.name, distinct, counts, to[cells.codes], cells.native)
