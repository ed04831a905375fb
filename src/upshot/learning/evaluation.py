"""Fitting a candidate on the folds, and its out-of-fold predictions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from upshot.budget import Budget
from upshot.learning.candidate import Candidate, FitContext
from upshot.learning.features.memory import EncodingMemory, FoldMemory
from upshot.learning.journal import Journal, fit_key
from upshot.learning.metrics import row_losses
from upshot.learning.parts import Corrected, Predictor
from upshot.learning.splits import Fold, take
from upshot.learning.state import Array
from upshot.learning.task import LearningData, TaskKind
from upshot.wording import say

FEWEST_SCREENING_ROWS = 20_000
MOST_SCREENING_ROWS = 100_000
_SCREENING_ROWS_PER_SECOND = 1_000
VALIDATION_ROWS = 50_000
_RARE = 0.1
_MOST_POSITIVES = 0.5


@dataclass(frozen=True, eq=False)
class FoldFit:
    """One fit of a candidate: the model, what it predicts for the fold's rows, what it took."""

    model: Predictor
    rows: Array
    predictions: Array
    iterations: int | None
    fit_seconds: float
    predict_seconds: float
    fitted_rows: int
    spared_seconds: float = 0.0

    @property
    def anew_seconds(self) -> float:
        """What fitting would take without the preprocessing of earlier candidates."""
        return self.fit_seconds + self.spared_seconds

    @property
    def seconds(self) -> float:
        """Fitting and predicting together."""
        return self.fit_seconds + self.predict_seconds


@dataclass(frozen=True, eq=False)
class FoldRows:
    """The data of one fold, and the correction its thinned negatives need."""

    train: LearningData
    valid: LearningData
    valid_rows: Array
    log_rate: float


