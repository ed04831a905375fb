"""Delimited text: dialect, header, lines above and below, and a fast parse of the rest."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from upshot.errors import FileProblem, Note
from upshot.tables.dialect import Dialect
from upshot.tables.doubts import doubt_notes
from upshot.tables.encoding import Decoded, decode, twice_encoded
from upshot.tables.footer import cut_footer
from upshot.tables.layout import Layout, find_layout, told_layout
from upshot.tables.names import column_names
from upshot.tables.opened import Opened
from upshot.tables.options import AS_DETECTED, ReadOptions
from upshot.tables.prepared import SAMPLE_BYTES, TableText, line_place, sample_of, table_text
from upshot.tables.quotes import has_stray_quotes, suspect_lines
from upshot.tables.ragged import MAX_COLUMNS, parse_ragged, swallowed_rows
from upshot.tables.rawtable import RawTable, lines_above, lines_below, text_table
from upshot.tables.table import Skipped, Source
from upshot.wording import say, say_count

if TYPE_CHECKING:
    import pyarrow as pa

_HEAD_ROWS = 400
_SINGLE_BYTE = 128
_MOST_LINES_IN_CELL = 200


@dataclass(frozen=True)
class _Frame:
    """The part of the text that holds rows, and how it is written.

    ``lines_before`` counts the lines of the file above the rows.
    """

    body: bytes
    dialect: Dialect
    layout: Layout
    names: tuple[str, ...]
    header_line: int | None
    first_line: int
    lines_before: int


def read_text(opened: Opened, options: ReadOptions = AS_DETECTED) -> RawTable:
    """Read delimited text: every cell stays the text it was."""
    decoded = decode(opened.data, options.encoding)
    _refuse_binary(decoded, opened.file)
    text = table_text(decoded, options, opened.file)
    frame, names_notes = _frame(text, options, opened.file)
    body, footer = cut_footer(frame.body, frame.dialect, frame.layout.width)
    raw, parse_notes = _parse(replace(frame, body=body), opened.file)
    doubts = _doubts(decoded, text.shown, frame)
    noticed = (*doubt_notes(doubts), *text.notes, *_notes(frame, footer, decoded))
    notes = (*noticed, *names_notes, *parse_notes)
    header = None if frame.header_line is None else frame.header_line + text.lines_before
    shown = text.shown
    source = Source(
        file=opened.file,
        format="csv" if shown.delimiter != "\t" else "tsv",
        encoding=decoded.encoding,
        delimiter=shown.delimiter if frame.layout.width > 1 else None,
        quote=shown.quote,
        escape=shown.escape,
        header_row=header,
        header_rows=frame.layout.header_rows,
        skipped=Skipped(before=_before(frame) + text.lines_before, after=footer),
        sheet=opened.member,
        sheets=opened.members,
        tables=text.tables,
        table=text.table,
        doubts=doubts,
    )
    return RawTable(raw, source, notes)


@dataclass(frozen=True)
class Plainly:
    """How a text file that a simple parser can read in pieces is written.

    ``first`` is the byte of the file with which the rows begin, ``encoding`` what the bytes are,
    and ``sure`` whether that could hardly be another.
    """

    dialect: Dialect
    names: tuple[str, ...]
    first: int
    encoding: str
    sure: bool = True


def read_plainly(data: bytes, options: ReadOptions, file: str) -> Plainly | None:
    """Decide from the beginning of a text file how its rows are parsed piece by piece.

    None where that takes more than splitting rows at one mark: several tables, aligned columns,
    marks of several letters, quotes that are not closed.
    """
    decoded = decode(data, options.encoding)
    _refuse_binary(decoded, file)
    if decoded.encoding == "utf-8" and not decoded.sure:
        return None  # lines of two encodings: no piece tells what another one is
    text = table_text(decoded, options, file)
    frame, _ = _frame(text, options, file)
    dialect = frame.dialect
    odd = dialect != text.shown or dialect.aligned or dialect.padded or dialect.escape
    if (
        odd
        or text.notes
        or text.tables
        or len(frame.names) != frame.layout.width
        or frame.layout.width < 2
    ):
        return None
    begin = _closed(sample_of(frame.body), dialect.quote)
    if ord(dialect.delimiter) >= _SINGLE_BYTE or has_stray_quotes(begin, dialect):
        return None
    first = len(data) - len(frame.body)
    return Plainly(dialect, frame.names, first, decoded.encoding, decoded.sure)


def _closed(sample: str, quote: str) -> str:
    """A sample without the row in whose quoted cell it was cut."""
    end = len(sample)
    for _ in range(_MOST_LINES_IN_CELL):
        if not quote or sample.count(quote, 0, end) % 2 == 0:
            return sample[:end]
        end = sample.rfind("\n", 0, end - 1) + 1
    return sample


def _doubts(decoded: Decoded, dialect: Dialect, frame: _Frame) -> tuple[str, ...]:
    """The decisions that could have been others."""
    sure = {
        "encoding": decoded.sure,
        "delimiter": dialect.sure or frame.layout.width < 2,
        "header": frame.layout.sure,
    }
    return tuple(what for what, is_sure in sure.items() if not is_sure)


def _refuse_binary(decoded: Decoded, file: str) -> None:
    start = decoded.utf8[:8192].rstrip(b"\x00")  # files that grew in steps end with zeros
    text = start.replace(b"\x00", b"")
    control = sum(byte < 9 or 13 < byte < 28 for byte in text if byte != 1)
    if control > max(2, 0.05 * len(text)) or len(text) < 0.7 * len(start):
        raise FileProblem(
            say("'{file}' is not a table that Upshot can read.", file=file),
            say("Save it as CSV, xlsx or Parquet."),
        )


def _frame(text: TableText, options: ReadOptions, file: str) -> tuple[_Frame, tuple[Note, ...]]:
    rows, ends = _head(sample_of(text.data), text.dialect)
    if not rows:
        raise FileProblem(
            say("'{file}' is empty.", file=file), say("Export it again and check that it has rows.")
        )
    told = _tells_delimiter(rows[0], text.dialect)
    skip = 1 if told and len(rows) > 1 else 0
    layout = _layout(rows[skip:], options)
    if layout.width > MAX_COLUMNS:
        raise FileProblem(
            say(
                "'{file}' has {columns} columns; at most {most} can be read.",
                file=file,
                columns=layout.width,
                most=MAX_COLUMNS,
            ),
            say("Check that the file is a table."),
        )
    header = None if layout.header is None else layout.header + skip
    first = layout.first + skip
    first_line = ends[first - 1] if first else 0
    cells, width = _header_cells(layout, rows[first:])
    names, notes = column_names(cells, width)
    header_line = None if header is None else (ends[header - 1] if header else 0)
    body = text.data[line_place(text.data, first_line) :]
    layout = replace(layout, width=width)
    before = text.lines_before + first_line
    return _Frame(body, text.dialect, layout, names, header_line, first_line, before), notes


def _layout(rows: list[list[str]], options: ReadOptions) -> Layout:
    wanted = options.rows_of_names
    if wanted is None and not options.starts_at_top:
        return find_layout(rows)
    return told_layout(rows, wanted, at_top=options.starts_at_top)


def _tells_delimiter(row: list[str], dialect: Dialect) -> bool:
    written = dialect.delimiter.join(row).strip()
    return bool(re.fullmatch(r"\s*sep=.?", written, re.IGNORECASE))


def _head(sample: str, dialect: Dialect) -> tuple[list[list[str]], list[int]]:
    """The first rows and, for each, the number of lines read up to its end."""
    reader = csv.reader(
        io.StringIO(sample, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        escapechar=dialect.escape or None,
        skipinitialspace=dialect.padded,
    )
    rows, ends = [], []
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) >= _HEAD_ROWS:
                break
    except csv.Error:
        pass  # the rows before the broken one decide
    return rows, ends


def _header_cells(layout: Layout, body: list[list[str]]) -> tuple[tuple[str, ...], int]:
    """Header cells and width; a header one cell short names every column but the first."""
    cells = layout.names
    if cells and len(cells) == layout.width - 1 and body and _all_wider(body, len(cells)):
        return ("", *cells), layout.width
    return cells, max(layout.width, len(_without_trailing_blanks(cells)))


def _all_wider(body: list[list[str]], width: int) -> bool:
    full = [row for row in body if any(cell.strip() for cell in row)]
    return bool(full) and all(len(row) == width + 1 and row[-1].strip() for row in full[:100])


def _without_trailing_blanks(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _before(frame: _Frame) -> int:
    return frame.first_line if frame.header_line is None else frame.header_line


def _parse(frame: _Frame, file: str) -> tuple[pa.Table, tuple[Note, ...]]:
    if not frame.body.strip():
        return text_table(frame.names, [[] for _ in frame.names]), ()
    stray = has_stray_quotes(sample_of(frame.body), frame.dialect)
    if not stray and len(frame.body) > SAMPLE_BYTES:
        stray = has_stray_quotes(suspect_lines(frame.body, frame.dialect), frame.dialect)
    fast = None if stray else _parse_fast(frame)
    if fast is not None and not swallowed_rows(fast, frame.dialect):
        return fast, ()
    text = frame.body.decode("utf-8", "replace")
    table, mended = parse_ragged(text, frame.dialect, frame.names, file, frame.lines_before)
    return table, mended.notes()


def _parse_fast(frame: _Frame) -> pa.Table | None:
    """Parse with Arrow; None when a row is too short, too long or not closed."""
    dialect = frame.dialect
    if ord(dialect.delimiter) >= _SINGLE_BYTE or dialect.padded:
        return None
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    width = frame.layout.width
    names = [str(index) for index in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(frame.body),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=4 * 1024**2),
            parse_options=arrow_csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote or False,
                double_quote=True,
                escape_char=dialect.escape or False,
                newlines_in_values=bool(dialect.quote),
                ignore_empty_lines=width > 1,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return table.rename_columns(list(frame.names)).combine_chunks()


def _notes(frame: _Frame, footer: int, decoded: Decoded) -> tuple[Note, ...]:
    notes = []
    if frame.header_line is None:
        notes.append(
            Note(
                "no-header",
                say("The file has no header. We numbered the columns."),
                level="warning",
            )
        )
    before = _before(frame)
    if before:
        notes.append(lines_above(before))
    if footer and frame.layout.width > 1:
        notes.append(lines_below(footer))
    if decoded.replaced:
        notes.append(note_of_replaced(decoded.replaced))
    twice = twice_encoded(decoded.utf8[:SAMPLE_BYTES].decode("utf-8", "replace"))
    if twice is not None:
        said = say("Letters look broken: '{word}' should probably be '{good}'.", word=twice[0][:40],
                   good=twice[1][:40])  # fmt: skip
        remedy = say("Export the file again as UTF-8 from where it comes from.")
        notes.append(Note("encoded-twice", said, remedy=remedy, level="warning"))
    return tuple(notes)


def note_of_replaced(count: int) -> Note:
    """Say how many characters could not be read."""
    return Note(
        "unreadable-characters",
        say_count(
            "{number} character could not be read and shows as \ufffd.",
            "{number} characters could not be read and show as \ufffd.",
            count,
        ),
        remedy=say("Export the file again as UTF-8."),
        level="warning",
    )
