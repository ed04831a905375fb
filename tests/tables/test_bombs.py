"""Files made to break a reader are refused in a child process; nothing else is harmed.

Each is small to send and vast to open. The limits are those a person would notice: five seconds
and 512 MB.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from upshot.errors import FileProblem
from upshot.tables.safely import Limits, read_in_child

LIMITS = Limits(5.0, 512 * 1024**2)
MEGABYTE = 1024**2

pytestmark = pytest.mark.slow

_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/'
    'package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/'
    'spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.'
    'openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"'
    "/></Relationships>",
}


def _workbook(sheet: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return out.getvalue()


def _sheet(rows: bytes, before: bytes = b"") -> bytes:
    head = b'<?xml version="1.0"?>' + before
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return head + b"<worksheet " + space + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def far_cell() -> bytes:
    """Two cells in opposite corners: a reader allocates everything between them."""
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>'
    return _workbook(_sheet(rows))


def fat_sheet() -> bytes:
    """A megabyte that unpacks to 370 MB of cells."""
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>aaaaaaaaaaaaaaaaaaaaaaaaaa</t></is></c></row>'
    return _workbook(_sheet(row * (370 * MEGABYTE // len(row))))


def entities() -> bytes:
    """Ten levels of ten entities each: "a billion laughs"."""
    declared = b'<!ENTITY a0 "lol">' + b"".join(
        b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 11)
    )
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a10;</t></is></c></row>'
    return _workbook(_sheet(cell, b"<!DOCTYPE worksheet [" + declared + b"]>"))


def dense_archive() -> bytes:
    """A zip whose member is a gigabyte of one letter."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("a.csv", "w", force_zip64=True) as member,
    ):
        for _ in range(1024):
            member.write(b"a" * MEGABYTE)
    return out.getvalue()


def dense_gzip() -> bytes:
    """A gigabyte of one letter, packed twice."""
    once = io.BytesIO()
    with gzip.GzipFile(fileobj=once, mode="wb") as stream:
        for _ in range(1024):
            stream.write(b"a" * MEGABYTE)
    return gzip.compress(once.getvalue())


def lying_archive() -> bytes:
    """A zip that declares its member to be one byte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"1,2\n" * (300 * MEGABYTE // 4)) + packer.flush()
    name, checksum = b"a.csv", 0
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, checksum, len(packed), 1, len(name), 0
    )
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, checksum, len(packed), 1,
        len(name), 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    body = local + name + packed
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central) + len(name), len(body), 0
    )
    return body + central + name + end


def wide_line() -> bytes:
    """Ten million cells in one line."""
    return b"a" + b",a" * 10_000_000 + b"\n1,2\n"


def deep_json() -> bytes:
    """A list in a list, a million times."""
    return b'[{"a": ' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}]"


BOMBS: dict[str, Callable[[], bytes]] = {
    "far cell.xlsx": far_cell,
    "fat sheet.xlsx": fat_sheet,
    "entities.xlsx": entities,
    "dense.zip": dense_archive,
    "dense.csv.gz": dense_gzip,
    "lying.zip": lying_archive,
    "wide.csv": wide_line,
    "deep.json": deep_json,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(BOMBS[name]())
    with pytest.raises(FileProblem) as caught:
        read_in_child(path, name=name, limits=LIMITS)
    assert name in caught.value.problem
    assert caught.value.remedy
