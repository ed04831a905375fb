"""Lists of tags in one cell: ``a, b, c``, ``a;b;c``, ``["a", "b"]``, ``{a,b}``."""

from __future__ import annotations

import json
import re
from functools import lru_cache

SEPARATORS = (";", "|", ",", "\n")
_SPACES = re.compile(r"\s+")
_BRACKETS = {"[": "]", "{": "}", "(": ")"}


# Learning takes the same texts apart once per fold and candidate.
@lru_cache(maxsize=100_000)
def tags_in(text: str) -> tuple[str, ...]:
    """The tags of one cell, in lower case, each once.

    The first separator of `SEPARATORS` that stands in the cell parts it.
    """
    text = text.strip()
    if _BRACKETS.get(text[:1]) == text[-1:] and len(text) > 1:
        listed = _json(text)
        if listed is not None:
            return _clean(listed)
        text = text[1:-1]
    mark = next((mark for mark in SEPARATORS if mark in text), None)
    return _clean(text.split(mark) if mark else [text])


def _json(text: str) -> list[str] | None:
    try:
        listed = json.loads(text.replace("'", '"') if '"' not in text else text)
    except (ValueError, RecursionError):
        return None
    return [str(item) for item in listed] if isinstance(listed, list) else None


def _clean(parts: list[str]) -> tuple[str, ...]:
    bare = (_SPACES.sub(" ", part.strip().strip("\"'").strip()).casefold() for part in parts)
    return tuple(dict.fromkeys(tag[:80] for tag in bare if tag))
