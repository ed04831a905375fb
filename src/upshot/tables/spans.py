"""Rows of cells that may span several columns and rows, laid out as a rectangle."""

from __future__ import annotations

from typing import Any

from upshot.tables.grid import Grid, Rectangle, Sheet

# Far more than exports hold; each takes eight bytes and the cell's own.
MAX_CELLS = 20_000_000
MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576


class TooManyCells(Exception):
    """The cells would span more than can be held."""


class Spans:
    """A sheet as it is built, cell after cell, row after row."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden_rows = 0
        self._grid: Grid = []
        self._merged: list[Rectangle] = []
        self._below: dict[int, int] = {}
        self._column = 0
        self._width = 0

    def start_row(self, place: int | None = None) -> None:
        """Begin a row; the next one unless its place is given, counted from 0."""
        wanted = len(self._grid) if place is None else max(place, len(self._grid))
        if wanted >= MAX_ROWS or (wanted + 1) * max(1, self._width) > MAX_CELLS:
            raise TooManyCells
        while len(self._grid) <= wanted:
            self._grid.append([])
            self._below = {c: n - 1 for c, n in self._below.items() if n > 1}
        self._column = 0

    def add(self, cell: Any, *, across: int = 1, down: int = 1, column: int | None = None) -> None:
        """Put a cell into the row, behind the last one or at its column, counted from 0."""
        if not self._grid:
            self.start_row()
        at = max(self._column, column or 0)
        while at in self._below:
            at += 1
        across = max(1, min(across, 1000))
        down = max(1, min(down, 65_534))
        if at + across > MAX_COLUMNS:
            raise TooManyCells
        row = self._grid[-1]
        row.extend([None] * (at - len(row)))
        row.extend([cell, *[None] * (across - 1)])
        if down > 1:
            # A row counts what still lies below it; the first of them is the next one.
            self._below.update(dict.fromkeys(range(at, at + across), down))
            first = len(self._grid) - 1
            self._merged.append(((first, at), (first + down - 1, at + across - 1)))
        self._column = at + across
        self._width = max(self._width, self._column)

    def sheet(self) -> Sheet:
        """The rectangle of cells, and which of them are merged."""
        width = max(map(len, self._grid), default=0)
        if width * len(self._grid) > MAX_CELLS:
            raise TooManyCells
        grid = [[*row, *[None] * (width - len(row))] for row in self._grid]
        last = len(grid) - 1
        merged = tuple(
            (first, (min(bottom, last), right)) for first, (bottom, right) in self._merged
        )
        return Sheet(self.name, grid, merged)
