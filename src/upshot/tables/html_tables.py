"""The tables of a web page, as a parser meets their tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from upshot.tables.grid import Sheet, is_filled
from upshot.tables.spans import Spans
from upshot.wording import say

_CELLS = frozenset({"td", "th"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
_LONGEST_NAME = 60
_MOST_TABLES = 200


@dataclass
class _Open:
    """A table whose end has not come yet, and its open cell."""

    spans: Spans
    cell: list[str] | None = None
    across: int = 1
    down: int = 1
    exact: str = ""
    caption: list[str] | None = None
    name: str = ""
    filled: int = 0
    rows: int = field(default=0)


class HtmlTables:
    """Takes what a parser of a page finds, and keeps its tables.

    A table inside a cell is one of its own: pages are laid out with tables.
    """

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._done: list[_Open] = []
        self._unseen = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Meet an opening tag."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            if len(self._open) + len(self._done) < _MOST_TABLES:
                self._open.append(_Open(Spans("")))
        elif self._open:
            self._start_inside(tag, attributes)

    def _start_inside(self, tag: str, attributes: Mapping[str, str]) -> None:
        table = self._open[-1]
        if tag == "tr":
            self._end_cell(table)
            table.spans.start_row()
        elif tag in _CELLS:
            self._end_cell(table)
            table.cell = []
            table.across = _number(attributes.get("colspan"))
            table.down = _number(attributes.get("rowspan"))
            # Excel writes the exact number beside the rounded one that a page shows.
            table.exact = attributes.get("x:num") or ""
        elif tag == "caption":
            table.caption = []
        elif tag in _BREAKS and table.cell:
            table.cell.append(" ")

    def end(self, tag: str) -> None:
        """Meet a closing tag."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if not self._open:
            return
        table = self._open[-1]
        if tag in _CELLS or tag == "tr":
            self._end_cell(table)
        elif tag == "caption" and table.caption is not None:
            table.name, table.caption = _shown(table.caption)[:_LONGEST_NAME], None
        elif tag == "table":
            self._end_cell(table)
            self._done.append(self._open.pop())

    def data(self, text: str) -> None:
        """Meet text."""
        if not self._open or self._unseen:
            return
        table = self._open[-1]
        target = table.cell if table.cell is not None else table.caption
        if target is not None:
            target.append(text)

    def close(self) -> None:
        """Meet the end of the page; what is still open ends with it."""
        while self._open:
            self.end("table")

    def sheets(self) -> list[Sheet]:
        """The tables that hold anything, in the order in which they end."""
        self.close()
        out: list[Sheet] = []
        taken: set[str] = set()
        for table in self._done:
            if not table.filled:
                continue
            name = table.name
            if not name or name in taken:
                name = say("Table {number}", number=len(out) + 1)
            taken.add(name)
            table.spans.name = str(name)
            out.append(table.spans.sheet())
        return out

    @staticmethod
    def _end_cell(table: _Open) -> None:
        if table.cell is None:
            return
        text = table.exact or _shown(table.cell)
        table.filled += is_filled(text)
        table.spans.add(text or None, across=table.across, down=table.down)
        table.cell = None


def _shown(parts: list[str]) -> str:
    """Text as a page shows it: white space of any length is one space."""
    return " ".join("".join(parts).split())


def _number(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 7 else 1
