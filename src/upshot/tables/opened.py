"""What is inside a file: format by content, not by name; nothing is unpacked unchecked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from upshot.errors import FileProblem
from upshot.tables import archives
from upshot.tables.archives import (
    base_name,
    check_size,
    damaged,
    gunzip,
    office_format,
    tables_in,
    unpack,
)
from upshot.tables.markup_kind import marked_up, page_in_message
from upshot.wording import mark, say

_FOREIGN = (
    (b"%PDF", mark("a PDF document"), mark("Export the table as CSV or Excel instead.")),
    (b"\x89PNG", mark("an image"), mark("Upload the table itself, as CSV or Excel.")),
    (b"\xff\xd8\xff", mark("an image"), mark("Upload the table itself, as CSV or Excel.")),
    (b"GIF8", mark("an image"), mark("Upload the table itself, as CSV or Excel.")),
    (b"SQLite format 3", mark("a database"), mark("Export the table as CSV.")),
    (b"\x7fELF", mark("a program"), mark("Upload a table, as CSV or Excel.")),
    (b"\x09\x00\x04\x00", mark("a workbook of a very old Excel"), mark("Save it as xlsx.")),
    (b"\x09\x02\x06\x00", mark("a workbook of a very old Excel"), mark("Save it as xlsx.")),
    (b"\x09\x04\x06\x00", mark("a workbook of a very old Excel"), mark("Save it as xlsx.")),
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
# Not every text that begins with a brace is JSON: a name in quotes must follow.
_JSON = re.compile(r"\s*(?:\{\s*\"(?:[^\"\\]|\\.)*\"\s*:|\[\s*\{\s*[\"}])")


@dataclass(frozen=True)
class Opened:
    """The bytes of one table and what they are.

    ``format`` is ``"text"``, ``"jsonl"``, ``"xlsx"``, ``"xls"``, ``"xlsb"``, ``"ods"``, ``"html"``,
    ``"xml"`` (Spreadsheet 2003) or ``"parquet"``; ``members`` names the tables of an archive,
    ``member`` the one that was taken and ``archive`` holds the archive's bytes; ``unpacked`` is
    the size of a workbook's parts.
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
        return _look_inside(gunzip(data, name), name, member, depth + 1)
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
    data = page_in_message(data) or data
    return Opened(name, marked_up(data, name) or ("jsonl" if _is_json(data) else "text"), data)


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


def _open_zip(data: bytes, name: str, member: str | None, depth: int) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            names = {info.filename for info in infos}
            kind = office_format(archive, names)
            limit = archives.MAX_WORKBOOK_BYTES if kind else archives.MAX_UNPACKED_BYTES
            if len(infos) > archives.MAX_MEMBERS:
                raise FileProblem(
                    say("'{name}' holds {files} files.", name=name, files=len(infos)),
                    say("Upload one table."),
                )
            if kind:
                unpacked = sum(info.file_size for info in infos)
                check_size(unpacked, len(data), name, limit)
                return Opened(name, kind, data, unpacked=unpacked)
            if any(entry.endswith(".iwa") for entry in names):
                raise FileProblem(
                    say("'{name}' is an Apple Numbers document.", name=name),
                    say("Export it from Numbers as CSV or Excel."),
                )
            if any(entry.startswith(("word/", "ppt/")) for entry in names):
                raise FileProblem(
                    say("'{name}' is an Office document, but not a workbook.", name=name),
                    say("Save the table as CSV or xlsx."),
                )
            taken = _take_member(archive, infos, name, member, depth)
            return replace(taken, archive=data)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        raise damaged(name) from None


def _take_member(
    archive: zipfile.ZipFile,
    infos: list[zipfile.ZipInfo],
    name: str,
    member: str | None,
    depth: int,
) -> Opened:
    tables = tables_in(infos)
    if not tables:
        raise FileProblem(
            say("'{name}' holds no table.", name=name),
            say("Put a CSV or Excel file in the archive."),
        )
    labels = tuple(info.filename for info in tables)
    chosen = max(tables, key=lambda info: info.file_size)
    if member is not None:
        matches = [info for info in tables if member in {info.filename, base_name(info.filename)}]
        if not matches:
            raise FileProblem(
                say("'{name}' holds no table '{member}'.", name=name, member=member),
                say("It holds: {names}.", names=", ".join(labels[:20])),
            )
        chosen = matches[0]
    inner = _look_inside(unpack(archive, chosen, name), name, None, depth + 1)
    return replace(inner, members=labels, member=chosen.filename)


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
            packed, limit = len(opened.archive), archives.MAX_UNPACKED_BYTES
            check_size(sum(info.file_size for info in wanted), packed, name, limit)
            for info in sorted(wanted, key=lambda info: info.file_size):
                if info.filename == opened.member:
                    inner = opened
                else:
                    data = unpack(archive, info, name)
                    if _is_blank(data):
                        continue
                    inner = _look_inside(data, name, None, depth=1)
                total += max(len(inner.data), inner.unpacked)
                check_size(total, packed, name, limit)
                yield replace(
                    inner, members=opened.members, member=info.filename, archive=opened.archive
                )
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
        raise damaged(name) from None
