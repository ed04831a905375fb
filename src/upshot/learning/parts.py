"""The parts of an ensemble that predict, and how they are stored and rebuilt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from upshot.learning.baseline import BaselineModel
from upshot.learning.metrics import clip_probability
from upshot.learning.state import Array, State, join, part

if TYPE_CHECKING:
    import pandas as pd


# Encoded rows by how they are encoded, shared by the members of an ensemble.
Encoded = dict[str, Any]


class Predictor(Protocol):
    """Anything that predicts rows and can be stored."""

    def predict(self, features: pd.DataFrame) -> Array:
        """Predict every row."""

    def state(self) -> State:
        """Return what is needed to rebuild it."""


@dataclass(frozen=True, eq=False)
class Corrected:
    """A model of two outcomes fitted on fewer negatives than there were.

    Keeping each negative with probability r multiplies the odds by 1 / r; adding log(r) to the
    log-odds undoes it (King and Zeng 2001).
    """

    model: Predictor
    log_rate: float

    def predict(self, features: pd.DataFrame) -> Array:
        """Predict probabilities of the full table."""
        return self._corrected(self.model.predict(features))

    def predict_chunk(self, features: pd.DataFrame, encoded: Encoded) -> Array:
        """Predict some rows that other members may have encoded."""
        return self._corrected(predict_chunk(self.model, features, encoded))

    def _corrected(self, predictions: Array) -> Array:
        predicted = clip_probability(np.asarray(predictions, dtype=np.float64))
        odds = predicted / (1 - predicted) * np.exp(self.log_rate)
        return np.asarray(odds / (1 + odds))

    def state(self) -> State:
        """Return the model and the rate."""
        return join({"model": part_state(self.model)}, log_rate=self.log_rate)

    @classmethod
    def from_state(cls, state: State) -> Corrected:
        """Rebuild the model and the rate."""
        return cls(part_from_state(part(state, "model")), float(state.values["log_rate"]))


def predict_chunk(model: Predictor, features: pd.DataFrame, encoded: Encoded) -> Array:
    """Predict rows, sharing their encoding with other members where the model can."""
    shared = getattr(model, "predict_chunk", None)
    return model.predict(features) if shared is None else np.asarray(shared(features, encoded))


def part_state(model: Predictor) -> State:
    """Store a part together with what kind of part it is."""
    kind = {BaselineModel: "baseline", Corrected: "corrected"}.get(type(model), "pipeline")
    return join({"body": model.state()}, part=kind)


def part_from_state(state: State) -> Predictor:
    """Rebuild a part."""
    body = part(state, "body")
    kind = state.values["part"]
    if kind == "baseline":
        return BaselineModel.from_state(body)
    if kind == "corrected":
        return Corrected.from_state(body)
    from upshot.learning.pipeline import FittedPipeline

    return FittedPipeline.from_state(body)


def part_size(model: Predictor) -> int:
    """Bytes the part takes before compression."""
    state = model.state()
    blobs = sum(len(blob) for blob in state.blobs.values())
    return blobs + sum(array.nbytes for array in state.arrays.values())
