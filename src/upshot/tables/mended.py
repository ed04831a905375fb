"""What was mended in the lines of a text file, said with lines to look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from upshot.errors import Note
from upshot.wording import Figure, say, say_count, say_list

_MOST_EXAMPLES = 3


@dataclass
class Places:
    """How many lines there are of a kind, and the numbers of the first ones."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def append(self, line: int) -> None:
        """Count a line."""
        self.count += 1
        if len(self.first) < _MOST_EXAMPLES:
            self.first.append(line)

    def extend(self, others: Places, lines_before: int) -> None:
        """Count lines of a part of the file, which has so many lines before it."""
        self.count += others.count
        room = _MOST_EXAMPLES - len(self.first)
        self.first.extend(line + lines_before for line in others.first[:room])

    def __bool__(self) -> bool:
        return self.count > 0


@dataclass
class Mended:
    """Numbers of the lines, counted from 1 in the file, that did not follow its rules.

    Attributes
    ----------
    short, long : Places
        Lines with fewer and with more cells than the header.
    foreign : Places
        Lines that were split at another delimiter than the rest of the file.
    quotes : Places
        Lines with quotes that open nothing or close nothing.
    comments : int
        Lines that were left out because they are remarks.
    unclosed : bool
        Whether a quote that is never closed made us read line by line.
    """

    short: Places = field(default_factory=Places)
    long: Places = field(default_factory=Places)
    foreign: Places = field(default_factory=Places)
    quotes: Places = field(default_factory=Places)
    comments: int = 0
    unclosed: bool = False

    def __bool__(self) -> bool:
        lines = (self.short, self.long, self.foreign, self.quotes)
        return self.unclosed or self.comments > 0 or any(lines)

    def extend(self, others: Mended, lines_before: int) -> None:
        """Add what was mended in a part of the file, which has so many lines before it."""
        self.short.extend(others.short, lines_before)
        self.long.extend(others.long, lines_before)
        self.foreign.extend(others.foreign, lines_before)
        self.quotes.extend(others.quotes, lines_before)
        self.comments += others.comments
        self.unclosed |= others.unclosed

    def notes(self) -> tuple[Note, ...]:
        """Say what was mended."""
        said = (
            self._comments(),
            self._unclosed(),
            self._foreign(),
            self._quotes(),
            self._short(),
            self._long(),
        )
        return tuple(note for note in said if note is not None)

    def _comments(self) -> Note | None:
        if not self.comments:
            return None
        message = say_count(
            "{number} line that begins with # left out.",
            "{number} lines that begin with # left out.",
            self.comments,
        )
        return Note("comment-lines", message)

    def _unclosed(self) -> Note | None:
        if not self.unclosed:
            return None
        return Note(
            "unclosed-quote",
            say("A quotation mark is opened and never closed. We read such lines one by one."),
            remedy=say("Check the cells with quotation marks."),
            level="warning",
        )

    def _foreign(self) -> Note | None:
        if not self.foreign:
            return None
        message = say_count(
            "{number} line is written with another sign between the cells than the rest: line "
            "{lines}. We split it at that sign.",
            "{number} lines are written with another sign between the cells than the rest, for "
            "example line {lines}. We split them at that sign.",
            self.foreign.count,
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
            self.quotes.count,
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
            self.short.count,
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
            self.long.count,
            lines=_listed(self.long),
        )
        remedy = say("A delimiter inside an unquoted cell is the usual cause.")
        return Note("long-rows", message, remedy=remedy, level="warning")


def _listed(places: Places) -> str:
    return say_list([Figure(f"{line:,}") for line in places.first])
