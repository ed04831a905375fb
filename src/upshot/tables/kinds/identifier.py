"""Columns that name a row or a customer."""

from __future__ import annotations

import re

import numpy as np

from upshot.tables.cells import Cells
from upshot.tables.kinds.base import Declined, Found, Hints, words_of
from upshot.tables.schema import Kind

_ID_WORDS = re.compile(r" (?:id|ids|uid|uuid|guid|euid|leid|gclid|fbclid|id#|seq#|key id) ")
_OWNER = (
    "customer|client|member|user|account|order|invoice|transaction|contact|lead|record|ticket"
    "|subscriber|prospect|household|visitor|session|cookie|device|kunden?|bestell|rechnungs?|booking"
    "|cust|policy|contract|receipt"
)
_NUMBERED = re.compile(rf" (?:{_OWNER}) ?(?:no|nr|num|number|nummer|#|key|code|ref|reference) $")
_GLUED = re.compile(rf"^ (?:(?:{_OWNER})(?:id|no|nr|num)|customer|uid) $")
_ROW_WORDS = re.compile(
    r" (?:unnamed(?: \d+)?|index|row|rownum|row (?:number|id|no|names?)|column 1|nr|no|#) "
)
_UNNAMED = re.compile(r"^ (?:unnamed(?: \d+)?|column \d+|index|) ")
_CLOCK = re.compile(
    r" (?:age|year|month|week|day|hour|time|date|period|quarter|rank|step|t|jahr|monat|woche) "
)
_FEW_LEVELS = 100
_CODE = r"^[A-Za-z]{0,8}[-_#./]?[A-Za-z0-9]*\d[A-Za-z0-9_./#-]*$|^[0-9a-fA-F-]{8,}$"


def recognise_identifier(cells: Cells, hints: Hints) -> Found | Declined:
    """By name (…_id, customerID, order number), or a running row number."""
    if cells.native in {"datetime", "boolean"}:
        return Declined("the file says it is no identifier")
    words = words_of(cells.name)
    if _is_running(cells, words) or _restarts(cells, words):
        return Found(Kind.IDENTIFIER, role="row number")
    if not (_ID_WORDS.search(words) or _NUMBERED.search(words) or _GLUED.search(words)):
        return Declined("its name does not say so")
    if cells.matches(r"\d\.\d*[1-9]").any() and cells.native == "float":
        return Declined("it holds fractions")
    if cells.distinct <= _FEW_LEVELS and cells.filled >= 10 * cells.distinct:
        return Found(Kind.CATEGORY, role="code", confidence=0.8)
    if cells.distinct < cells.filled and cells.share(cells.matches(r"\d")) < 0.5:
        return Declined("its repeated values hold no digits")
    if cells.matches(r"\S+\s\S+\s\S+").mean() > 0.5:
        return Declined("it holds sentences")
    return Found(Kind.IDENTIFIER, confidence=0.95)


def recognise_unique(cells: Cells, hints: Hints) -> Found | Declined:
    """Codes of which nearly every row holds another."""
    if cells.distinct > _FEW_LEVELS and cells.share(cells.matches(r"^#\d{3,}$")) > 0.99:
        return Found(Kind.IDENTIFIER, confidence=0.9)
    if cells.filled < 20 or cells.distinct < 0.95 * cells.filled:
        return Declined("its values repeat")
    if cells.share(cells.matches(_CODE)) < 0.9:
        return Declined("its values are no codes")
    return Found(Kind.IDENTIFIER, confidence=0.9)


def _is_running(cells: Cells, words: str) -> bool:
    """1, 2, 3, … down the whole file."""
    unnamed = bool(_ROW_WORDS.search(words)) or not words.strip()
    if cells.distinct != cells.rows or cells.rows < (5 if unnamed else 100):
        return False
    if _CLOCK.search(words) or not cells.matches(r"^\d{1,15}(?:\.0)?$").all():
        return False
    numbers = np.asarray(cells.texts.cast("float64").to_numpy(zero_copy_only=False))
    steps = np.diff(numbers[cells.codes])
    return bool((steps == 1).all() or (steps == -1).all())


def _restarts(cells: Cells, words: str) -> bool:
    """A saved row number without a name that starts again in every part of the file."""
    if not _UNNAMED.search(words) or cells.rows < 20 or cells.filled < cells.rows:
        return False
    if not cells.matches(r"^\d{1,9}(?:\.0)?$").all():
        return False
    numbers = np.asarray(cells.texts.cast("float64").to_numpy(zero_copy_only=False))
    return bool((np.diff(numbers[cells.codes]) == 1).mean() > 0.9)
