"""Which encoded columns a model is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.learning.features.relevance import relevance, sample_rows
from upshot.learning.state import Array, State, contiguous


@dataclass(frozen=True, eq=False)
class Selection:
    """Positions of the columns kept: none without variation, and the most telling share."""

    kept: Array

    @classmethod
    def fit(cls, block: Array, outcome: Array, keep: float, seed: int) -> Selection:
        """Keep the share `keep` (0–1] of varying columns that tell most about the outcome alone."""
        varying = np.flatnonzero(_varies(block))
        if keep >= 1.0 or len(varying) < 4:
            return cls(varying)
        rows = sample_rows(len(block), seed)
        scores = relevance(block[np.ix_(rows, varying)], outcome[rows])
        count = max(3, round(keep * len(varying)))
        best = np.argsort(-scores, kind="stable")[:count]
        return cls(np.sort(varying[best]))

    def transform(self, block: Array) -> Array:
        """Return the kept columns as float32 in C order."""
        if len(self.kept) == block.shape[1]:
            return np.ascontiguousarray(block, dtype=np.float32)
        return np.ascontiguousarray(block[:, self.kept], dtype=np.float32)

    def state(self) -> State:
        """Return the kept positions."""
        return State(arrays={"kept": contiguous(self.kept, np.int64)})

    @classmethod
    def from_state(cls, state: State) -> Selection:
        """Rebuild."""
        return cls(state.arrays["kept"])


def _varies(block: Array) -> Array:
    if not len(block):
        return np.ones(block.shape[1], dtype=bool)
    missing = np.isnan(block)
    low = np.where(missing, np.inf, block).min(axis=0)
    high = np.where(missing, -np.inf, block).max(axis=0)
    mixed = missing.any(axis=0) & ~missing.all(axis=0)
    return np.asarray((high > low) | mixed)
