"""Column names: trimmed, never blank, never twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from upshot.errors import Note
from upshot.wording import say

_SPACES = re.compile(r"\s+")
_MAX_LENGTH = 200


def column_names(cells: Sequence[str], width: int) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Turn header cells into unique names and say which were made up or changed."""
    names: list[str] = []
    notes: list[Note] = []
    used: set[str] = set()
    for index in range(width):
        written = _clean(cells[index]) if index < len(cells) else ""
        name = _unused(written or f"column_{index + 1}", used)
        if not written and cells:
            notes.append(
                Note(
                    "blank-name",
                    say(
                        "Column {position} has no name. We call it `{name}`.",
                        position=index + 1,
                        name=name,
                    ),
                    name,
                )
            )
        elif written and name != written:
            notes.append(
                Note(
                    "repeated-name",
                    say(
                        "`{written}` stands twice. We call one `{name}`.",
                        written=written,
                        name=name,
                    ),
                    name,
                )
            )
        used.add(name)
        names.append(name)
    return tuple(names), tuple(notes)


def _clean(cell: str) -> str:
    return _SPACES.sub(" ", cell.replace("\x00", "").replace("\ufeff", "")).strip()[:_MAX_LENGTH]


def _unused(name: str, used: set[str]) -> str:
    if name not in used:
        return name
    number = 2
    while f"{name}_{number}" in used:
        number += 1
    return f"{name}_{number}"
