"""The sheets of an XML Spreadsheet 2003, as a parser meets its elements."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from typing import Any

from upshot.tables.grid import Sheet, is_filled
from upshot.tables.spans import Spans
from upshot.wording import say


class SheetXml:
    """Takes what a parser of the XML finds, and keeps its sheets; names as they stand there."""

    def __init__(self) -> None:
        self._sheets: list[Spans] = []
        self._filled: list[int] = []
        self._cell: dict[str, str] | None = None
        self._kind = ""
        self._value: Any = None
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Meet an opening tag."""
        # A parser that follows no entities leaves those of the standard in attributes.
        given = {_local(key): html.unescape(value) for key, value in attributes.items()}
        tag = _local(tag)
        if tag == "Worksheet":
            name = given.get("Name") or str(say("Sheet {number}", number=len(self._sheets) + 1))
            self._sheets.append(Spans(name))
            self._filled.append(0)
        elif not self._sheets:
            return
        elif tag == "Row":
            place = _whole(given.get("Index"))
            self._sheets[-1].start_row(place - 1 if place else None)
            self._sheets[-1].hidden_rows += given.get("Hidden") == "1"
        elif tag == "Cell":
            self._cell, self._value = given, None
        elif tag == "Data" and self._cell is not None:
            self._kind, self._text = given.get("Type", "String"), []

    def end(self, tag: str) -> None:
        """Meet a closing tag."""
        tag = _local(tag)
        if tag == "Data" and self._text is not None:
            self._value = _value(self._kind, "".join(self._text))
            self._text = None
        elif tag == "Cell" and self._cell is not None:
            given, self._cell = self._cell, None
            place = _whole(given.get("Index"))
            self._filled[-1] += is_filled(self._value)
            self._sheets[-1].add(
                self._value,
                across=_whole(given.get("MergeAcross")) + 1,
                down=_whole(given.get("MergeDown")) + 1,
                column=place - 1 if place else None,
            )

    def data(self, text: str) -> None:
        """Meet text."""
        if self._text is not None:
            self._text.append(text)

    def close(self) -> None:
        """Meet the end of the document."""

    def sheets(self) -> list[Sheet]:
        """The sheets that hold anything."""
        pairs = zip(self._sheets, self._filled, strict=True)
        return [spans.sheet() for spans, filled in pairs if filled]


def _local(name: str) -> str:
    """A name without its namespace, or without its prefix where none is declared."""
    return name.rsplit("}", 1)[-1].rsplit(":", 1)[-1]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0


def _value(kind: str, text: str) -> Any:
    """A cell with the type that it says; the text where that is not so."""
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "Error":
        return None
    if kind == "DateTime":
        return _day(text.strip())
    return text


def _day(text: str) -> dt.datetime | dt.time | str:
    try:
        day = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    # Excel counts from the last day of 1899: a date then is a time of day.
    return day.time() if day.year < 1900 else day
