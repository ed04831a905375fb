"""Trees as plain arrays: kept, checked and walked without pickles."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from upshot.learning.state import Array, State, contiguous


@dataclass(frozen=True, eq=False)
class Forest:
    """The mean of decision trees.

    Nodes of all trees stand one after the other; children count from the start of their tree and
    come after their parent; a leaf has children −1. A row goes left when its value is at most the
    threshold.

    Attributes
    ----------
    starts : numpy.ndarray of int64, shape (n_trees + 1,)
        Where each tree begins.
    left, right, feature : numpy.ndarray of int32, shape (n_nodes,)
        Structure.
    threshold : numpy.ndarray of float32, shape (n_nodes,)
        Rounded down to float32, which decides float32 values exactly as the float64 original.
    values : numpy.ndarray of float32, shape (n_nodes, n_outputs)
        What a leaf predicts.
    n_features : int
        Columns expected.
    """

    starts: Array
    left: Array
    right: Array
    feature: Array
    threshold: Array
    values: Array
    n_features: int

    @classmethod
    def from_trees(cls, trees: list[Any], n_features: int) -> Forest:
        """Take scikit-learn regression trees (their ``tree_``)."""
        counts = [tree.node_count for tree in trees]
        return cls(
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            np.concatenate([tree.children_left for tree in trees]).astype(np.int32),
            np.concatenate([tree.children_right for tree in trees]).astype(np.int32),
            np.concatenate([np.maximum(tree.feature, 0) for tree in trees]).astype(np.int32),
            _floor32(np.concatenate([tree.threshold for tree in trees])),
            np.concatenate([tree.value[:, :, 0] for tree in trees]).astype(np.float32),
            n_features,
        )

    @property
    def n_trees(self) -> int:
        """Number of trees."""
        return len(self.starts) - 1

    def predict(self, X: Array, cores: int) -> Array:
        """Return the mean over trees, shape (n_rows, n_outputs)."""
        if X.shape[1] != self.n_features:
            raise ValueError(f"The trees expect {self.n_features} columns. Got {X.shape[1]}.")
        X = np.ascontiguousarray(X, dtype=np.float32)
        parts = [range(i, self.n_trees, cores) for i in range(min(cores, self.n_trees))]
        with ThreadPoolExecutor(len(parts)) as pool:
            sums = list(pool.map(lambda part: self._sum(X, part), parts))
        return np.asarray(sum(sums) / self.n_trees)

    def _sum(self, X: Array, trees: range) -> Array:
        total = np.zeros((len(X), self.values.shape[1]))
        for number in trees:
            leaves = self._walkers[number].apply(X) + self.starts[number]
            total += self.values[leaves]
        return total

    @cached_property
    def _walkers(self) -> list[Any]:
        """scikit-learn's compiled trees, rebuilt from the arrays; they find a row's leaf."""
        from sklearn.tree._tree import NODE_DTYPE, Tree

        walkers = []
        for start, end in zip(self.starts[:-1], self.starts[1:], strict=True):
            nodes = np.zeros(end - start, dtype=NODE_DTYPE)
            leaf = self.left[start:end] < 0
            nodes["left_child"] = self.left[start:end]
            nodes["right_child"] = self.right[start:end]
            nodes["feature"] = np.where(leaf, -2, self.feature[start:end])
            nodes["threshold"] = np.where(leaf, -2.0, self.threshold[start:end])
            nodes["n_node_samples"] = 1
            nodes["weighted_n_node_samples"] = 1.0
            walker = Tree(self.n_features, np.array([1], dtype=np.intp), 1)
            walker.__setstate__(
                {
                    "max_depth": len(nodes),
                    "node_count": len(nodes),
                    "nodes": nodes,
                    "values": np.zeros((len(nodes), 1, 1)),
                }
            )
            walkers.append(walker)
        return walkers

    def check(self) -> Forest:
        """Return itself, or raise ValueError when walking it could leave its arrays."""
        nodes = len(self.left)
        same = all(
            array.shape == (nodes,)
            for array in (self.left, self.right, self.feature, self.threshold)
        )
        edges = self.starts
        if not same or self.values.ndim != 2 or len(self.values) != nodes:
            raise ValueError("The arrays of the trees do not fit each other.")
        if len(edges) < 2 or edges[0] != 0 or edges[-1] != nodes or (np.diff(edges) < 1).any():
            raise ValueError("The trees do not fill their arrays.")
        sizes = np.diff(edges)
        own = np.arange(nodes) - np.repeat(edges[:-1], sizes)
        size = np.repeat(sizes, sizes)
        leaf = (self.left == -1) & (self.right == -1)
        inner = (
            (self.left > own)
            & (self.right > own)
            & (self.left < size)
            & (self.right < size)
            & (self.feature >= 0)
            & (self.feature < self.n_features)
        )
        if not (leaf | inner).all():
            raise ValueError("A tree points outside of itself.")
        return self

    def state(self) -> State:
        """Return the arrays."""
        names = ("starts", "left", "right", "feature", "threshold", "values")
        arrays = {name: contiguous(getattr(self, name)) for name in names}
        return State({"n_features": self.n_features}, arrays)

    @classmethod
    def from_state(cls, state: State) -> Forest:
        """Rebuild and check."""
        arrays = state.arrays
        return cls(
            contiguous(arrays["starts"], np.int64),
            contiguous(arrays["left"], np.int32),
            contiguous(arrays["right"], np.int32),
            contiguous(arrays["feature"], np.int32),
            contiguous(arrays["threshold"], np.float32),
            contiguous(arrays["values"], np.float32),
            int(state.values["n_features"]),
        ).check()


def _floor32(threshold: Array) -> Array:
    rounded = threshold.astype(np.float32)
    lower = np.nextafter(rounded, np.float32(-np.inf))
    return np.where(rounded.astype(np.float64) > threshold, lower, rounded).astype(np.float32)
