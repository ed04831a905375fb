"""The levels of categories: which are known, which are too rare to stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.features.columns import read_levels
from upshot.learning.state import Array, State

if TYPE_CHECKING:
    import pandas as pd

MISSING = 0
OTHER = 1
FIRST_LEVEL = 2
# Levels beyond the most frequent ones share a code; a level needs rows to be worth a number.
_MOST_LEVELS = 20_000


@dataclass(frozen=True)
class Levels:
    """Per category column its known levels, most frequent first.

    Codes: 0 missing, 1 rare or never seen, then the levels in order.
    """

    names: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]

    @classmethod
    def fit(cls, features: pd.DataFrame, names: Sequence[str], least: int) -> Levels:
        """Learn the levels seen at least `least` times."""
        known = []
        for name in names:
            codes, levels = read_levels(features, name)
            counts = np.bincount(codes[codes >= 0], minlength=len(levels))
            order = np.argsort(-counts, kind="stable")[:_MOST_LEVELS]
            known.append(tuple(levels[i] for i in order if counts[i] >= max(least, 1)))
        return cls(tuple(names), tuple(known))

    @property
    def cardinalities(self) -> tuple[int, ...]:
        """Number of codes per column."""
        return tuple(len(levels) + FIRST_LEVEL for levels in self.levels)

    def transform(self, features: pd.DataFrame) -> Array:
        """Return int32 codes, one column per category."""
        block = np.zeros((len(features), len(self.names)), dtype=np.int32)
        for position, (name, known) in enumerate(zip(self.names, self.levels, strict=True)):
            codes, levels = read_levels(features, name)
            code_of = {level: code for code, level in enumerate(known, start=FIRST_LEVEL)}
            # The last entry serves −1, the position of missing values.
            lookup = np.array([*(code_of.get(v, OTHER) for v in levels), MISSING], dtype=np.int32)
            block[:, position] = lookup[codes]
        return block

    def state(self) -> State:
        """Return the known levels."""
        return State({"names": list(self.names), "levels": [list(v) for v in self.levels]})

    @classmethod
    def from_state(cls, state: State) -> Levels:
        """Rebuild."""
        return cls(
            tuple(state.values["names"]),
            tuple(tuple(str(v) for v in levels) for levels in state.values["levels"]),
        )


@dataclass(frozen=True)
class NumberLevels:
    """Numbers with few distinct values (a rating, a number of children) seen as categories too."""

    positions: tuple[int, ...]
    values: tuple[tuple[float, ...], ...]

    @classmethod
    def fit(cls, numbers: Array, most: int) -> NumberLevels:
        """Choose whole-number columns with 3 to `most` distinct values."""
        positions, kept = [], []
        for position, column in enumerate(numbers.T if most else ()):
            known = column[np.isfinite(column)]
            distinct = np.unique(known)
            if 3 <= distinct.size <= most and np.all(distinct == np.floor(distinct)):
                positions.append(position)
                kept.append(tuple(float(v) for v in distinct))
        return cls(tuple(positions), tuple(kept))

    @property
    def cardinalities(self) -> tuple[int, ...]:
        """Number of codes per column."""
        return tuple(len(values) + FIRST_LEVEL for values in self.values)

    def transform(self, numbers: Array) -> Array:
        """Return int32 codes, one column per chosen number."""
        block = np.zeros((len(numbers), len(self.positions)), dtype=np.int32)
        for target, (position, values) in enumerate(zip(self.positions, self.values, strict=True)):
            column, known = numbers[:, position], np.asarray(values)
            place = np.clip(np.searchsorted(known, column), 0, len(known) - 1)
            codes = np.where(known[place] == column, place + FIRST_LEVEL, OTHER)
            block[:, target] = np.where(np.isfinite(column), codes, MISSING)
        return block

    def state(self) -> State:
        """Return the chosen columns and their values."""
        return State({"positions": list(self.positions), "values": [list(v) for v in self.values]})

    @classmethod
    def from_state(cls, state: State) -> NumberLevels:
        """Rebuild."""
        return cls(
            tuple(int(p) for p in state.values["positions"]),
            tuple(tuple(float(v) for v in values) for values in state.values["values"]),
        )
