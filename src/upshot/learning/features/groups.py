"""How far a number lies from the average of its group: spend against others in the segment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.learning.features.relevance import (
    BINS,
    chance_gain,
    explained_share,
    relevance,
    sample_rows,
)
from upshot.learning.state import Array, State, contiguous

_MOST_CATEGORIES = 5
_MOST_NUMBERS = 5
_LEAST_GAIN = 0.001


@dataclass(frozen=True, eq=False)
class GroupStatistics:
    """Chosen (category, number) pairs with the number's average per level."""

    pairs: tuple[tuple[int, int], ...] = ()
    averages: tuple[Array, ...] = ()

    @classmethod
    def fit(
        cls,
        blocks: tuple[Array, Array],
        cardinalities: tuple[int, ...],
        outcome: Array,
        most: int,
        seed: int,
    ) -> GroupStatistics:
        """Choose pairs of the `blocks` (codes, numbers) whose deviation tells something new."""
        codes, numbers = blocks
        if most < 1 or not codes.shape[1] or not numbers.shape[1] or len(codes) < 50:
            return cls()
        rows = sample_rows(len(codes), seed)
        wanted = outcome[rows]
        by_code = np.array([explained_share(column, wanted) for column in codes[rows].T])
        by_number = relevance(numbers[rows], wanted)
        least = _LEAST_GAIN + chance_gain(BINS, len(rows))
        scored = []
        for category in np.argsort(-by_code, kind="stable")[:_MOST_CATEGORIES].tolist():
            for number in np.argsort(-by_number, kind="stable")[:_MOST_NUMBERS].tolist():
                table = _averages(codes[:, category], numbers[:, number], cardinalities[category])
                deviation = numbers[rows, number] - table[codes[rows, category]]
                gain = float(relevance(deviation[:, None], wanted)[0]) - by_number[number]
                if gain > least:
                    scored.append((gain, (category, number), table))
        scored.sort(key=lambda item: (-item[0], item[1]))
        kept = scored[:most]
        return cls(tuple(pair for _, pair, _ in kept), tuple(table for _, _, table in kept))

    def transform(self, codes: Array, numbers: Array) -> Array:
        """Return one deviation per pair."""
        columns = [
            numbers[:, number] - table[codes[:, category]]
            for (category, number), table in zip(self.pairs, self.averages, strict=True)
        ]
        return np.column_stack(columns) if columns else np.empty((len(codes), 0))

    def state(self) -> State:
        """Return pairs and averages."""
        arrays = {str(i): contiguous(table) for i, table in enumerate(self.averages)}
        return State({"pairs": [list(pair) for pair in self.pairs]}, arrays)

    @classmethod
    def from_state(cls, state: State) -> GroupStatistics:
        """Rebuild."""
        pairs = tuple((int(a), int(b)) for a, b in state.values["pairs"])
        return cls(pairs, tuple(state.arrays[str(i)] for i in range(len(pairs))))


def _averages(code: Array, number: Array, cardinality: int) -> Array:
    known = np.isfinite(number)
    overall = float(number[known].mean()) if known.any() else 0.0
    sums = np.bincount(code[known], number[known], cardinality)
    counts = np.bincount(code[known], minlength=cardinality)
    return np.asarray(np.where(counts > 0, sums / np.maximum(counts, 1), overall))
