"""A state and the parts that hold it: JSON values, safetensors arrays, native model files.

Category vocabularies stand inside the states (an encoder needs the values it knows) and in the
manifest's summaries. Erasing a person's data therefore means training again without it: a bundle
is a copy of the categories of its training file, though of none of its rows.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

import numpy as np

from upshot.bundles.archive import damaged
from upshot.errors import InternalError
from upshot.learning.state import Array, State
from upshot.wording import say

# JSON has no NaN and no infinity, but bin edges and imputations do.
_NUMBER_KEY = "$number"
_DTYPES = frozenset("biuf")
# Formats in which a library keeps a model as data: CatBoost's binary, LightGBM's text, JSON.
_MODEL_FILES = (".cbm", ".txt", ".json")


def take_apart(name: str, state: State) -> dict[str, bytes]:
    """Turn a state into parts called ``name.json``, ``name.safetensors`` and ``name/…``."""
    parts = {f"{name}.json": _dump(state.values)}
    if state.arrays:
        parts[f"{name}.safetensors"] = _pack(state.arrays)
    for key, blob in state.blobs.items():
        if not key.endswith(_MODEL_FILES):
            raise InternalError(f"'{key}' is no kind of model file that a bundle may hold.")
        parts[f"{name}/{quote(key, safe='/ ')}"] = bytes(blob)
    return parts


def put_together(name: str, parts: Mapping[str, bytes]) -> State:
    """Rebuild the state that `take_apart` took apart.

    Raises
    ------
    BundleProblem
        A part is missing or is not what its name says.
    """
    values = parts.get(f"{name}.json")
    if values is None:
        raise damaged(say("'{part}' is missing", part=f"{name}.json"))
    packed = parts.get(f"{name}.safetensors")
    prefix = f"{name}/"
    blobs = {
        unquote(key.removeprefix(prefix)): blob
        for key, blob in parts.items()
        if key.startswith(prefix)
    }
    for key in blobs:
        if not key.endswith(_MODEL_FILES):
            raise damaged(say("'{part}' is not a model file", part=key))
    return State(parse_object(f"{name}.json", values), _unpack(name, packed), blobs)


def parse_object(name: str, content: bytes) -> dict[str, Any]:
    """Parse a JSON object strictly; NaN spelled as a bare word is refused."""
    try:
        parsed = json.loads(content, parse_constant=_refuse, object_hook=_number)
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged(say("'{part}' is not the JSON it should be", part=name)) from error
    if not isinstance(parsed, dict):
        raise damaged(say("'{part}' is not a JSON object", part=name))
    return parsed


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is not JSON")


def _number(mapping: dict[str, Any]) -> Any:
    if mapping.keys() == {_NUMBER_KEY}:
        return float(mapping[_NUMBER_KEY])
    return mapping


def _dump(values: Mapping[str, Any]) -> bytes:
    plain = _plain(values)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, sort_keys=True).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else {_NUMBER_KEY: str(value)}
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {str(key): _plain(item) for key, item in value.items()}
    raise InternalError(f"A model's state holds a {type(value).__name__}, which JSON cannot.")


def _pack(arrays: Mapping[str, Array]) -> bytes:
    from safetensors.numpy import save

    ready = {}
    for key in sorted(arrays):
        array = np.ascontiguousarray(arrays[key])
        if array.dtype.kind not in _DTYPES:
            raise InternalError(f"The array '{key}' of a model's state is not numeric.")
        ready[key] = array.astype(array.dtype.newbyteorder("="), copy=False)
    return bytes(save(ready))


def _unpack(name: str, packed: bytes | None) -> dict[str, Array]:
    if packed is None:
        return {}
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return dict(load(packed))
    except (SafetensorError, ValueError, KeyError, TypeError, OverflowError) as error:
        raise damaged(say("'{part}' does not hold arrays", part=f"{name}.safetensors")) from error
