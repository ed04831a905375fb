"""A large file in another encoding, written again in UTF-8 piece by piece."""

from __future__ import annotations

import codecs
from pathlib import Path

from upshot.tables.encoding import decode

_BLOCK = 1024 * 1024
_EVIDENCE_BYTES = 64 * 1024
UTF8 = frozenset({"utf-8", "utf-8-sig", "ascii"})


def as_utf8(path: Path, encoding: str, folder: Path) -> Path:
    """The file itself when it is UTF-8, else a copy that is."""
    if encoding in UTF8:
        return path
    copy = folder / "text.csv"
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with path.open("rb") as source, copy.open("wb") as target:
        while block := source.read(_BLOCK):
            target.write(decoder.decode(block).encode("utf-8", "replace"))
        target.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
    return copy


def encoding_of_all(path: Path) -> tuple[str, bool]:
    """The encoding of a file whose beginning is UTF-8, and whether it could hardly be another.

    It is decided on all lines with other letters.
    """
    decoded = decode(_strange_lines(path))
    return decoded.encoding, decoded.sure


def _strange_lines(path: Path) -> bytes:
    found: list[bytes] = []
    size = 0
    with path.open("rb") as source:
        for line in source:
            if not line.isascii():
                found.append(line)
                size += len(line)
                if size > _EVIDENCE_BYTES:
                    break
    return b"".join(found)
