"""The one zip file of a bundle: written the same for the same content, read with suspicion.

Everything is checked from the zip's directory before any content is unpacked. Limits follow what a
hostile archive can do: many members, a huge member, a small member that unpacks to a huge one,
names that leave the folder, members that overlap.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from upshot.errors import BundleProblem, InternalError
from upshot.wording import say

MANIFEST = "manifest.json"

MAX_MEMBERS = 4_096
MAX_TOTAL_BYTES = 2 << 30
MAX_MEMBER_BYTES = 1 << 30
MAX_JSON_BYTES = 64 << 20
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 1 << 20
_MAX_DIRECTORY_BYTES = 2 << 20
_MAX_NAME = 255

# The end-of-directory record of a zip without a comment: APPNOTE.TXT 6.3.10, section 4.3.16.
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SEGMENT = r"[A-Za-z0-9%_~-][A-Za-z0-9%_~. -]*"
_NAME = re.compile(rf"{_SEGMENT}(/{_SEGMENT})*")
_LEVEL = 1  # models are dense already: higher levels cost seconds and save a few per cent

# What the standard library raises for damaged archives, measured by flipping bits.
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


def damaged(detail: str) -> BundleProblem:
    """Return the problem that every kind of damage ends in."""
    return BundleProblem(
        say("This is not a whole Upshot bundle: {detail}.", detail=detail),
        say("Copy or download the .upshot file again, or train again and save a new one."),
    )


def write_archive(path: Path, members: Mapping[str, bytes]) -> None:
    """Write `members` to `path`, sorted by name and without dates.

    Text is compressed; a member that would compress more than half as far as a reader allows is
    stored as it is, so that no bundle of ours is ever mistaken for a zip bomb.
    """
    _check_own(members)
    with zipfile.ZipFile(path, "w", allowZip64=False) as archive:
        for name in sorted(members, key=lambda name: (name != MANIFEST, name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, members[name], _compression(members[name]), _LEVEL)


def _compression(content: bytes) -> int:
    packed = len(zlib.compress(content, _LEVEL))
    if packed * MAX_RATIO < 2 * len(content) and len(content) > RATIO_COUNTS_FROM_BYTES:
        return zipfile.ZIP_STORED
    return zipfile.ZIP_DEFLATED if packed < 0.95 * len(content) else zipfile.ZIP_STORED


def _check_own(members: Mapping[str, bytes]) -> None:
    for name, content in members.items():
        reason = _bad_name(name) or _bad_size(name, len(content))
        if reason:
            raise InternalError(f"A bundle part cannot be saved: {reason}.")
    total = sum(len(content) for content in members.values())
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL_BYTES:
        raise InternalError(
            f"The bundle is too large to save: {len(members)} parts, {total:,} bytes."
        )


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a bundle's zip after checking its directory.

    Raises
    ------
    BundleProblem
        The file is missing, is not a zip of ours, breaks a limit or is damaged.
    """
    try:
        with Path(path).open("rb") as file:
            _check_end(file)
            with zipfile.ZipFile(file) as archive:
                infos = archive.infolist()
                _check_directory(infos, os.fstat(file.fileno()).st_size)
                yield Archive(archive, {info.filename: info for info in infos})
    except _DAMAGE as error:
        raise damaged(say("its contents are damaged")) from error
    except OSError as error:
        reason = error.strerror or say("it is damaged")
        raise BundleProblem(
            say(
                "The bundle '{file}' cannot be opened: {reason}.",
                file=Path(path).name,
                reason=reason,
            ),
            say("Check the file's name and folder."),
        ) from error


class Archive:
    """An open bundle whose directory has passed all checks."""

    def __init__(self, archive: zipfile.ZipFile, infos: Mapping[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._infos = infos

    @property
    def names(self) -> frozenset[str]:
        """Names of all members."""
        return frozenset(self._infos)

    def size(self, name: str) -> int:
        """Unpacked size of a member."""
        return self._infos[name].file_size

    def read(self, name: str) -> bytes:
        """Unpack one member; its length and CRC-32 are checked by the zip reader."""
        info = self._infos.get(name)
        if info is None:
            raise damaged(say("'{part}' is missing", part=name))
        with self._archive.open(info) as member:
            content = member.read(info.file_size)
            if len(content) != info.file_size or member.read(1):
                raise damaged(say("'{part}' has the wrong length", part=name))
        return content


def _check_end(file: BinaryIO) -> None:
    """Check the last record, so that a forged one cannot make the reader list forever."""
    length = file.seek(0, os.SEEK_END)
    if length < _END.size:
        raise damaged(say("the file is empty or cut off"))
    if length > MAX_TOTAL_BYTES:
        raise damaged(say("the file is larger than any bundle"))
    file.seek(length - _END.size)
    signature, _, _, here, entries, size, offset, comment = _END.unpack(file.read(_END.size))
    file.seek(0)
    if signature != _END_SIGNATURE:
        start = file.read(4)
        file.seek(0)
        if start == b"PK\x03\x04":
            raise damaged(say("the file is cut off"))
        raise damaged(say("it is another kind of file"))
    if comment or here != entries or offset + size + _END.size != length:
        raise damaged(say("its directory is damaged"))
    if entries > MAX_MEMBERS or size > _MAX_DIRECTORY_BYTES:
        raise damaged(say("it holds too many parts"))


def _check_directory(infos: list[zipfile.ZipInfo], length: int) -> None:
    names = [info.filename for info in infos]
    if len(names) > MAX_MEMBERS:
        raise damaged(say("it holds too many parts"))
    if len({name.casefold() for name in names}) != len(names):
        raise damaged(say("two of its parts have the same name"))
    for info in infos:
        reason = _bad_name(info.filename) or _bad_size(info.filename, info.file_size)
        reason = reason or _bad_packing(info)
        if reason:
            raise damaged(reason)
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise damaged(say("its parts are too large"))
    if sum(info.compress_size for info in infos) > length:
        raise damaged(say("its parts overlap"))


def _bad_name(name: str) -> str:
    parts = name.split("/")
    if len(name) > _MAX_NAME or not _NAME.fullmatch(name) or ".." in parts or "." in parts:
        return say("one of its parts has a name that is not allowed")
    return ""


def _bad_size(name: str, size: int) -> str:
    limit = MAX_JSON_BYTES if name.endswith(".json") else MAX_MEMBER_BYTES
    return say("'{part}' is larger than allowed", part=name) if size > limit else ""


def _bad_packing(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return say("'{part}' is packed in a way Upshot does not use", part=name)
    if info.flag_bits & 0x1:
        return say("'{part}' is encrypted", part=name)
    if info.file_size > RATIO_COUNTS_FROM_BYTES and (
        info.file_size > MAX_RATIO * max(info.compress_size, 1)
    ):
        return say("'{part}' unpacks to far more than it should", part=name)
    return ""
