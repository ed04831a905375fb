"""Frozen facts to JSON and back, in one place.

Facts are frozen dataclasses of plain values, tuples, mappings, enums and other facts. Numbers that
JSON cannot hold (NaN, infinities) become null.
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import Any, TypeVar

import cattrs

T = TypeVar("T")


@cache
def _converter() -> cattrs.Converter:
    from cattrs.strategies import configure_union_passthrough

    converter = cattrs.Converter(forbid_extra_keys=False)
    configure_union_passthrough(str | bool | int | float | None, converter)
    return converter


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def to_jsonable(value: Any) -> Any:
    """Turn facts into dictionaries, lists and plain values."""
    return _finite(_converter().unstructure(value))


def from_jsonable(value: Any, kind: type[T]) -> T:
    """Rebuild facts of type `kind`; raises ``cattrs.BaseValidationError`` when they do not fit."""
    return _converter().structure(value, kind)


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Facts as JSON text, readable, never holding NaN."""
    return json.dumps(to_jsonable(value), ensure_ascii=False, allow_nan=False, indent=indent)
