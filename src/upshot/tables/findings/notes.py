"""Why a remark of the reader matters: its consequence for what is learned."""

from __future__ import annotations

from upshot.errors import Note
from upshot.wording import mark, say

WHY: dict[str, str] = {
    "missing-suspect": mark(
        "As a value it is learned from like any other answer, although nobody gave it."
    ),
    "unreadable-number": mark("A value that is missing by accident teaches nothing."),
    "mixed-currencies": mark("An amount in one currency is not the same amount in another."),
    "ambiguous-date": mark("Read the wrong way, months and weekdays would be wrong throughout."),
    "after-outcome": mark(
        "A model that sees it looks good in the test and fails on new rows, where it is empty."
    ),
    "constant": mark("What is the same in every row explains no difference."),
    "all-missing": mark("There is nothing in it to learn from."),
}


def why(note: Note) -> str:
    """The consequence of what a note says; empty where the note says it itself."""
    said = WHY.get(note.code)
    return "" if said is None else say(said)
