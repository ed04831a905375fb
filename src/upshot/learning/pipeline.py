"""A candidate fitted: preprocessing and model together, from typed columns to predictions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.budget import available_cores
from upshot.learning.candidate import Candidate, FitContext
from upshot.learning.features.encoder import Encoder, EncodingRequest
from upshot.learning.features.matrix import Matrix
from upshot.learning.features.memory import FoldMemory
from upshot.learning.features.outcome_columns import outcome_columns
from upshot.learning.models import FAMILIES
from upshot.learning.models.base import Fit, Model
from upshot.learning.models.two_part import fit_two_part, has_two_parts, load_two_part
from upshot.learning.state import Array, State, join, part
from upshot.learning.task import LearningData, TaskKind
from upshot.wording import say

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Candidate", "FitContext", "FittedPipeline", "fit_pipeline"]

# Rows encoded at a time when predicting: bounds the memory of a million rows.
_CHUNK_ROWS = 100_000
_FROM_NUMBERS = ("number.combinations", "group.statistics", "number.as_category")


@dataclass(frozen=True)
class OutcomeShape:
    """How the model's output becomes a prediction of the task.

    Attributes
    ----------
    kind : TaskKind
        Shape of the outcome.
    n_classes : int
        Classes of the task.
    present : tuple of int
        Classes that occur in the training part, in order; the model knows only these.
    transform : {"none", "log1p", "two_part"}
        Scale on which an amount was learned, or that it was learned in two steps.
    low, high : float
        Amounts stay within these limits.
    """

    kind: TaskKind
    n_classes: int
    present: tuple[int, ...]
    transform: str = "none"
    low: float = -np.inf
    high: float = np.inf

    def to_model(self, target: Array) -> Array:
        """Return the outcome on the model's scale; −1 where its class never occurred."""
        if self.kind is TaskKind.REGRESSION:
            amounts = np.asarray(target, dtype=np.float64)
            return np.log1p(np.maximum(amounts, 0.0)) if self.transform == "log1p" else amounts
        lookup = np.full(self.n_classes, -1, dtype=np.int64)
        lookup[list(self.present)] = np.arange(len(self.present))
        return lookup[np.asarray(target, dtype=np.int64)]

    def to_task(self, predicted: Array) -> Array:
        """Return predictions on the task's scale and classes."""
        if self.kind is TaskKind.REGRESSION:
            if self.transform == "log1p":
                # Beyond e^60 nothing is an amount; it only keeps the exponential finite.
                predicted = np.expm1(np.clip(predicted, -60.0, 60.0))
            return np.clip(predicted, self.low, self.high)
        if self.kind is TaskKind.BINARY or len(self.present) == self.n_classes:
            return predicted
        table = np.zeros((len(predicted), self.n_classes))
        table[:, list(self.present)] = predicted
        return table

    def empty(self) -> Array:
        """Return the predictions of no rows."""
        return np.empty((0, self.n_classes) if self.kind is TaskKind.MULTICLASS else (0,))


@dataclass(frozen=True, eq=False)
class FittedPipeline:
    """A fitted candidate.

    Attributes
    ----------
    candidate : Candidate
        What was fitted.
    encoder : Encoder
        The preprocessing.
    model : Model
        The model of the candidate's family.
    shape : OutcomeShape
        From the model's output to predictions.
    """

    candidate: Candidate
    encoder: Encoder
    model: Model
    shape: OutcomeShape

    @property
    def iterations(self) -> int | None:
        """Rounds to pass to a refit (`FitContext.iterations`); None where there are none."""
        return self.model.iterations

    def predict(self, features: pd.DataFrame, cores: int | None = None) -> Array:
        """Predict typed rows.

        Returns
        -------
        numpy.ndarray of float64
            Binary (n,) probability of ``classes[1]``; multiclass (n, k); amounts (n,).
        """
        pieces = [
            self.predict_chunk(features.iloc[start : start + _CHUNK_ROWS], {}, cores)
            for start in range(0, len(features), _CHUNK_ROWS)
        ]
        return np.concatenate(pieces) if pieces else self.shape.empty()

    def predict_chunk(
        self, features: pd.DataFrame, encoded: dict[str, Matrix], cores: int | None = None
    ) -> Array:
        """Predict some rows; `encoded` holds them as encoders of other members encoded them."""
        if not len(features):
            return self.shape.empty()
        key = self.encoder.digest
        if key not in encoded:
            encoded[key] = self.encoder.transform(features)
        predicted = self.model.predict(encoded[key], cores or available_cores())
        return self.shape.to_task(predicted)

    def state(self) -> State:
        """Return everything needed to predict again."""
        shape = self.shape
        return join(
            {"encoder": self.encoder.state(), "model": self.model.state()},
            candidate={
                "name": self.candidate.name,
                "family": self.candidate.family,
                "params": dict(self.candidate.params),
            },
            shape={
                "kind": str(shape.kind),
                "n_classes": shape.n_classes,
                "present": list(shape.present),
                "transform": shape.transform,
                "low": shape.low if np.isfinite(shape.low) else None,
                "high": shape.high if np.isfinite(shape.high) else None,
            },
        )

    @classmethod
    def from_state(cls, state: State) -> FittedPipeline:
        """Rebuild; raises ValueError or KeyError when the state cannot be a pipeline's."""
        candidate = Candidate(**state.values["candidate"])
        stored = state.values["shape"]
        shape = OutcomeShape(
            TaskKind(stored["kind"]),
            int(stored["n_classes"]),
            tuple(int(v) for v in stored["present"]),
            str(stored["transform"]),
            -np.inf if stored["low"] is None else float(stored["low"]),
            np.inf if stored["high"] is None else float(stored["high"]),
        )
        family, stored_model = FAMILIES[candidate.family], part(state, "model")
        is_split = shape.transform == "two_part"
        model = load_two_part(stored_model, family) if is_split else family.load(stored_model)
        return cls(candidate, Encoder.from_state(part(state, "encoder")), model, shape)