@dataclass(eq=False)
class Attempt:
    """A candidate under way: its fits so far."""

    candidate: Candidate
    fits: list[FoldFit] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Time spent on it."""
        return sum(fit.seconds for fit in self.fits)


@dataclass(frozen=True, eq=False)
class Result:
    """A candidate that finished every fold in use."""

    candidate: Candidate
    fits: tuple[FoldFit, ...]
    rows: Array
    predictions: Array

    @cached_property
    def seconds(self) -> float:
        """Time spent on it."""
        return sum(fit.seconds for fit in self.fits)


class Folds:
    """Prepares each fold once and fits candidates on it.

    Parameters
    ----------
    data : LearningData
        All rows.
    folds : sequence of Fold
        Positions.
    budget : Budget
        Seed, cores and being stopped.
    most_rows : int or None
        Rows a fit may see at most; chosen by the time there is when not given.
    memory : EncodingMemory or None
        Preprocessing that candidates share; a new one, if not given.
    journal : Journal or None
        Fits of this run before it was interrupted; those are not made again.
    """

    def __init__(
        self,
        data: LearningData,
        folds: Sequence[Fold],
        budget: Budget,
        *,
        most_rows: int | None = None,
        memory: EncodingMemory | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.data = data
        self.folds = tuple(folds)
        self._budget = budget
        self._most_rows = most_rows or screening_rows(budget.seconds)
        self._memory = EncodingMemory(budget.memory_bytes) if memory is None else memory
        self._journal = journal
        self._prepared: dict[int, FoldRows] = {}

    @property
    def is_sampled(self) -> bool:
        """Whether fits see a sample of the training rows only."""
        return len(self.folds[0].train) > self._most_rows

    @property
    def rows_of_a_fit(self) -> int:
        """Rows encoded for one fit: those fitted on and those predicted."""
        fold = self.folds[0]
        return min(len(fold.train), self._most_rows) + min(len(fold.valid), VALIDATION_ROWS)

    def with_rows(self, most_rows: int) -> Folds:
        """The same folds, fitted on more rows or fewer."""
        return Folds(
            self.data,
            self.folds,
            self._budget,
            most_rows=most_rows,
            memory=self._memory,
            journal=self._journal,
        )

    def fit(self, candidate: Candidate, index: int, deadline: float | None) -> FoldFit:
        """Fit on one fold and predict its validation rows, unless that was done before."""
        if self._journal is None:
            return self._fit(candidate, index, deadline)
        key = self._key(candidate, index)
        known = self._journal.recall(key)
        if known is not None:
            return known
        fit = self._fit(candidate, index, deadline)
        self._journal.keep(key, fit)
        return fit

    def is_known(self, candidate: Candidate, folds: int) -> bool:
        """Whether the first `folds` fits of a candidate were made before an interruption."""
        journal = self._journal
        return journal is not None and all(
            journal.knows(self._key(candidate, index)) for index in range(folds)
        )

    def _key(self, candidate: Candidate, index: int) -> str:
        return fit_key(candidate, index, self._most_rows, self._budget.seed)

    def _fit(self, candidate: Candidate, index: int, deadline: float | None) -> FoldFit:
        from upshot.learning.pipeline import fit_pipeline

        rows = self._rows(index)
        context = FitContext(
            seed=self._budget.seed,
            cores=self._budget.cores,
            deadline=deadline,
            is_stopped=lambda: self._budget.is_stopped() or self._budget.is_cancelled(),
            memory=FoldMemory(self._memory, (self._most_rows, index)),
        )
        begun, spared = time.monotonic(), self._memory.spared_seconds
        fitted = fit_pipeline(candidate, rows.train, rows.valid, context)
        fit_seconds = time.monotonic() - begun
        model = fitted if rows.log_rate == 0 else Corrected(fitted, rows.log_rate)
        begun = time.monotonic()
        predictions = checked(model.predict(rows.valid.features), rows.valid)
        return FoldFit(
            model=model,
            rows=rows.valid_rows,
            predictions=predictions,
            iterations=fitted.iterations,
            fit_seconds=fit_seconds,
            predict_seconds=time.monotonic() - begun,
            fitted_rows=rows.train.rows,
            spared_seconds=self._memory.spared_seconds - spared,
        )

    def _rows(self, index: int) -> FoldRows:
        if index not in self._prepared:
            self._prepared[index] = self._prepare(self.folds[index], index)
        return self._prepared[index]

    def _prepare(self, fold: Fold, index: int) -> FoldRows:
        rng = np.random.default_rng([self._budget.seed, 5, index])
        train, log_rate = fold.train, 0.0
        if len(train) > self._most_rows:
            train, log_rate = _thinned(self.data, train, self._most_rows, rng)
        valid = fold.valid
        if len(valid) > VALIDATION_ROWS:
            valid = np.sort(rng.choice(valid, VALIDATION_ROWS, replace=False))
        return FoldRows(take(self.data, train), take(self.data, valid), valid, log_rate)


def screening_rows(seconds: float | None) -> int:
    """Rows that candidates of a big table are first compared on."""
    if seconds is None:
        return MOST_SCREENING_ROWS
    rows = seconds * _SCREENING_ROWS_PER_SECOND
    return int(np.clip(rows, FEWEST_SCREENING_ROWS, MOST_SCREENING_ROWS))


def _thinned(
    data: LearningData, rows: Array, most: int, rng: np.random.Generator
) -> tuple[Array, float]:
    """Draw `most` rows to fit on; when the positive outcome is rare, all of them stay."""
    if data.task.kind is TaskKind.BINARY:
        positive = data.target[rows] == 1
        if positive.mean() < _RARE and positive.sum() <= _MOST_POSITIVES * most:
            negatives = rows[~positive]
            count = most - int(positive.sum())
            kept = rng.choice(negatives, count, replace=False)
            thinned = np.sort(np.r_[rows[positive], kept])
            return thinned, float(np.log(count / len(negatives)))
    return np.sort(rng.choice(rows, most, replace=False)), 0.0


def checked(predictions: Array, data: LearningData) -> Array:
    """Refuse predictions that are not numbers, and keep amounts inside what is possible."""
    values = np.asarray(predictions, dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError(say("it predicted values that are not numbers"))
    if data.task.kind is TaskKind.REGRESSION and data.task.nonnegative:
        return np.maximum(values, 0)
    return values


def gather(fits: Sequence[FoldFit]) -> tuple[Array, Array]:
    """Rows predicted by these fits, sorted, and the mean prediction of each."""
    rows, inverse = np.unique(np.concatenate([fit.rows for fit in fits]), return_inverse=True)
    stacked = np.concatenate([fit.predictions for fit in fits])
    counts = np.bincount(inverse)
    if stacked.ndim == 1:
        return rows, np.bincount(inverse, weights=stacked) / counts
    columns = [np.bincount(inverse, weights=column) / counts for column in stacked.T]
    return rows, np.column_stack(columns)


def compare(data: LearningData, ours: Sequence[FoldFit], theirs: Sequence[FoldFit]) -> Array:
    """Loss of one candidate less that of another, row by row, on the same folds."""
    kind = data.task.kind
    differences = [
        row_losses(data.target[own.rows], own.predictions, kind)
        - row_losses(data.target[other.rows], other.predictions, kind)
        for own, other in zip(ours, theirs, strict=False)
    ]
    return np.concatenate(differences)


def loss_of(
    data: LearningData, fits: Sequence[FoldFit], constant: Callable[[int], Array] | None = None
) -> float:
    """Mean loss on the rows of these fits, of their own predictions or of a constant one."""
    losses = []
    for fit in fits:
        predictions = fit.predictions if constant is None else constant(len(fit.rows))
        losses.append(row_losses(data.target[fit.rows], predictions, data.task.kind))
    return float(np.concatenate(losses).mean())


def judging_seconds(results: Sequence[Result], weights: Array, rows: int) -> float:
    """Seconds the members that carry weight will take to predict this many rows."""
    return sum(
        fit.predict_seconds * rows / len(fit.rows)
        for result, weight in zip(results, weights, strict=False)
        if weight > 0
        for fit in result.fits
    )
