"""A large text file inside gz or zip, unpacked to a temporary file rather than into memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from upshot.tables.archives import base_name, gunzip_to, office_format, tables_in, unpack_to

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
# A header of 10 bytes and a trailer of 8 (RFC 1952).
_SMALLEST_GZIP = 18


@dataclass(frozen=True)
class Unpacked:
    """Where the text lies, and for an archive its tables and the one that this is."""

    path: Path
    members: tuple[str, ...] = ()
    member: str | None = None


@contextmanager
def unpacked(path: Path, name: str, member: str | None, least: int) -> Iterator[Unpacked | None]:
    """The one table of a gz or zip file, unpacked; None where it may be small or is not one.

    Parameters
    ----------
    path, name : pathlib.Path, str
        The file, and what the person calls it.
    member : str or None
        The member of an archive that was chosen.
    least : int
        Bytes from which unpacking to a file is worth it.

    Raises
    ------
    FileProblem
        When it cannot be unpacked, or only into more than is allowed.
    """
    with TemporaryDirectory(prefix="upshot-unpacked-") as folder:
        target = Path(folder, "text")
        yield _unpack(path, name, member, least, target)


def _unpack(path: Path, name: str, member: str | None, least: int, target: Path) -> Unpacked | None:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith(_GZIP) and member is None:
        return _from_gzip(path, name, least, target)
    if start == _ZIP:
        try:
            return _from_zip(path, name, member, least, target)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError):
            return None  # `open_file` says why
    return None


def _from_gzip(path: Path, name: str, least: int, target: Path) -> Unpacked | None:
    size = path.stat().st_size
    if size < _SMALLEST_GZIP:
        return None
    with path.open("rb") as packed:
        # The last four bytes tell the size before packing, modulo 2^32 (RFC 1952).
        packed.seek(-4, 2)
        told = int.from_bytes(packed.read(4), "little")
        if max(told, size) < least:
            return None
        packed.seek(0)
        with target.open("wb") as out:
            gunzip_to(packed, out, size, name)
    return Unpacked(target)


def _from_zip(
    path: Path, name: str, member: str | None, least: int, target: Path
) -> Unpacked | None:
    with zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if office_format(archive, {info.filename for info in infos}):
            return None
        tables = tables_in(infos)
        labels = tuple(info.filename for info in tables)
        chosen = [
            info
            for info in tables
            if (member is None and len(tables) == 1)
            or member in {info.filename, base_name(info.filename)}
        ]
        if not chosen or chosen[0].file_size < least:
            return None
        with target.open("wb") as out:
            unpack_to(archive, chosen[0], out, name)
    return Unpacked(target, labels, chosen[0].filename)
