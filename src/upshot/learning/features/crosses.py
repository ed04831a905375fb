"""Pairs of categories as one category, where the pair tells more than its parts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from upshot.learning.features.levels import FIRST_LEVEL, OTHER
from upshot.learning.features.relevance import chance_gain, explained_share, sample_rows
from upshot.learning.state import Array, State, contiguous

_MOST_COLUMNS = 10
_LEAST_GAIN = 0.002
# A pair of levels needs this many rows to have a code of its own.
_LEAST_ROWS = 3


@dataclass(frozen=True, eq=False)
class Crosses:
    """The chosen pairs, and the pairs of codes that have a code of their own.

    Attributes
    ----------
    pairs : tuple of (int, int, int)
        First and second code column, and the cardinality of the second.
    keys : tuple of numpy.ndarray of int64
        Sorted; a key is ``first code × cardinality + second code``.
    """

    pairs: tuple[tuple[int, int, int], ...] = ()
    keys: tuple[Array, ...] = ()

    @classmethod
    def fit(
        cls,
        codes: Array,
        cardinalities: tuple[int, ...],
        outcome: Array,
        most: int,
        seed: int,
    ) -> Crosses:
        """Choose at most `most` pairs by what they explain beyond their better part."""
        if most < 1 or codes.shape[1] < 2 or len(codes) < 50:
            return cls()
        rows = sample_rows(len(codes), seed)
        seen, wanted = codes[rows].astype(np.int64), outcome[rows]
        alone = np.array([explained_share(column, wanted) for column in seen.T])
        best = np.sort(np.argsort(-alone, kind="stable")[:_MOST_COLUMNS])
        scored = []
        for first, second in combinations(best.tolist(), 2):
            key = seen[:, first] * cardinalities[second] + seen[:, second]
            groups, compact = np.unique(key, return_inverse=True)
            gain = explained_share(compact, wanted) - max(alone[first], alone[second])
            if gain > _LEAST_GAIN + chance_gain(len(groups), len(rows)):
                scored.append((gain, (first, second, cardinalities[second])))
        scored.sort(key=lambda item: (-item[0], item[1]))
        pairs = tuple(pair for _, pair in scored[:most])
        return cls(pairs, tuple(_frequent(_key(codes, pair)) for pair in pairs))

    @property
    def cardinalities(self) -> tuple[int, ...]:
        """Number of codes per pair."""
        return tuple(len(known) + FIRST_LEVEL for known in self.keys)

    def transform(self, codes: Array) -> Array:
        """Return int32 codes, one column per pair."""
        block = np.full((len(codes), len(self.pairs)), OTHER, dtype=np.int32)
        for position, (pair, known) in enumerate(zip(self.pairs, self.keys, strict=True)):
            if len(known):
                key = _key(codes, pair)
                place = np.clip(np.searchsorted(known, key), 0, len(known) - 1)
                block[:, position] = np.where(known[place] == key, place + FIRST_LEVEL, OTHER)
        return block

    def state(self) -> State:
        """Return pairs and keys."""
        arrays = {str(i): contiguous(known, np.int64) for i, known in enumerate(self.keys)}
        return State({"pairs": [list(pair) for pair in self.pairs]}, arrays)

    @classmethod
    def from_state(cls, state: State) -> Crosses:
        """Rebuild."""
        pairs = tuple((int(a), int(b), int(c)) for a, b, c in state.values["pairs"])
        return cls(pairs, tuple(state.arrays[str(i)] for i in range(len(pairs))))


def _key(codes: Array, pair: tuple[int, int, int]) -> Array:
    first, second, size = pair
    return np.asarray(codes[:, first].astype(np.int64) * size + codes[:, second])


def _frequent(key: Array) -> Array:
    known, counts = np.unique(key, return_counts=True)
    return np.asarray(known[counts >= _LEAST_ROWS])
