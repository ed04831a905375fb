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
    spoilt = _mostly_utf8(data)
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
