"""The fitted model: a weighted mean of members, calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.calibration import IDENTITY, Calibrator
from upshot.learning.intervals import AmountIntervals
from upshot.learning.outcome import Member
from upshot.learning.parts import (
    Encoded,
    Predictor,
    part_from_state,
    part_state,
    predict_chunk,
)
from upshot.learning.state import Array, State, join, part
from upshot.learning.task import Task, TaskKind

if TYPE_CHECKING:
    import pandas as pd


# Rows predicted at a time: bounds the memory of a million rows.
_CHUNK_ROWS = 100_000


@dataclass(frozen=True, eq=False)
class FittedMember:
    """A candidate's fitted models and its share.

    Attributes
    ----------
    name : str
        The candidate.
    weight : float
        Its share of the ensemble.
    models : tuple of Predictor
        Fits of the same candidate on different rows or seeds; their mean counts.
    """

    name: str
    weight: float
    models: tuple[Predictor, ...]

    def predict(self, features: pd.DataFrame, encoded: Encoded) -> Array:
        """Mean prediction of the member's models; rows encoded by others are in `encoded`."""
        return mean_prediction([predict_chunk(model, features, encoded) for model in self.models])


@dataclass(frozen=True, eq=False)
class FittedModel:
    """What predicts new rows.

    Attributes
    ----------
    task : Task
        What is predicted.
    members : tuple of FittedMember
        Weights add up to 1.
    calibrator : Calibrator
        Applied to the weighted mean.
    intervals : AmountIntervals or None
        Regression: the spread around predictions.
    """

    task: Task
    members: tuple[FittedMember, ...]
    calibrator: Calibrator = IDENTITY
    intervals: AmountIntervals | None = None

    @property
    def ensemble(self) -> tuple[Member, ...]:
        """The members' names and weights, heaviest first."""
        ordered = sorted(self.members, key=lambda member: -member.weight)
        return tuple(Member(member.name, member.weight) for member in ordered)

    def predict(self, features: pd.DataFrame) -> Array:
        """Predict every row.

        Returns
        -------
        numpy.ndarray
            Binary: (n,) calibrated probability of the positive class; multiclass: (n, k);
            regression: (n,).
        """
        starts = range(0, max(1, len(features)), _CHUNK_ROWS)
        pieces = [self._mixed(features.iloc[start : start + _CHUNK_ROWS]) for start in starts]
        return finished(np.concatenate(pieces), self.task, self.calibrator)

    def _mixed(self, features: pd.DataFrame) -> Array:
        encoded: Encoded = {}
        return np.asarray(sum(m.weight * m.predict(features, encoded) for m in self.members))

    def predict_interval(self, features: pd.DataFrame) -> tuple[Array, Array]:
        """Return the low and high ends of the 80 % interval of each row's amount."""
        return self.interval_around(self.predict(features))

    def interval_around(self, predictions: Array) -> tuple[Array, Array]:
        """Return the ends of the interval around predictions already made."""
        if self.intervals is None:
            return predictions, predictions
        low, high = self.intervals.around(predictions)
        if self.task.nonnegative:
            low, high = np.maximum(low, 0), np.maximum(high, 0)
        return low, high

    def state(self) -> State:
        """Return everything needed to predict again in another process."""
        parts = {"calibrator": self.calibrator.state()}
        if self.intervals is not None:
            parts["intervals"] = self.intervals.state()
        members = []
        for number, member in enumerate(self.members):
            keys = [f"member{number}-{index}" for index in range(len(member.models))]
            members.append({"name": member.name, "weight": member.weight, "models": keys})
            parts.update(
                {key: part_state(model) for key, model in zip(keys, member.models, strict=True)}
            )
        return join(parts, members=members)

    @classmethod
    def from_state(cls, state: State, task: Task) -> FittedModel:
        """Rebuild the model; it predicts the same as the one stored."""
        members = tuple(
            FittedMember(
                member["name"],
                float(member["weight"]),
                tuple(part_from_state(part(state, key)) for key in member["models"]),
            )
            for member in state.values["members"]
        )
        intervals = None
        if "intervals" in state.values:
            intervals = AmountIntervals.from_state(part(state, "intervals"))
        return cls(task, members, Calibrator.from_state(part(state, "calibrator")), intervals)


def mean_prediction(predictions: Sequence[Array]) -> Array:
    """Mean of predictions of the same rows."""
    return np.asarray(np.mean(np.stack([np.asarray(p, np.float64) for p in predictions]), axis=0))


def finished(mixed: Array, task: Task, calibrator: Calibrator) -> Array:
    """Calibrate a weighted mean and keep it inside what is possible."""
    if task.kind is TaskKind.REGRESSION:
        return np.maximum(mixed, 0) if task.nonnegative else mixed
    return np.clip(calibrator.apply(mixed), 0, 1)
