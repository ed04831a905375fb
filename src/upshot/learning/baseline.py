"""The baseline: what one would say of everybody without a model. It is always there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.state import Array, State
from upshot.learning.task import LearningData, TaskKind
from upshot.wording import mark

if TYPE_CHECKING:
    import pandas as pd

NAME = "baseline"
SUMMARY = mark("says the same of everybody: the average")


@dataclass(frozen=True)
class BaselineModel:
    """Gives every row the same figures: the share of each class, or the mean amount."""

    figures: tuple[float, ...]

    iterations = None

    def predict(self, features: pd.DataFrame) -> Array:
        """Return the same prediction for every row."""
        return self.repeat(len(features))

    def repeat(self, rows: int) -> Array:
        """Return the prediction `rows` times."""
        if len(self.figures) == 1:
            return np.full(rows, self.figures[0])
        return np.tile(np.asarray(self.figures), (rows, 1))

    def state(self) -> State:
        """Return the figures."""
        return State({"figures": list(self.figures)})

    @classmethod
    def from_state(cls, state: State) -> BaselineModel:
        """Rebuild the baseline."""
        return cls(tuple(float(figure) for figure in state.values["figures"]))


def fit_baseline(data: LearningData) -> BaselineModel:
    """Take the average of the outcome; every class keeps a chance, even one not seen."""
    if data.task.kind is TaskKind.REGRESSION:
        return BaselineModel((float(np.mean(data.target)),))
    counts = np.bincount(data.target.astype(np.int64), minlength=len(data.task.classes)) + 0.5
    shares = counts / counts.sum()
    if data.task.kind is TaskKind.BINARY:
        return BaselineModel((float(shares[1]),))
    return BaselineModel(tuple(float(share) for share in shares))
