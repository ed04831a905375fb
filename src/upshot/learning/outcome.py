"""What learning gives back: the fitted model and everything needed to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from upshot.errors import Note
from upshot.learning.state import Array
from upshot.learning.task import Task

if TYPE_CHECKING:
    from upshot.learning.ensemble import FittedModel
    from upshot.learning.glass_box import GlassBox


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval; ends are None when there is too little data to tell."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class CandidateRecord:
    """One candidate of the search, as shown to a person and kept in the bundle.

    ``state`` is ``"done"``, ``"pruned"``, ``"failed"`` or ``"skipped"``; ``reason`` says why it
    failed, was pruned or skipped. ``params`` holds the point of the joint space, preprocessing and
    model alike.
    """

    name: str
    family: str
    seconds: float
    score: float | None
    state: str
    reason: str = ""
    summary: str = ""
    params: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Member:
    """A candidate's share of the ensemble; weights add up to 1."""

    name: str
    weight: float


@dataclass(frozen=True)
class SplitFacts:
    """How rows were set aside.

    Attributes
    ----------
    scheme : {"random", "time", "group"}
        Why rows stand where they stand.
    sentence : str
        The scheme and its reason in plain words.
    training_rows, holdout_rows : int
        Sizes.
    folds, repeats : int
        Cross-validation on the training rows; folds 1 means a single validation part.
    """

    scheme: str
    sentence: str
    training_rows: int
    holdout_rows: int
    folds: int
    repeats: int


@dataclass(frozen=True, eq=False)
class Holdout:
    """The rows set aside once and read once.

    Attributes
    ----------
    rows : numpy.ndarray of int64, shape (n_holdout,)
        Positions in the learning data.
    target : numpy.ndarray, shape (n_holdout,)
        The truth, as in `LearningData.target`.
    predictions : numpy.ndarray
        Calibrated predictions of a model that never saw these rows: binary (n,) probability of the
        positive class; multiclass (n, n_classes); regression (n,).
    baseline : numpy.ndarray
        Predictions of the baseline, same shape.
    """

    rows: Array
    target: Array
    predictions: Array
    baseline: Array


@dataclass(frozen=True, eq=False)
class Learned:
    """The result of learning.

    Attributes
    ----------
    task : Task
        What was to be predicted.
    model : FittedModel
        Predicts new rows; refitted on all rows where time allowed (`refitted`).
    metric : str
        The metric that was optimised.
    metrics, baseline : mapping of str to Interval / float
        Holdout figures of the model and of the baseline, by metric name.
    glass_box : GlassBox or None
        The best model whose every step can be read off, beside the one that predicts.
    """

    task: Task
    model: FittedModel
    metric: str
    candidates: tuple[CandidateRecord, ...]
    ensemble: tuple[Member, ...]
    calibration: str
    split: SplitFacts
    holdout: Holdout
    metrics: Mapping[str, Interval]
    baseline: Mapping[str, float]
    refitted: bool
    notes: tuple[Note, ...] = ()
    glass_box: GlassBox | None = None
