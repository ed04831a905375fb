"""What a fitted piece leaves behind: plain values, arrays and native model files. Never pickles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

# Facts and tasks name arrays in their types; whoever only reads facts does not wait for numpy.
if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]
else:
    Array = Any


@dataclass(frozen=True)
class State:
    """The state of a fitted piece.

    Attributes
    ----------
    values : mapping
        JSON values.
    arrays : mapping of str to numpy.ndarray
        Numeric arrays (bundles store them as safetensors).
    blobs : mapping of str to bytes
        Models in their library's own non-executable format, keyed by file name
        (``"model.cbm"``, ``"model.txt"``).
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, Array] = field(default_factory=dict)
    blobs: Mapping[str, bytes] = field(default_factory=dict)


def join(parts: Mapping[str, State], **values: Any) -> State:
    """Nest states under their names, ``a/b``-wise; `values` are added at this level."""
    own: dict[str, Any] = dict(values)
    arrays: dict[str, Array] = {}
    blobs: dict[str, bytes] = {}
    for name, state in parts.items():
        own[name] = dict(state.values)
        arrays.update({f"{name}/{key}": array for key, array in state.arrays.items()})
        blobs.update({f"{name}/{key}": blob for key, blob in state.blobs.items()})
    return State(own, arrays, blobs)


def part(state: State, name: str) -> State:
    """Take the state nested under `name` by `join`; raises KeyError when there is none."""
    prefix = f"{name}/"
    return State(
        state.values[name],
        {k.removeprefix(prefix): v for k, v in state.arrays.items() if k.startswith(prefix)},
        {k.removeprefix(prefix): v for k, v in state.blobs.items() if k.startswith(prefix)},
    )


def contiguous(array: Any, dtype: Any = None) -> Array:
    """Return a C-ordered array ready to be stored."""
    import numpy as np

    return np.ascontiguousarray(array, dtype=dtype)
