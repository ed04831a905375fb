"""Preprocessing kept during a search, for candidates that share it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

# Without a limit on memory: a few dozen encoded folds of a marketing table, and small beside the
# gigabytes that boosting a large table takes.
_MOST_BYTES = 512 * 2**20
# With one: models and the table itself need most of it.
_SHARE = 0.125

# A size that says: too large to keep.
NOT_KEPT = 2**62

_Kept = TypeVar("_Kept")


class EncodingMemory:
    """Keeps what was computed, within a number of bytes; the least recently used goes first.

    It belongs to one search and ends with it.

    Parameters
    ----------
    memory_bytes : int or None
        Memory the whole work should stay under (`Budget.memory_bytes`).

    Attributes
    ----------
    held_bytes : int
        What is kept now.
    spared_seconds : float
        What making everything anew would have taken.
    """

    def __init__(self, memory_bytes: int | None = None) -> None:
        allowed = _MOST_BYTES if memory_bytes is None else int(_SHARE * memory_bytes)
        self._most_bytes = min(_MOST_BYTES, allowed)
        self._kept: OrderedDict[Hashable, tuple[Any, int, float]] = OrderedDict()
        self.held_bytes = 0
        self.spared_seconds = 0.0

    def recall(
        self, key: Hashable, make: Callable[[], _Kept], size: Callable[[_Kept], int]
    ) -> _Kept:
        """Return what is kept under `key`, or make it; `size` tells its bytes."""
        if key in self._kept:
            self._kept.move_to_end(key)
            found: _Kept = self._kept[key][0]
            self.spared_seconds += self._kept[key][2]
            return found
        # What is recalled while making counts as if it had been made.
        begun = time.monotonic() + self.spared_seconds
        made = make()
        seconds = time.monotonic() + self.spared_seconds - begun
        taken = size(made)
        if taken <= self._most_bytes:
            self._kept[key] = (made, taken, seconds)
            self.held_bytes += taken
            while self.held_bytes > self._most_bytes:
                _, (_, freed, _) = self._kept.popitem(last=False)
                self.held_bytes -= freed
        return made


@dataclass(frozen=True)
class FoldMemory:
    """The part of a memory that belongs to the rows of one fold.

    Attributes
    ----------
    memory : EncodingMemory or None
        None keeps nothing.
    rows : tuple
        Names the rows; the same for the same training and validation rows only.
    """

    memory: EncodingMemory | None = None
    rows: tuple[Hashable, ...] = ()

    def recall(
        self, key: Hashable, make: Callable[[], _Kept], size: Callable[[_Kept], int]
    ) -> _Kept:
        """As `EncodingMemory.recall`, for these rows."""
        if self.memory is None:
            return make()
        return self.memory.recall((self.rows, key), make, size)
