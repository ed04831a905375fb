"""Where a workbook says that its tables stand: what Excel makes of a range by "Format as Table"."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from upshot.tables.grid import Rectangle
from upshot.tables.sheet_marks import elements, sheet_parts

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST_TABLES = 20


def known_tables(data: bytes, sheet: str) -> tuple[Rectangle, ...]:
    """The rectangles of a sheet's tables with their names, without rows of totals.

    Parameters
    ----------
    data : bytes
        An xlsx workbook that could be opened.
    sheet : str
        Name of the sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = dict(sheet_parts(archive)).get(sheet, "")
            return tuple(_tables(archive, part))[:_MOST_TABLES]
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, KeyError):
        return ()


def _tables(archive: zipfile.ZipFile, part: str) -> list[Rectangle]:
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if not part or relations not in archive.namelist():
        return []
    out = []
    for found in elements(archive, relations, "Relationship"):
        if not found.get("Type", "").endswith("/table"):
            continue
        target = posixpath.normpath(posixpath.join("/", folder, found.get("Target", "")))
        for table in elements(archive, target.lstrip("/"), "table"):
            place = _rectangle(table)
            if place is not None:
                out.append(place)
    return out


def _rectangle(table: dict[str, str]) -> Rectangle | None:
    written = _RANGE.fullmatch(table.get("ref", ""))
    if written is None or table.get("headerRowCount") == "0":
        return None
    left, top, right, bottom = written.groups()
    totals = int(table.get("totalsRowCount", "0") == "1")
    return (int(top) - 1, _column(left)), (int(bottom) - 1 - totals, _column(right))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
