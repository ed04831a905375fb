"""Archives: what lies in them, and unpacking it within limits."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from upshot.errors import FileProblem
from upshot.wording import Figure, say

# Limits that a marketer's file never meets and a decompression bomb always does. DEFLATE reaches
# 1,032:1 at most; padded exports reach about 50:1.
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_WORKBOOK_BYTES = 400 * 1024**2
MAX_RATIO = 200
RATIO_FREE_BYTES = 128 * 1024**2
MAX_MEMBERS = 2_000
_CHUNK = 1024 * 1024

_TABLE_ENDINGS = (
    ".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".xlsm", ".ods", ".parquet", ".jsonl",
    ".ndjson",
)  # fmt: skip
_ABOUT = frozenset({"readme", "license", "licence", "changelog"})


def gunzip(data: bytes, name: str) -> bytes:
    """Unpack a gzip file in memory."""
    out = io.BytesIO()
    gunzip_to(io.BytesIO(data), out, len(data), name)
    return out.getvalue()


def gunzip_to(packed: BinaryIO, out: BinaryIO, size: int, name: str) -> None:
    """Unpack a gzip file of so many bytes into another file, piece by piece.

    Raises
    ------
    FileProblem
        When it is damaged, or larger than a marketer's file ever is.
    """
    try:
        with gzip.GzipFile(fileobj=packed) as stream:
            _copy(stream, out, size, name)
    except (OSError, EOFError, ValueError, zlib.error):
        raise damaged(name) from None


def _copy(stream: IO[bytes] | gzip.GzipFile, out: BinaryIO, packed: int, name: str) -> None:
    """Copy what unpacks from so many bytes; a declared size may lie, so it is counted."""
    unpacked = 0
    while chunk := stream.read(_CHUNK):
        out.write(chunk)
        unpacked += len(chunk)
        check_size(unpacked, packed, name)


def damaged(name: str) -> FileProblem:
    """Say that an archive cannot be unpacked."""
    return FileProblem(
        say("'{name}' is a damaged or incomplete archive.", name=name),
        say("Download or export it again."),
    )


def check_size(unpacked: int, packed: int, name: str, limit: int = MAX_UNPACKED_BYTES) -> None:
    """Refuse what a decompression bomb unpacks to."""
    too_dense = unpacked > RATIO_FREE_BYTES and unpacked > MAX_RATIO * max(packed, 1)
    if unpacked > limit or too_dense:
        raise FileProblem(
            say(
                "'{name}' is too large when unpacked ({unpacked} MB).",
                name=name,
                unpacked=Figure(f"{unpacked / 1024**2:,.0f}"),
            ),
            say("Export fewer rows or columns, or save it as plain CSV."),
        )


def office_format(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    """Which kind of workbook an archive is, if it is one."""
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(n.lower() == "xl/workbook.xml" for n in names):
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        mime = archive.read("mimetype")[:100]
        return "ods" if b"spreadsheet" in mime else None
    return None


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Unpack one member of an archive in memory."""
    out = io.BytesIO()
    unpack_to(archive, info, out, name)
    return out.getvalue()


def unpack_to(archive: zipfile.ZipFile, info: zipfile.ZipInfo, out: BinaryIO, name: str) -> None:
    """Unpack one member of an archive into a file, piece by piece.

    Raises
    ------
    FileProblem
        When it has a password, is damaged, or is larger than a marketer's file ever is.
    """
    if info.flag_bits & 0x1:
        raise FileProblem(
            say("'{name}' is protected with a password.", name=name),
            say("Save it without a password and try again."),
        )
    check_size(info.file_size, info.compress_size, name)
    try:
        with archive.open(info) as stream:
            _copy(stream, out, info.compress_size, name)
    except zlib.error:
        raise damaged(name) from None


def base_name(filename: str) -> str:
    """The last part of a member's name."""
    return PurePosixPath(filename.replace("\\", "/")).name


def tables_in(infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members that may be tables; plain JSON only alone, as it often describes the others."""
    tables = [info for info in infos if _may_be_table(info.filename)]
    return tables or [info for info in infos if _may_be_table(info.filename, (".json",))]


def _may_be_table(filename: str, endings: tuple[str, ...] = _TABLE_ENDINGS) -> bool:
    base = base_name(filename).lower()
    if base.startswith(".") or base.split(".")[0] in _ABOUT or filename.startswith("__MACOSX/"):
        return False
    return base.removesuffix(".gz").endswith(endings) or "." not in base
