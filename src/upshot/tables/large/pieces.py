"""A text file in pieces of whole rows, without copying it into memory."""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Small enough to stay in a processor's cache while a piece is parsed, large enough for threads.
PIECE_BYTES = 1024 * 1024
# A row may be this long before the file is no table that can be read in pieces.
_LONGEST_ROW = 16 * 1024 * 1024


class NotInPieces(Exception):
    """The file has to be read as a whole."""


@dataclass(frozen=True)
class Piece:
    """Bytes of whole rows: where they begin and end, and which end of the table they hold."""

    begin: int
    end: int
    is_first: bool
    is_last: bool


class Text:
    """The bytes of a text file, mapped."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self.size = len(self._map)

    def copy(self, begin: int, end: int) -> bytes:
        """A copy of some bytes."""
        return self._map[begin:end]

    def holds(self, mark: bytes, piece: Piece) -> bool:
        """Whether a mark stands in a piece."""
        return mark in self._map[piece.begin : piece.end]

    def let_go(self, piece: Piece) -> None:
        """Tell the system that a piece's memory may be used for something else."""
        page = mmap.PAGESIZE
        begin = piece.begin // page * page
        # Windows has no such advice; its pages are taken back when memory is short.
        if hasattr(self._map, "madvise"):
            with contextlib.suppress(OSError, ValueError):
                self._map.madvise(mmap.MADV_DONTNEED, begin, piece.end - begin)

    def lines(self, begin: int, end: int) -> int:
        """How many lines end between two places."""
        steps = range(begin, end, PIECE_BYTES)
        return sum(self._map[at : min(at + PIECE_BYTES, end)].count(b"\n") for at in steps)

    def row_end(self, begin: int, end: int, quote: bytes) -> int:
        """Where the last row ends that begins and ends between two places."""
        last = self._map.rfind(b"\n", begin, end) + 1
        # Bytes are looked through many times faster than a map, even when they are copied first.
        if not last or not quote or quote not in self._map[begin:last]:
            return last
        # A line end inside quotes has an odd number of quotes before it.
        while last and self._map[begin:last].count(quote) % 2:
            last = self._map.rfind(b"\n", begin, last - 1) + 1
        return last

    def last_line(self, begin: int, end: int) -> int:
        """Where the last line that holds anything begins, between two places."""
        while end > begin and self._map[end - 1 : end] in (b"\n", b"\r"):
            end -= 1
        return max(begin, self._map.rfind(b"\n", begin, end) + 1)

    def line_start(self, at: int) -> int:
        """Where the first line begins that begins behind a place."""
        return self._map.find(b"\n", at) + 1


class Lines:
    """Counts the lines of a text above places that lie further and further down."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._at = 0
        self._count = 0

    def before(self, place: int) -> int:
        """Lines above a place that is not above the last one."""
        self._count += self._text.lines(self._at, place)
        self._at = place
        return self._count


def pieces(
    text: Text, begin: int, end: int, quote: str, size: int = PIECE_BYTES
) -> Iterator[Piece]:
    """Cut the bytes between two places into pieces of whole rows.

    Raises
    ------
    NotInPieces
        When no row ends where one should.
    """
    mark = quote.encode("utf-8")
    at = begin
    while at < end:
        wanted = size
        stop = end if end - at <= wanted * 3 // 2 else text.row_end(at, at + wanted, mark)
        while stop <= at:
            wanted *= 2
            if wanted > _LONGEST_ROW:
                raise NotInPieces("no row ends")
            stop = end if end - at <= wanted else text.row_end(at, at + wanted, mark)
        yield Piece(at, stop, at == begin, stop == end)
        at = stop
