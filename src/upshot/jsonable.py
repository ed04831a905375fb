"""Frozen facts to JSON and back, in one place.

Facts are frozen dataclasses of plain values, tuples, mappings, enums and other facts. Numbers that
JSON cannot hold (NaN, infinities) become null. Sentences can be kept sayable in another language.
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any, TypeVar

import cattrs

from upshot.wording import from_plain, to_plain

T = TypeVar("T")


@cache
def _converter() -> cattrs.Converter:
    from cattrs.strategies import configure_union_passthrough

    converter = cattrs.Converter(forbid_extra_keys=False)
    configure_union_passthrough(str | bool | int | float | None, converter)
    converter.register_structure_hook(str, _text)
    return converter


def _text(value: Any, kind: type[str]) -> str:
    # cattrs asks this hook for the enums that derive from `str` too.
    if kind is str and isinstance(value, dict):
        return from_plain(value)
    return kind(value)


def _plain(value: Any, sentences: bool) -> Any:
    if isinstance(value, str):
        return to_plain(value) if sentences else value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _plain(item, sentences) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, sentences) for item in value]
    return value


def to_jsonable(value: Any, *, sentences: bool = False) -> Any:
    """Turn facts into dictionaries, lists and plain values.

    With `sentences`, a sentence becomes its template and values, which `from_jsonable` turns back
    into one that can be said in another language; without, it is its English text.
    """
    return _plain(_converter().unstructure(value), sentences)


def from_jsonable(value: Any, kind: type[T]) -> T:
    """Rebuild facts of type `kind`; raises ``cattrs.BaseValidationError`` when they do not fit."""
    return _converter().structure(value, kind)


def dumps(value: Any, *, indent: int | None = None, sentences: bool = False) -> str:
    """Facts as JSON text, readable, never holding NaN; `sentences` as for `to_jsonable`."""
    plain = to_jsonable(value, sentences=sentences)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent)
