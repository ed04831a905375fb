"""The part of a text file that holds the table, in a dialect that parsers know."""

from __future__ import annotations

import re
from dataclasses import dataclass

from upshot.errors import FileProblem, Note
from upshot.tables.dialect import Dialect, find_dialect, simplified
from upshot.tables.drawn import cut, fixed_columns, is_drawn, undraw
from upshot.tables.encoding import Decoded
from upshot.tables.options import ReadOptions
from upshot.tables.several import take_table
from upshot.tables.wrapped import is_wrapped, unwrap
from upshot.wording import say

SAMPLE_BYTES = 256 * 1024
LATER_MARK = b"\n\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\n|\r")
# Cells that stood below each other: how they are written for parsing, and what is shown of them.
_UNDRAWN = Dialect("\x1f", "")
_DRAWN = Dialect(" ", "", aligned=True)


@dataclass(frozen=True)
class TableText:
    """The text from the table on, how it is written, and the lines of the file before it."""

    data: bytes
    dialect: Dialect
    shown: Dialect
    lines_before: int
    tables: tuple[str, ...] = ()
    table: int | None = None
    notes: tuple[Note, ...] = ()


def table_text(decoded: Decoded, options: ReadOptions, file: str) -> TableText:
    """The part of the text that holds the table, in a dialect that parsers know."""
    data = decoded.utf8.replace(b"\x00", b"") if b"\x00" in decoded.utf8 else decoded.utf8
    # Files that were put behind each other keep a mark at the beginning of each.
    data = data.replace(LATER_MARK, b"\n") if LATER_MARK in data else data
    before = options.lines_before
    data = data[line_place(data, before) :]
    if before and not data.strip():
        raise FileProblem(
            say("'{file}' has no table below line {line}.", file=file, line=before),
            say("Give a line nearer to the top."),
        )
    notes: tuple[Note, ...] = ()
    if options.delimiter is None and options.quote is None and is_wrapped(sample_of(data)):
        data, notes = unwrap(data), _unwrapped()
    drawn = _drawn(data) if options.delimiter is None else None
    if drawn is not None:
        cut_out, above = drawn
        return TableText(cut_out, _UNDRAWN, _DRAWN, before + above, notes=_drawn_note())
    shown = find_dialect(sample_of(data), options.delimiter, options.quote)
    dialect = shown
    if shown.aligned:
        data = _unalign(data)
    elif len(shown.delimiter) > 1 or shown.spaced:
        written, dialect = simplified(data.decode("utf-8", "replace"), shown)
        data = written.encode("utf-8")
    if options.header is not None:
        return TableText(data, dialect, shown, before, notes=notes)
    part = take_table(data, dialect, options.table, file)
    before += part.lines_before
    notes = (*notes, *part.notes)
    return TableText(part.data, dialect, shown, before, part.tables, part.taken, notes)


def _drawn(data: bytes) -> tuple[bytes, int] | None:
    """A table drawn with signs or of a fixed width as one with marks; and the lines above it."""
    sample = sample_of(data)
    if is_drawn(sample):
        written, above = undraw(data.decode("utf-8", "replace"), _UNDRAWN.delimiter)
        return written.encode("utf-8"), above
    if any(mark in sample for mark in ",;\t|"):
        return None
    begins = fixed_columns(sample)
    if not begins:
        return None
    lines = data.decode("utf-8", "replace").splitlines()
    written = "\n".join(_UNDRAWN.delimiter.join(cut(line, begins)) for line in lines)
    return f"{written}\n".encode(), 0


def _drawn_note() -> tuple[Note, ...]:
    note = Note(
        "drawn-table",
        say(
            "The columns stand below each other like on paper. We cut each line where its columns "
            "begin."
        ),
    )
    return (note,)


def _unwrapped() -> tuple[Note, ...]:
    note = Note(
        "wrapped-lines",
        say("Every line of the file stands in quotes as a whole. We took these quotes away."),
    )
    return (note,)


def sample_of(data: bytes) -> str:
    """The beginning of a text, without the line in which it is cut."""
    head = data[:SAMPLE_BYTES]
    if len(data) > SAMPLE_BYTES:
        end = max(head.rfind(b"\n"), head.rfind(b"\r"))
        head = head[: end + 1] if end > 0 else head
    return head.decode("utf-8", "replace")


def _unalign(data: bytes) -> bytes:
    data = re.sub(rb"[ \t]+", b" ", data)
    return re.sub(rb"(?m)^ | (?=\r?$)", b"", data)


def line_place(data: bytes, line: int) -> int:
    """Where a line begins, counted from 0."""
    if line == 0:
        return 0
    for number, match in enumerate(_LINE_END.finditer(data), start=1):
        if number == line:
            return match.end()
    return len(data)
