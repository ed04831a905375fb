"""Rows at the end of a table that are remarks of the tool that wrote it, not data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from upshot.tables.layout import simple_type

MOST_ROWS = 40
"""Rows at the end that are looked at; a till's footer has a dozen."""

# A column counts as always filled from this share on: a few cells may be missing.
_ALWAYS = 0.95
_FEWEST_BODY = 5
_FEWEST_COLUMNS = 3
_SHAPES_SHARE = 0.95
_MOST_SHAPES = 12
_SAYS = re.compile(
    r"page\s*\d+|seite\s*\d+|p[aá]gina\s*\d+|стр\S*\s*\d+"
    r"|(?:showing|displaying|zeige|affichage|mostrando|показано)\b"
    r"|\(?\s*[\d.,]+\s*(?:rows?|records?|results?|entries|items|zeilen|einträge|datensätze|lignes"
    r"|filas|registros|righe|строк\S*|записе?\S*)\b.*"
    r"|(?:number of |total )?(?:records?|rows?|results?|entries|row count|record count|anzahl"
    r"|zeilen|lignes|filas|registros|строк|записей)(?: count)?\s*(?:[:=]|$)"
    r"|(?:generated|exported|created|printed|downloaded|report run|run|as of|last updated"
    r"|data as of|erstellt|exportiert|stand|gedruckt|généré|exporté|generado|exportado|создано"
    r"|выгружено)\b"
    r"|(?:source|sources|note|notes|remark|remarks|filters?|filters applied|applied filters"
    r"|disclaimer|legend|quelle|hinweis|anmerkung|filter|fußnote|remarque|nota|notas|fuente|fonte"
    r"|источник|примечание)\s*[:.*]"
    r"|(?:confidential|vertraulich|copyright|all rights reserved)\b|©|\(c\)\s"
    r"|(?:end of|ende d|fin d|fine d|конец)\b|\*+\s|#|-{2,}|={2,}|_{3,}|\*{2,}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Tail:
    """The last rows of a table as texts, and which columns nearly every row fills."""

    first: int
    rows: tuple[tuple[str, ...], ...]
    always: tuple[int, ...]
    shapes: frozenset[str]


def shape(text: str) -> str:
    """How a text is built: ``R-1000`` and ``B-7`` are both ``a-9``."""
    return re.sub(r"\s+", " ", re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", text.strip())))


def usual_shapes(texts: Sequence[str]) -> frozenset[str]:
    """The shapes of a column whose values are built alike; empty where they are not."""
    counts: dict[str, int] = {}
    filled = [text for text in texts if text.strip()]
    for text in filled:
        key = shape(text)
        counts[key] = counts.get(key, 0) + 1
    usual = {key for key, count in counts.items() if count >= 2}
    alike = sum(counts[key] for key in usual) >= _SHAPES_SHARE * len(filled)
    worded = bool(usual) and all(re.fullmatch(r"[a .,&'-]+", key) for key in usual)
    if not filled or not alike or worded or len(usual) > _MOST_SHAPES:
        return frozenset()
    return frozenset(usual)


def always_filled(blanks: Sequence[int], rows: int) -> tuple[int, ...]:
    """The columns that nearly all rows fill, by their blank cells; none of a table too small."""
    if rows < _FEWEST_BODY or len(blanks) < _FEWEST_COLUMNS:
        return ()
    return tuple(i for i, count in enumerate(blanks) if count <= (1 - _ALWAYS) * rows)


def remarks_in(tail: Tail) -> set[int]:
    """The rows at the very end that are remarks."""
    found: set[int] = set()
    for place in reversed(range(len(tail.rows))):
        row = tail.rows[place]
        if not _is_sparse(row, tail) or not _is_remark(row, tail):
            break
        found.add(tail.first + place)
    return found


def sparse_below(tail: Tail, totals: set[int]) -> set[int]:
    """The rows below a total that fill as little as it does: tax, cash and change on a receipt."""
    in_tail = {row - tail.first for row in totals if row >= tail.first}
    if not in_tail:
        return set()
    below = range(min(in_tail) + 1, len(tail.rows))
    if not all(place in in_tail or _is_footing(tail.rows[place], tail) for place in below):
        return set()
    return {tail.first + place for place in below} - totals


def _is_sparse(row: Sequence[str], tail: Tail) -> bool:
    blank = sum(not row[i] for i in tail.always)
    return blank >= 2 and 2 * blank >= len(tail.always)


def _is_footing(row: Sequence[str], tail: Tail) -> bool:
    first = next((cell for cell in row if cell), "")
    return _is_sparse(row, tail) and first[:1].isalpha()


def _is_remark(row: Sequence[str], tail: Tail) -> bool:
    filled = [cell for cell in row if cell]
    if not filled or len(filled) > 2 or not row[0]:
        return not filled
    if _SAYS.match(row[0]):
        return True
    return bool(tail.shapes) and shape(row[0]) not in tail.shapes and simple_type(row[0]) == "text"
