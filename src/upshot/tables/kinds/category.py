"""Texts: a limited set of levels, or free text."""

from __future__ import annotations

import numpy as np

from upshot.tables.cells import Cells
from upshot.tables.kinds.base import Declined, Found, Hints, names_one_of
from upshot.tables.schema import Kind

_MOST_LEVELS = 5_000
_REPEATED = 2.0
_FEW = 30
_LONG = 80
_COUNTRY = ("country", "land", "pays", "país", "pais", "paese", "kraj", "nation", "geo country")
_CURRENCY = ("currency", "währung", "devise", "moneda", "moeda", "valuta", "currency code")
_URL = r"(?i)^(?:https?://|www\.)\S+$"


def recognise_category(cells: Cells, hints: Hints) -> Found | Declined:
    """Levels that repeat."""
    role = _role(cells)
    if role == "url" and cells.filled < _REPEATED * cells.distinct:
        return Found(Kind.TEXT, role="url")
    if cells.distinct > _MOST_LEVELS and cells.filled < 20 * cells.distinct:
        return Declined("it holds too many levels")
    repetition = cells.filled / cells.distinct
    if repetition < _REPEATED and not _few(cells):
        return Declined("its values hardly repeat")
    if _mean_length(cells) > _LONG and cells.distinct > _FEW:
        return Declined("its values are long")
    return Found(Kind.CATEGORY, role=role, confidence=min(1.0, 0.5 + repetition / 20))


def recognise_text(cells: Cells, hints: Hints) -> Found | Declined:
    """Takes what no other kind wanted."""
    return Found(Kind.TEXT, role=_role(cells), confidence=0.8)


def _few(cells: Cells) -> bool:
    """A handful of short levels: some repeat, or they stand in a few rows of many."""
    repeats = int((cells.counts > 1).sum())
    seldom = cells.rows >= 50 and cells.filled <= 0.2 * cells.rows
    short = cells.distinct <= 20 and _mean_length(cells) <= 40
    return short and (repeats >= 2 or seldom)


def _role(cells: Cells) -> str:
    if cells.native == "text" and cells.share(cells.matches(_URL)) >= 0.9:
        return "url"
    if names_one_of(cells.name, _COUNTRY) and cells.distinct <= 300:
        return "country"
    if names_one_of(cells.name, _CURRENCY) and cells.share(cells.matches(r"^[A-Za-z]{3}$")) > 0.9:
        return "currency"
    return ""


def _mean_length(cells: Cells) -> float:
    import pyarrow.compute as pc

    lengths = np.asarray(pc.utf8_length(cells.texts).to_numpy(zero_copy_only=False))
    return float((lengths * cells.counts).sum() / max(1, cells.filled))
