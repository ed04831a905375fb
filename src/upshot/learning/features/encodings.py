"""Categories as numbers: order, one-hot, average outcome (cross-fitted), frequency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.learning.state import Array, State, contiguous

# Out-of-fold averages inside the training part: with 5 parts each row's own outcome never enters
# its encoding (the scheme of scikit-learn's TargetEncoder).
_CROSS_FIT_PARTS = 5
# Columns with more levels than this are not spread out; their average outcome stands for them.
ONE_HOT_LIMIT = 40


@dataclass(frozen=True, eq=False)
class TargetEncoding:
    """Average outcome of each level, drawn towards the overall average by `smoothing` rows."""

    averages: tuple[Array, ...]

    @classmethod
    def fit_transform(
        cls,
        codes: Array,
        cardinalities: tuple[int, ...],
        outcome: Array,
        smoothing: float,
        seed: int,
    ) -> tuple[TargetEncoding, Array]:
        """Fit on all rows, and return the cross-fitted columns of these same rows."""
        rows = len(codes)
        folds = np.random.default_rng(seed).permutation(rows) % _CROSS_FIT_PARTS
        prior = outcome.mean(axis=0)
        averages, blocks = [], []
        for position, cardinality in enumerate(cardinalities):
            code = codes[:, position].astype(np.int64)
            key = code * _CROSS_FIT_PARTS + folds
            size = cardinality * _CROSS_FIT_PARTS
            counts = np.bincount(key, minlength=size).reshape(-1, _CROSS_FIT_PARTS)
            sums = np.stack(
                [
                    np.bincount(key, column, size).reshape(-1, _CROSS_FIT_PARTS)
                    for column in outcome.T
                ],
                axis=-1,
            )
            total, seen = sums.sum(axis=1), counts.sum(axis=1)
            averages.append(
                (total + smoothing * prior) / np.maximum(seen + smoothing, 1e-12)[:, None]
            )
            others = total[code] - sums[code, folds] + smoothing * prior
            weight = seen[code] - counts[code, folds] + smoothing
            blocks.append(others / np.maximum(weight, 1e-12)[:, None])
        block = np.hstack(blocks) if blocks else np.empty((rows, 0))
        return cls(tuple(averages)), block

    def transform(self, codes: Array) -> Array:
        """Return the averages of each row's levels."""
        columns = [table[codes[:, i]] for i, table in enumerate(self.averages)]
        return np.hstack(columns) if columns else np.empty((len(codes), 0))

    def state(self) -> State:
        """Return the tables of averages."""
        arrays = {str(i): contiguous(table) for i, table in enumerate(self.averages)}
        return State({"columns": len(self.averages)}, arrays)

    @classmethod
    def from_state(cls, state: State) -> TargetEncoding:
        """Rebuild."""
        return cls(tuple(state.arrays[str(i)] for i in range(int(state.values["columns"]))))


@dataclass(frozen=True, eq=False)
class FrequencyEncoding:
    """How often each level occurs, on a log scale."""

    tables: tuple[Array, ...]

    @classmethod
    def fit(cls, codes: Array, cardinalities: tuple[int, ...]) -> FrequencyEncoding:
        """Count the levels."""
        rows = max(len(codes), 1)
        return cls(
            tuple(
                np.log1p(np.bincount(codes[:, i], minlength=size) / rows * 1000.0)
                for i, size in enumerate(cardinalities)
            )
        )

    def transform(self, codes: Array) -> Array:
        """Return one column per category."""
        columns = [table[codes[:, i]] for i, table in enumerate(self.tables)]
        return np.column_stack(columns) if columns else np.empty((len(codes), 0))

    def state(self) -> State:
        """Return the tables."""
        arrays = {str(i): contiguous(table) for i, table in enumerate(self.tables)}
        return State({"columns": len(self.tables)}, arrays)

    @classmethod
    def from_state(cls, state: State) -> FrequencyEncoding:
        """Rebuild."""
        return cls(tuple(state.arrays[str(i)] for i in range(int(state.values["columns"]))))


@dataclass(frozen=True)
class OneHotEncoding:
    """A 0/1 column per code: missing, rare or unseen, and each level."""

    cardinalities: tuple[int, ...]

    def transform(self, codes: Array) -> Array:
        """Return float32 zeros and ones."""
        block = np.zeros((len(codes), sum(self.cardinalities)), dtype=np.float32)
        rows, start = np.arange(len(codes)), 0
        for position, size in enumerate(self.cardinalities):
            block[rows, start + codes[:, position]] = 1.0
            start += size
        return block

    def state(self) -> State:
        """Return the sizes."""
        return State({"cardinalities": list(self.cardinalities)})

    @classmethod
    def from_state(cls, state: State) -> OneHotEncoding:
        """Rebuild."""
        return cls(tuple(int(v) for v in state.values["cardinalities"]))


def encoding_parts(encoding: str) -> frozenset[str]:
    """Split ``"onehot+target"`` into its parts."""
    return frozenset(encoding.split("+"))
