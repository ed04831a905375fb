"""What the XML of a workbook says beyond its cells: extent, hidden rows, errors.

The reader of the cells allocates the whole rectangle that they span and tells nothing of rows that
a filter hides, so the XML is looked through first, piece by piece.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from upshot.errors import FileProblem
from upshot.wording import say

if TYPE_CHECKING:
    import numpy as np

# calamine allocates the whole rectangle that a sheet's cells span, 32 bytes a cell.
MAX_CELLS = 60_000_000
_CHUNK = 4 * 1024**2
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# A place as XML allows it to be written; as every program writes it, it is looked for faster.
_ANY = (
    re.compile(rb"\br\s*=\s*['\"]([A-Z]{1,3})\d", re.IGNORECASE),
    re.compile(rb"\br\s*=\s*['\"][A-Z]{0,3}(\d{1,7})['\"]", re.IGNORECASE),
)
_UNUSUAL = (b"'", b"\n", b"\r", b"\t")
# A place has at most three letters and seven digits, between quotes.
_LETTERS, _DIGITS = 3, 7
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=['\"](?:1|true)['\"]")
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden=['\"](?:1|true)['\"][^>]*>")
_NUMBERED = re.compile(rb"\b(min|max)=['\"](\d{1,5})['\"]")
# A formula with nothing behind it; Excel writes an empty text as a result of type "str".
_UNSAVED = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\bt=['\"]str['\"])[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ATTRIBUTE = re.compile(r"([\w:]+)=(?:\"([^\"]*)\"|'([^']*)')")
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*>\s*")


@dataclass(frozen=True)
class SheetMarks:
    """How far the cells of a sheet reach, and what a person should know about them.

    ``hidden_columns`` counts those among the cells; ``unsaved`` the formulas whose results the file
    does not hold.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    errors: int = 0
    hidden_columns: int = 0
    unsaved: int = 0


def sheet_marks(data: bytes, file: str) -> dict[str, SheetMarks]:
    """Look through the sheets of an xlsx workbook, by their names.

    Raises
    ------
    FileProblem
        When the cells of a sheet span more than a reader can hold, or the workbook is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            marks = {}
            for info in archive.infolist():
                if _SHEET.fullmatch(info.filename):
                    with archive.open(info) as stream:
                        marks[info.filename] = _marks(stream)
            parts = dict(sheet_parts(archive))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        raise FileProblem(
            say("'{file}' is a damaged workbook.", file=file),
            say("Open it in your spreadsheet program and save it again."),
        ) from None
    for found in marks.values():
        if found.rows * found.columns > MAX_CELLS:
            raise FileProblem(
                say(
                    "A sheet of '{file}' spans {rows} rows and {columns} columns.",
                    file=file,
                    rows=found.rows,
                    columns=found.columns,
                ),
                say("Delete the stray cells far from the table, or save it as CSV."),
            )
    return {name: marks[part] for name, part in parts.items() if part in marks}


def _marks(stream: IO[bytes]) -> SheetMarks:
    rows = columns = hidden = errors = unsaved = 0
    spans: list[tuple[int, int]] = []
    for piece in _pieces(stream):
        text = _DECLARATION.sub(b"", piece, count=1) if piece[:5] == b"<?xml" else piece
        columns, rows = map(max, (columns, rows), _reach(text))
        errors += text.count(b't="e"')
        if b"hidden=" in text:
            hidden += len(_HIDDEN.findall(text))
            spans += map(_span, _HIDDEN_COLUMNS.findall(text))
        if b"<f" in text:
            unsaved += len(_UNSAVED.findall(text))
    # Excel hides all columns behind the last one when a person wants to see no empty ones.
    out_of_sight = sum(max(0, min(last, columns) - first + 1) for first, last in spans)
    return SheetMarks(rows, columns, hidden, errors, out_of_sight, unsaved)


def _reach(text: bytes) -> tuple[int, int]:
    """The last column and the last row that a piece of a sheet names."""
    usual = None if any(sign in text for sign in _UNUSUAL) else _usual_reach(text)
    if usual is not None:
        return usual
    in_column, in_row = _ANY
    columns = map(_column_number, set(in_column.findall(text)))
    return max(columns, default=0), max(map(int, set(in_row.findall(text))), default=0)


def _usual_reach(text: bytes) -> tuple[int, int] | None:
    """The same where places are written as `` r="AB12"``, all at once; None where they are not."""
    import numpy as np

    data = np.frombuffer(b" " + text + bytes(_LETTERS + _DIGITS + 4), dtype=np.uint8)
    at = np.flatnonzero(data == ord("r"))
    at = at[data[at - 1] == ord(" ")]
    sign, quote = data[at + 1], data[at + 2]
    if ((sign == ord(" ")) | ((sign == ord("=")) & (quote == ord(" ")))).any():
        return None
    at = at[(sign == ord("=")) & (quote == ord('"'))] + 3
    # Without the bit that tells small letters from capitals: a reader takes both.
    columns, behind = _number_at(data & 0xDF, at, (ord("A"), 26, 1), _LETTERS)
    rows, ends = _number_at(data, behind, (ord("0"), 10, 0), _DIGITS)
    named = (behind > at) & (ends > behind)
    closed = (ends > behind) & (data[ends] == ord('"'))
    return int(columns[named].max(initial=0)), int(rows[closed].max(initial=0))


def _number_at(
    data: np.ndarray, at: np.ndarray, signs: tuple[int, int, int], most: int
) -> tuple[np.ndarray, np.ndarray]:
    """The numbers that begin at some places, of so many signs at most, and where they end.

    ``signs`` are the first sign, how many there are, and what the first one counts.
    """
    import numpy as np

    first, base, least = signs
    numbers, ends = np.zeros(len(at), np.int32), at.copy()
    going = np.ones(len(at), dtype=bool)
    for _ in range(most):
        # What is below the first sign wraps around to a large number.
        sign = data[ends] - np.uint8(first)
        going &= sign < base
        if not going.any():
            break
        numbers = np.where(going, numbers * base + sign + least, numbers)
        ends += going
    return numbers, ends


def _span(column: bytes) -> tuple[int, int]:
    """The first and last column that an element is about."""
    said = dict(_NUMBERED.findall(column))
    return int(said.get(b"min", 1)), int(said.get(b"max", 0))


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The text in pieces that end where an element ends."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        text = tail + chunk
        end = text.rfind(b">") + 1
        if not end or len(text) - end > _CHUNK:
            end = len(text)
        yield text[:end]
        tail = text[end:]
    if tail:
        yield tail


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and the part of the archive that holds it."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    targets = {
        found["Id"]: posixpath.normpath(posixpath.join("/xl", found["Target"])).lstrip("/")
        for found in elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
        if "Id" in found and "Target" in found
    }
    for found in elements(archive, "xl/workbook.xml", "sheet"):
        identity = next((value for key, value in found.items() if key.endswith(":id")), "")
        if "name" in found and identity in targets:
            yield found["name"], targets[identity]


def elements(archive: zipfile.ZipFile, part: str, tag: str) -> Iterator[dict[str, str]]:
    """The attributes of every element of a name in a small part of a workbook."""
    text = archive.read(part).decode("utf-8", "replace")
    for element in re.findall(rf"<(?:\w+:)?{tag}\b[^>]*>", text):
        yield {
            match[1]: html.unescape(match[2] if match[2] is not None else match[3])
            for match in _ATTRIBUTE.finditer(element)
        }
