"""Sums, differences, products and ratios of numbers that tell more than their parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from upshot.learning.features.relevance import BINS, chance_gain, relevance, sample_rows
from upshot.learning.state import Array, State

# Pairs of the most telling columns only: 8 columns make 28 pairs of 5 operations.
_MOST_COLUMNS = 8
_MOST_ROWS = 10_000
# A combination must explain this much more of the outcome than the better of its parts.
_LEAST_GAIN = 0.002


def _ratio(a: Array, b: Array) -> Array:
    is_safe = np.abs(b) > 1e-9
    return np.asarray(np.divide(a, b, out=np.full(len(a), np.nan), where=is_safe))


OPERATIONS: dict[str, Callable[[Array, Array], Array]] = {
    "sum": lambda a, b: a + b,
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "ratio": _ratio,
    "inverse ratio": lambda a, b: _ratio(b, a),
}


@dataclass(frozen=True)
class Combinations:
    """The chosen combinations: two column positions and an operation."""

    chosen: tuple[tuple[int, int, str], ...] = ()

    @classmethod
    def fit(cls, numbers: Array, outcome: Array, most: int, seed: int) -> Combinations:
        """Choose at most `most` combinations by what they explain beyond their parts."""
        if most < 1 or numbers.shape[1] < 2 or len(numbers) < 50:
            return cls()
        rows = sample_rows(len(numbers), seed, _MOST_ROWS)
        seen, wanted = numbers[rows], outcome[rows]
        alone = relevance(seen, wanted)
        best = np.sort(np.argsort(-alone, kind="stable")[:_MOST_COLUMNS])
        least = _LEAST_GAIN + chance_gain(BINS, len(rows))
        scored = []
        for first, second in combinations(best.tolist(), 2):
            for name, operation in OPERATIONS.items():
                column = operation(seen[:, first], seen[:, second])
                score = float(relevance(column[:, None], wanted)[0])
                gain = score - max(alone[first], alone[second])
                if gain > least:
                    scored.append((gain, (first, second, name)))
        scored.sort(key=lambda item: (-item[0], item[1]))
        return cls(tuple(choice for _, choice in scored[:most]))

    def transform(self, numbers: Array) -> Array:
        """Return one column per combination."""
        columns = [OPERATIONS[name](numbers[:, a], numbers[:, b]) for a, b, name in self.chosen]
        return np.column_stack(columns) if columns else np.empty((len(numbers), 0))

    def state(self) -> State:
        """Return the choices."""
        return State({"chosen": [list(choice) for choice in self.chosen]})

    @classmethod
    def from_state(cls, state: State) -> Combinations:
        """Rebuild."""
        return cls(tuple((int(a), int(b), str(name)) for a, b, name in state.values["chosen"]))
