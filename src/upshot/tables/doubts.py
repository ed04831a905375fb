"""Decisions of the reader that could have been others, said so that a person has a look."""

from __future__ import annotations

from collections.abc import Iterable

from upshot.errors import Note
from upshot.wording import mark, say

DOUBTS: dict[str, str] = {
    "encoding": mark(
        "We are not sure which alphabet the letters are stored in. Names may look wrong."
    ),
    "delimiter": mark(
        "We are not sure what stands between the columns: another sign fits as well."
    ),
    "header": mark("We are not sure whether the first row holds names or data."),
}


def doubt_notes(doubts: Iterable[str]) -> tuple[Note, ...]:
    """A note on each doubtful decision."""
    remedy = say("Look at the first rows. Say how the file is to be read if they are wrong.")
    return tuple(
        Note(f"doubtful-{what}", say(DOUBTS[what]), remedy=remedy, level="warning")
        for what in doubts
    )
