"""Features made from others: combinations of numbers, crosses of categories, group deviations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from upshot.learning.features.arithmetic import Combinations
from upshot.learning.features.crosses import Crosses
from upshot.learning.features.groups import GroupStatistics
from upshot.learning.state import Array, State, join, part


@dataclass(frozen=True)
class Generated:
    """The generated features of one candidate, chosen on the training rows."""

    combinations: Combinations
    crosses: Crosses
    groups: GroupStatistics

    @classmethod
    def fit(
        cls,
        blocks: tuple[Array, Array],
        cardinalities: tuple[int, ...],
        outcome: Array,
        params: Mapping[str, Any],
        seed: int,
    ) -> Generated:
        """Choose features from `blocks` (codes, numbers)."""
        codes, numbers = blocks
        most = {
            name: int(params.get(name, 0))
            for name in ("number.combinations", "category.crosses", "group.statistics")
        }
        return cls(
            Combinations.fit(numbers, outcome, most["number.combinations"], seed),
            Crosses.fit(codes, cardinalities, outcome, most["category.crosses"], seed),
            GroupStatistics.fit(blocks, cardinalities, outcome, most["group.statistics"], seed),
        )

    def transform(self, codes: Array, numbers: Array) -> tuple[Array, Array]:
        """Return codes and numbers with the generated ones behind them."""
        more_numbers = [
            numbers,
            self.combinations.transform(numbers),
            self.groups.transform(codes, numbers),
        ]
        return np.hstack([codes, self.crosses.transform(codes)]), np.hstack(more_numbers)

    def state(self) -> State:
        """Return the choices."""
        return join(
            {
                "combinations": self.combinations.state(),
                "crosses": self.crosses.state(),
                "groups": self.groups.state(),
            }
        )

    @classmethod
    def from_state(cls, state: State) -> Generated:
        """Rebuild."""
        return cls(
            Combinations.from_state(part(state, "combinations")),
            Crosses.from_state(part(state, "crosses")),
            GroupStatistics.from_state(part(state, "groups")),
        )


def no_features() -> Generated:
    """Return a step that adds nothing."""
    return Generated(Combinations(), Crosses(), GroupStatistics())