def fit_pipeline(
    candidate: Candidate,
    train: LearningData,
    valid: LearningData | None,
    context: FitContext,
) -> FittedPipeline:
    """Fit preprocessing and model on `train` alone; `valid` only ends the training early.

    Returns the best so far when the context's deadline passes or a person asks to finish.

    Raises
    ------
    ValueError
        When there is nothing to learn from: no usable column, or only one outcome.
    """
    family = FAMILIES[candidate.family]
    shape = find_shape(candidate, train)
    target = shape.to_model(train.target)
    n_classes = 0 if shape.kind is TaskKind.REGRESSION else len(shape.present)
    request = _encoding_request(candidate, context, is_directed=bool(train.directions))
    encoder, matrix = Encoder.fit_transform(
        train.features, train.schema, outcome_columns(target, shape.kind, n_classes), request
    )
    if matrix.width == 0:
        raise ValueError(
            say("No column varies in the training rows, so there is nothing to learn.")
        )
    valid_matrix, valid_target = _encode_valid(encoder, shape, valid, request)
    fit = Fit(
        kind=shape.kind,
        n_classes=n_classes,
        train=matrix,
        target=target,
        valid=valid_matrix,
        valid_target=valid_target,
        params=candidate.params,
        context=context,
        directions=encoder.directions(train.directions) if train.directions else (),
    )
    is_split = shape.transform == "two_part"
    model = fit_two_part(fit, family) if is_split else family.fit(fit)
    return FittedPipeline(candidate, encoder, model, shape)


def find_shape(candidate: Candidate, train: LearningData) -> OutcomeShape:
    """Find which outcomes occur and how amounts are transformed and limited."""
    task = train.task
    if task.kind is TaskKind.REGRESSION:
        # A prediction far outside of what was ever seen is an accident of extrapolation.
        low, high = float(np.min(train.target)), float(np.max(train.target))
        room = high - low
        wanted = str(candidate.params.get("target.transform", "none"))
        transform = wanted if low >= 0.0 else "none"
        if transform == "two_part" and not has_two_parts(train.target):
            transform = "none"
        floor = 0.0 if task.nonnegative else low - room
        return OutcomeShape(task.kind, 0, (), transform, floor, high + room)
    present = tuple(int(v) for v in np.unique(train.target))
    if len(present) < 2:
        raise ValueError(say("Only one outcome occurs in the training rows."))
    return OutcomeShape(task.kind, len(task.classes), present)


def _encoding_request(
    candidate: Candidate, context: FitContext, *, is_directed: bool
) -> EncodingRequest:
    """Leave the model's own params out, so that models share what is encoded alike.

    Where a person states directions, no feature is made from numbers: it could turn one around.
    """
    family = FAMILIES[candidate.family]
    own = f"{candidate.family}."
    params = {name: value for name, value in candidate.params.items() if not name.startswith(own)}
    if is_directed:
        params |= dict.fromkeys(_FROM_NUMBERS, 0)
    memory = context.memory or FoldMemory()
    return EncodingRequest(
        params, family.native, family.complete, context.seed, memory, context.is_over
    )


def _encode_valid(
    encoder: Encoder, shape: OutcomeShape, valid: LearningData | None, request: EncodingRequest
) -> tuple[Matrix | None, Array | None]:
    if valid is None:
        return None, None
    target = shape.to_model(valid.target)
    matrix = encoder.transform_valid(valid.features, request)
    if shape.kind is not TaskKind.REGRESSION and (target < 0).any():
        known = np.flatnonzero(target >= 0)
        matrix, target = matrix.take(known), target[known]
    return (matrix, target) if len(target) else (None, None)


def with_iterations(context: FitContext, iterations: int | None) -> FitContext:
    """Return the context of a refit that repeats the rounds of earlier fits."""
    return replace(context, iterations=iterations)
