"""Ordered categories as numbers: small, medium, large become 0, 1, 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.features.columns import read_levels
from upshot.learning.state import Array, State

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class OrderedLevels:
    """Per ordered category its levels from low to high.

    The categories themselves are kept beside the numbers: an effect need not rise along the order.
    """

    names: tuple[str, ...] = ()
    levels: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, orders: Mapping[str, Sequence[str]]) -> OrderedLevels:
        """Take the orders that the schema knows."""
        return cls(tuple(orders), tuple(tuple(levels) for levels in orders.values()))

    def transform(self, features: pd.DataFrame) -> Array:
        """Return one number column per category; levels outside of the order are missing."""
        block = np.full((len(features), len(self.names)), np.nan)
        for position, (name, order) in enumerate(zip(self.names, self.levels, strict=True)):
            codes, levels = read_levels(features, name)
            # Two spellings of one level ("Low", "low") stand on the same step.
            steps = list(dict.fromkeys(level.casefold() for level in order))
            rank_of = {level: float(rank) for rank, level in enumerate(steps)}
            # The last entry serves −1, the position of missing values.
            lookup = np.array([*(rank_of.get(v.casefold(), np.nan) for v in levels), np.nan])
            block[:, position] = lookup[codes]
        return block

    def state(self) -> State:
        """Return the orders."""
        return State({"names": list(self.names), "levels": [list(v) for v in self.levels]})

    @classmethod
    def from_state(cls, state: State) -> OrderedLevels:
        """Rebuild."""
        return cls(
            tuple(str(name) for name in state.values["names"]),
            tuple(tuple(str(v) for v in levels) for levels in state.values["levels"]),
        )
