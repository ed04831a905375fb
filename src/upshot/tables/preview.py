"""The first rows of a file under some choices: enough to see whether the choices are right."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from upshot.errors import Note
from upshot.tables.cells import as_text
from upshot.tables.encoding import decode
from upshot.tables.opened import Opened, open_file, open_head
from upshot.tables.options import AS_DETECTED, ReadOptions, check_options
from upshot.tables.reading import parse_file, parse_one
from upshot.tables.schema import Kind
from upshot.tables.table import Source, Table
from upshot.tables.understanding import understand

# Of a large text file only the beginning is looked at, so that the answer comes at once.
HEAD_BYTES = 1024 * 1024
_ROWS_JUDGED = 5_000
_ROWS_SHOWN = 8
_LINES_SHOWN = 12
_LONGEST = 160


@dataclass(frozen=True)
class Preview:
    """What a file looks like when it is read in a certain way.

    Attributes
    ----------
    source : Source
        What was decided, by a person or by the reader.
    columns : tuple of tuple of str
        Name and kind of each column.
    rows : tuple of tuple of str
        The first rows; numbers as they are understood.
    lines : tuple of str
        The first lines of a text file as they stand, before anything is decided.
    notes : tuple of Note
        What was noticed while reading.
    whole : bool
        Whether the whole file was looked at.
    """

    source: Source
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    notes: tuple[Note, ...]
    whole: bool


def preview(
    path: str | PathLike[str], *, name: str | None = None, options: ReadOptions = AS_DETECTED
) -> Preview:
    """Read the beginning of a file in a certain way.

    Raises
    ------
    FileProblem
        When the file cannot be read in this way.
    """
    path = Path(path)
    file = name or path.name
    check_options(options)
    head = open_head(path, file, HEAD_BYTES)
    raw = parse_file(path, file, options) if head is None else parse_one(head, options)
    table = understand(replace(raw, raw=raw.raw.slice(0, _ROWS_JUDGED)), options)
    return Preview(
        source=table.source,
        columns=tuple((column.name, str(column.kind)) for column in table.schema.columns),
        rows=_rows(table),
        lines=_lines(path, file, head, options),
        notes=raw.notes,
        whole=head is None,
    )


def _rows(table: Table) -> tuple[tuple[str, ...], ...]:
    count = min(_ROWS_SHOWN, table.rows)
    shown = []
    for column in table.schema.columns:
        texts = as_text(table.raw.column(column.name).slice(0, count)).to_pylist()
        if column.kind is Kind.NUMBER:
            values = table.data[column.name].to_numpy(dtype=float)[:count]
            texts = [_number(value, text) for value, text in zip(values, texts, strict=True)]
        shown.append([(text or "")[:_LONGEST] for text in texts])
    return tuple(zip(*shown, strict=True))


def _number(value: float, text: str | None) -> str | None:
    if math.isnan(value) or abs(value) >= 1e15:
        return text
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def _lines(path: Path, file: str, head: Opened | None, options: ReadOptions) -> tuple[str, ...]:
    """The first lines as a text editor would show them."""
    opened = head
    if opened is None:
        whole = open_file(path, file)
        named = options.sheet in whole.members
        opened = open_file(path, file, options.sheet) if named else whole
    if opened.format != "text":
        return ()
    text = decode(opened.data[:HEAD_BYTES], options.encoding).utf8[: 16 * _LINES_SHOWN * _LONGEST]
    lines = re.split(r"\r\n|\n|\r", text.decode("utf-8", "replace"))
    return tuple(line[:_LONGEST] for line in lines[:_LINES_SHOWN])
