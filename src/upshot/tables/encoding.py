"""Bytes to text: which encoding a file was written in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_SAMPLE_BYTES = 64 * 1024
# Letters and signs of Western European languages as Windows-1252 writes them.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽŸ€£©®°·«»–—‘’“”…•¿¡ºª§´\u00a0½¼²™"
)
# Lines that have to be UTF-8 in a file that is not, and words that have to be encoded twice.
_FEWEST_LINES = 3
_SHARE_OF_LINES = 0.2
_MOSTLY = 0.8
_LOOKED_AT = 2_000
_MARKED_WORD = re.compile(r"[^\s,;|\"]*[\u0080-\u2122][^\s,;|\"]*")
_CODE_PAGES = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp850", "mac_roman",
]  # fmt: skip


@dataclass(frozen=True)
class Decoded:
    """A file's bytes as UTF-8, the encoding they had, and how many characters were unreadable.

    ``sure`` is False where the bytes mean something in several encodings and the likeliest was
    taken.
    """

    utf8: bytes
    encoding: str
    replaced: int = 0
    sure: bool = True


def decode(data: bytes, told: str | None = None) -> Decoded:
    """Find the encoding of a text file, unless told, and re-write it in UTF-8 without a mark."""
    if told is not None:
        return _as_told(data, told)
    for bom, shown, codec in _BOMS:
        if data.startswith(bom):
            return _by_mark(data[len(bom) :], shown, codec)
    guessed = _wide_without_mark(data)
    if guessed:
        return _by_mark(data, guessed, guessed)
    if _is_utf8(data):
        return Decoded(data, "utf-8")
    spoilt = _mostly_utf8(data) or _line_by_line(data)
    if spoilt is not None:
        return spoilt
    encoding, sure = _code_page(data)
    text = data.decode(encoding, "replace")
    return Decoded(text.encode("utf-8"), encoding, text.count("\ufffd"), sure)


def _as_told(data: bytes, told: str) -> Decoded:
    codec = codecs.lookup(told).name
    for bom, shown, marked in _BOMS:
        same = codec in {codecs.lookup(shown).name, codecs.lookup(marked).name, marked}
        if same and data.startswith(bom):
            return _by_mark(data[len(bom) :], shown, marked)
    text = data.decode(codec, "replace")
    return Decoded(text.encode("utf-8", "replace"), codec, text.count("\ufffd"))


def _by_mark(body: bytes, shown: str, codec: str) -> Decoded:
    if codec == "utf-8" and _is_utf8(body):
        return Decoded(body, shown)
    text = body.decode(codec, "replace")
    return Decoded(text.encode("utf-8", "replace"), shown, text.count("\ufffd"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 8:
        return None
    even = sample[0::2].count(0) / len(sample[0::2])
    odd = sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    if even > 0.6 and odd < 0.1:
        return "utf-16-be"
    return None


def _mostly_utf8(data: bytes) -> Decoded | None:
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    good = sum(1 for char in re.findall(r"[^\x00-\x7f]", text[: 4 * 1024**2]) if char != "\ufffd")
    if good >= 20 * replaced:
        return Decoded(text.encode("utf-8"), "utf-8", replaced)
    return None


def _line_by_line(data: bytes) -> Decoded | None:
    """Files put behind each other: some lines are UTF-8, the others Western European.

    Western text is hardly ever valid UTF-8 by chance, so a few such lines tell.
    """
    lines = data.split(b"\n")
    marked = [line for line in lines if not line.isascii()]
    foreign = [line for line in marked if not _is_utf8(line)]
    native = len(marked) - len(foreign)
    if native < _FEWEST_LINES or native < _SHARE_OF_LINES * len(marked):
        return None
    if not _reads_western(b"\n".join(foreign)[:_SAMPLE_BYTES]):
        return None
    told = (line if _is_utf8(line) else line.decode("cp1252", "replace").encode() for line in lines)
    return Decoded(b"\n".join(told), "utf-8", sure=False)


def twice_encoded(text: str) -> tuple[str, str] | None:
    """A word whose letters were encoded twice, and what it should be: ``KÃ¶ln`` is ``Köln``.

    None where the text holds no such words, or other letters beyond ASCII as well.
    """
    words = _MARKED_WORD.findall(text)
    mended = [(word, good) for word in words[:_LOOKED_AT] if (good := _once(word)) is not None]
    enough = len(mended) >= _FEWEST_LINES and len(mended) >= _MOSTLY * min(len(words), _LOOKED_AT)
    return mended[0] if enough else None


def _once(word: str) -> str | None:
    try:
        good = word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return good if good != word and good.isprintable() else None


def _code_page(data: bytes) -> tuple[str, bool]:
    sample = b"\n".join(
        line for line in data[: 8 * 1024**2].splitlines() if any(byte > 127 for byte in line)
    )[:_SAMPLE_BYTES]
    if _reads_western(sample):
        return "cp1252", True
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_CODE_PAGES).best()
    return best.encoding if best else "cp1252", False


def _reads_western(sample: bytes) -> bool:
    """Western text has accents inside Latin words, one or two at a time."""
    text = sample.decode("cp1252", "replace")
    high = [char for char in text if ord(char) > 127]
    known = sum(char in _WESTERN for char in high)
    in_runs = sum(len(run) for run in re.findall(r"[^\x00-\x7f]{3,}", text))
    return known >= 0.98 * len(high) and in_runs <= 0.1 * len(high)
