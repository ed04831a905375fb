"""What is inside a file: format by content, not by name; nothing is unpacked unchecked."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from upshot.errors import FileProblem
from upshot.wording import Figure, mark, say

# Limits that a marketer's file never meets and a decompression bomb always does. DEFLATE reaches
# 1,032:1 at most; padded exports reach about 50:1.
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_WORKBOOK_BYTES = 400 * 1024**2
MAX_RATIO = 200
RATIO_FREE_BYTES = 128 * 1024**2
MAX_MEMBERS = 2_000
_CHUNK = 1024 * 1024

_FOREIGN = (
    (b"%PDF", mark("a PDF document"), mark("Export the table as CSV or Excel instead.")),
    (b"\x89PNG", mark("an image"), mark("Upload the table itself, as CSV or Excel.")),
    (b"\xff\xd8\xff", mark("an image"), mark("Upload the table itself, as CSV or Excel.")),
    (b"GIF8", mark("an image"), mark("Upload the table itself, as CSV or Excel.")),
    (b"SQLite format 3", mark("a database"), mark("Export the table as CSV.")),
    (b"\x7fELF", mark("a program"), mark("Upload a table, as CSV or Excel.")),
    (b"MZ\x90", mark("a program"), mark("Upload a table, as CSV or Excel.")),
    (b"Rar!", mark("a RAR archive"), mark("Unpack it and upload the table, or use a ZIP.")),
    (b"7z\xbc\xaf", mark("a 7z archive"), mark("Unpack it and upload the table, or use a ZIP.")),
    (b"BZh", mark("a bzip2 archive"), mark("Unpack it and upload the table, or use a ZIP.")),
    (b"\xfd7zXZ", mark("an xz archive"), mark("Unpack it and upload the table, or use a ZIP.")),
    (
        b"\x28\xb5\x2f\xfd",
        mark("a Zstandard archive"),
        mark("Unpack it and upload the table, or use a ZIP."),
    ),
)
# Formats that are read as a whole or not at all: gzip, zip, Parquet, old Office.
_CONTAINERS = (b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0")
_TABLE_ENDINGS = (
    ".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".xlsm", ".ods", ".parquet", ".jsonl",
    ".ndjson",
)  # fmt: skip
_ABOUT = frozenset({"readme", "license", "licence", "changelog"})
# Not every text that begins with a brace is JSON: a name in quotes must follow.
_JSON = re.compile(r"\s*(?:\{\s*\"(?:[^\"\\]|\\.)*\"\s*:|\[\s*\{\s*[\"}])")


@dataclass(frozen=True)
class Opened:
    """The bytes of one table and what they are.

    ``format`` is ``"text"``, ``"jsonl"``, ``"xlsx"``, ``"xls"``, ``"xlsb"``, ``"ods"`` or
    ``"parquet"``; ``members`` names the tables of an archive, ``member`` the one that was taken
    and ``archive`` holds the archive's bytes; ``unpacked`` is the size of a workbook's parts.
    """

    file: str
    format: str
    data: bytes
    members: tuple[str, ...] = ()
    member: str | None = None
    archive: bytes = b""
    unpacked: int = 0


def open_file(path: Path, name: str, member: str | None = None) -> Opened:
    """Read a file and look inside; archives are opened and one table is taken.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    name : str
        What the person calls it; used in messages.
    member : str, optional
        The archive member to take; the largest table when not given.
    """
    try:
        if path.is_dir():
            raise FileProblem(
                say("'{name}' is a folder.", name=name), say("Give the file inside it.")
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileProblem(
            say("There is no file '{name}'.", name=name), say("Check the name and the folder.")
        ) from None
    except OSError as error:
        reason = error.strerror or say("it cannot be opened")
        raise FileProblem(
            say("'{name}' cannot be read: {reason}.", name=name, reason=reason),
            say("Check the file."),
        ) from None
    return _look_inside(data, name, member, depth=0)


def open_head(path: Path, name: str, limit: int) -> Opened | None:
    """Open the beginning of a large text file; None for small files and other formats.

    Parameters
    ----------
    path, name
        As for `open_file`.
    limit : int
        Bytes that are read; what stands after the last line end among them is left out.
    """
    try:
        if path.stat().st_size <= limit:
            return None
        with path.open("rb") as stream:
            head = stream.read(limit)
    except OSError:
        return None  # `open_file` says why
    if head.startswith(_CONTAINERS):
        return None
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[:64].count(0) > 8
    end = len(head) // 4 * 4 if wide else max(head.rfind(b"\n"), head.rfind(b"\r")) + 1
    opened = _look_inside(head[: end or len(head)], name, None, depth=0)
    return opened if opened.format == "text" else None


def begins_as_text(path: Path) -> bool:
    """Whether the beginning of a file alone can tell what is in it."""
    with path.open("rb") as stream:
        return not stream.read(8).startswith(_CONTAINERS)


def _look_inside(data: bytes, name: str, member: str | None, depth: int) -> Opened:
    if depth > 2:
        raise FileProblem(
            say("'{name}' holds archives inside archives.", name=name), say("Unpack it once first.")
        )
    if _is_blank(data):
        raise FileProblem(
            say("'{name}' is empty.", name=name), say("Export it again and check that it has rows.")
        )
    for magic, what, remedy in _FOREIGN:
        if data.startswith(magic):
            raise FileProblem(
                say("'{name}' is {what}, not a table.", name=name, what=say(what)), say(remedy)
            )
    if data.startswith(b"\x1f\x8b"):
        return _look_inside(_gunzip(data, name), name, member, depth + 1)
    if data.startswith(b"PK\x03\x04"):
        return _open_zip(data, name, member, depth)
    if data.startswith(b"PK\x05\x06"):
        raise FileProblem(
            say("'{name}' is an empty archive.", name=name), say("Put the table in it.")
        )
    if data.startswith(b"PAR1"):
        return Opened(name, "parquet", data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _open_ole(data, name)
    _refuse_markup(data, name)
    return Opened(name, "jsonl" if _is_json(data) else "text", data)


def _is_blank(data: bytes) -> bool:
    return not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe")


def _is_json(data: bytes) -> bool:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = data[:4096].decode("utf-16" if wide else "utf-8-sig", "replace")
    return _JSON.match(head) is not None


def _open_ole(data: bytes, name: str) -> Opened:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileProblem(
            say("'{name}' is protected with a password.", name=name),
            say("Save it without a password and try again."),
        )
    known = any(word.encode("utf-16-le") in data for word in ("Workbook", "Book"))
    if not known:
        raise FileProblem(
            say("'{name}' is an Office document, but not a workbook.", name=name),
            say("Save the table as CSV or xlsx."),
        )
    return Opened(name, "xls", data)


def _refuse_markup(data: bytes, name: str) -> None:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise FileProblem(
            say("'{name}' is a web page, not a table.", name=name),
            say("Open it in your spreadsheet program and save it as xlsx or CSV."),
        )
    if start.startswith(b"<?xml"):
        raise FileProblem(
            say("'{name}' is an XML document, not a table.", name=name),
            say("Open it in your spreadsheet program and save it as xlsx or CSV."),
        )


def _gunzip(data: bytes, name: str) -> bytes:
    out = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while chunk := stream.read(_CHUNK):
                out.write(chunk)
                _check_size(out.tell(), len(data), name)
    except (OSError, EOFError, ValueError):
        raise _damaged(name) from None
    except Exception as error:
        # zlib raises its own error type, which is not an OSError.
        if type(error).__name__ != "error":
            raise
        raise _damaged(name) from None
    return out.getvalue()


def _damaged(name: str) -> FileProblem:
    return FileProblem(
        say("'{name}' is a damaged or incomplete archive.", name=name),
        say("Download or export it again."),
    )


def _check_size(unpacked: int, packed: int, name: str, limit: int = MAX_UNPACKED_BYTES) -> None:
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


def _open_zip(data: bytes, name: str, member: str | None, depth: int) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            names = {info.filename for info in infos}
            kind = _office_format(archive, names)
            limit = MAX_WORKBOOK_BYTES if kind else MAX_UNPACKED_BYTES
            if len(infos) > MAX_MEMBERS:
                raise FileProblem(
                    say("'{name}' holds {files} files.", name=name, files=len(infos)),
                    say("Upload one table."),
                )
            if kind:
                unpacked = sum(info.file_size for info in infos)
                _check_size(unpacked, len(data), name, limit)
                return Opened(name, kind, data, unpacked=unpacked)
            if any(entry.startswith(("word/", "ppt/")) for entry in names):
                raise FileProblem(
                    say("'{name}' is an Office document, but not a workbook.", name=name),
                    say("Save the table as CSV or xlsx."),
                )
            taken = _take_member(archive, infos, name, member, depth)
            return replace(taken, archive=data)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        raise _damaged(name) from None


def _office_format(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names or any(n.lower() == "xl/workbook.xml" for n in names):
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        mime = archive.read("mimetype")[:100]
        return "ods" if b"spreadsheet" in mime else None
    return None


def _take_member(
    archive: zipfile.ZipFile,
    infos: list[zipfile.ZipInfo],
    name: str,
    member: str | None,
    depth: int,
) -> Opened:
    tables = _tables(infos)
    if not tables:
        raise FileProblem(
            say("'{name}' holds no table.", name=name),
            say("Put a CSV or Excel file in the archive."),
        )
    labels = tuple(info.filename for info in tables)
    chosen = max(tables, key=lambda info: info.file_size)
    if member is not None:
        matches = [info for info in tables if member in {info.filename, _base(info.filename)}]
        if not matches:
            raise FileProblem(
                say("'{name}' holds no table '{member}'.", name=name, member=member),
                say("It holds: {names}.", names=", ".join(labels[:20])),
            )
        chosen = matches[0]
    inner = _look_inside(_unpack(archive, chosen, name), name, None, depth + 1)
    return replace(inner, members=labels, member=chosen.filename)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    if info.flag_bits & 0x1:
        raise FileProblem(
            say("'{name}' is protected with a password.", name=name),
            say("Save it without a password and try again."),
        )
    _check_size(info.file_size, info.compress_size, name)
    out = io.BytesIO()
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            out.write(chunk)
            # The declared size may lie.
            _check_size(out.tell(), info.compress_size, name)
    return out.getvalue()


def open_members(opened: Opened) -> Iterator[Opened]:
    """Open every table of the archive that a file came from, the smallest first.

    Members without any content are passed over. All members together keep within the limits of
    one file.

    Raises
    ------
    FileProblem
        When a member is no table, or all of them are too large together.
    """
    name, total = opened.file, 0
    try:
        with zipfile.ZipFile(io.BytesIO(opened.archive)) as archive:
            wanted = [info for info in archive.infolist() if info.filename in opened.members]
            packed, limit = len(opened.archive), MAX_UNPACKED_BYTES
            _check_size(sum(info.file_size for info in wanted), packed, name, limit)
            for info in sorted(wanted, key=lambda info: info.file_size):
                if info.filename == opened.member:
                    inner = opened
                else:
                    data = _unpack(archive, info, name)
                    if _is_blank(data):
                        continue
                    inner = _look_inside(data, name, None, depth=1)
                total += max(len(inner.data), inner.unpacked)
                _check_size(total, packed, name, limit)
                yield replace(
                    inner, members=opened.members, member=info.filename, archive=opened.archive
                )
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        raise _damaged(name) from None


def _base(filename: str) -> str:
    return PurePosixPath(filename.replace("\\", "/")).name


def _tables(infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members that may be tables; plain JSON only alone, as it often describes the others."""
    tables = [info for info in infos if _may_be_table(info.filename)]
    return tables or [info for info in infos if _may_be_table(info.filename, (".json",))]


def _may_be_table(filename: str, endings: tuple[str, ...] = _TABLE_ENDINGS) -> bool:
    base = _base(filename).lower()
    if base.startswith(".") or base.split(".")[0] in _ABOUT or filename.startswith("__MACOSX/"):
        return False
    return base.removesuffix(".gz").endswith(endings) or "." not in base
