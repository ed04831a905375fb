"""What was mended in the lines of a text file, said with lines to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from upshot.errors import Note
from upshot.wording import Figure, say, say_count, say_list

_MOST_EXAMPLES = 3


@dataclass
class Mended:
    """Numbers of the lines, counted from 1 in the file, that did not follow its rules.

    Attributes
    ----------
    short, long : list of int
        Lines with fewer and with more cells than the header.
    foreign : list of int
        Lines that were split at another delimiter than the rest of the file.
    quotes : list of int
        Lines with quotes that open nothing or close nothing.
    """

    short: list[int] = field(default_factory=list)
    long: list[int] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)

    def notes(self) -> tuple[Note, ...]:
        """Say what was mended."""
        said = (self._foreign(), self._quotes(), self._short(), self._long())
        return tuple(note for note in said if note is not None)

    def _foreign(self) -> Note | None:
        if not self.foreign:
            return None
        message = say_count(
            "{number} line is written with another sign between the cells than the rest: line "
            "{lines}. We split it at that sign.",
            "{number} lines are written with another sign between the cells than the rest, for "
            "example line {lines}. We split them at that sign.",
            len(self.foreign),
            lines=_listed(self.foreign),
        )
        return Note("foreign-lines", message, level="warning")

    def _quotes(self) -> Note | None:
        if not self.quotes:
            return None
        message = say_count(
            "{number} line has a quotation mark out of place: line {lines}. We kept the mark as "
            "part of the text.",
            "{number} lines have a quotation mark out of place, for example line {lines}. We kept "
            "the marks as part of the text.",
            len(self.quotes),
            lines=_listed(self.quotes),
        )
        remedy = say("Check these lines in the file.")
        return Note("stray-quotes", message, remedy=remedy, level="warning")

    def _short(self) -> Note | None:
        if not self.short:
            return None
        message = say_count(
            "{number} line has fewer cells than the header: line {lines}. The missing cells are "
            "left empty.",
            "{number} lines have fewer cells than the header, for example line {lines}. The "
            "missing cells are left empty.",
            len(self.short),
            lines=_listed(self.short),
        )
        return Note("short-rows", message, level="warning")

    def _long(self) -> Note | None:
        if not self.long:
            return None
        message = say_count(
            "{number} line has more cells than the header: line {lines}. The extra cells stand in "
            "columns of their own.",
            "{number} lines have more cells than the header, for example line {lines}. The extra "
            "cells stand in columns of their own.",
            len(self.long),
            lines=_listed(self.long),
        )
        remedy = say("A delimiter inside an unquoted cell is the usual cause.")
        return Note("long-rows", message, remedy=remedy, level="warning")


def _listed(numbers: Sequence[int]) -> str:
    return say_list([Figure(f"{number:,}") for number in numbers[:_MOST_EXAMPLES]])
