"""Fitting the chosen candidates once more, on all rows, the set-aside ones included."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from upshot.budget import Budget
from upshot.errors import Cancelled, Note
from upshot.learning.candidate import FitContext
from upshot.learning.evaluation import Result
from upshot.learning.pace import Pace
from upshot.learning.parts import Predictor
from upshot.learning.state import Array
from upshot.learning.task import LearningData
from upshot.wording import say

_BOOSTERS = ("catboost", "lightgbm")
_MORE_ROWS_MORE_ROUNDS = 0.25
_ROWS_ENOUGH = 300_000
_STOPPED_SECONDS = 10.0
_MOST_SEEDS = 3
_SLACK = 1.2


class Refits:
    """Refits members while time allows, and keeps what succeeded.

    Parameters
    ----------
    data : LearningData
        All rows.
    budget : Budget
        Seed, cores and being cancelled.
    pace : Pace
        The clock.
    """

    def __init__(self, data: LearningData, budget: Budget, pace: Pace) -> None:
        self.notes: list[Note] = []
        self._data = data
        self._budget = budget
        self._pace = pace
        self._models: dict[str, list[Predictor]] = {}
        self._limit = time.monotonic() + _STOPPED_SECONDS if budget.is_stopped() else np.inf

    def run(self, results: Sequence[Result]) -> None:
        """Refit every result in order; then again with other seeds while time allows."""
        usable = [result for result in results if result.fits[0].fitted_rows < _ROWS_ENOUGH]
        seeds = _MOST_SEEDS if self._pace.limited and not self._budget.is_stopped() else 1
        for shift in range(seeds):
            for result in usable:
                self._budget.raise_if_cancelled()
                name = result.candidate.name
                if shift and len(self._models.get(name, ())) != shift:
                    continue
                self._try(result, shift)

    def models(self, name: str) -> tuple[Predictor, ...]:
        """Refits of a candidate; empty when there are none."""
        return tuple(self._models.get(name, ()))

    def _seconds_left(self) -> float:
        return min(self._pace.finish_left(), self._limit - time.monotonic())

    def _try(self, result: Result, shift: int) -> None:
        """Refit once; a refit that fails or is cut short leaves the fold models in place."""
        left = self._seconds_left()
        if _SLACK * refit_cost(result, self._data.rows) > left:
            return
        name = result.candidate.name
        try:
            model = _refit(self._data, result, self._context(result, shift, left))
        except Cancelled:
            raise
        except Exception as error:
            message = say(
                "{name} could not be fitted on all rows ({error}); its fits from the comparison "
                "are used instead.",
                name=name,
                error=type(error).__name__,
            )
            self.notes.append(Note("refit-failed", message))
            return
        if model is not None:
            self._models.setdefault(name, []).append(model)

    def _context(self, result: Result, shift: int, seconds: float) -> FitContext:
        return FitContext(
            seed=self._budget.seed + shift,
            cores=self._budget.cores,
            deadline=None if np.isinf(seconds) else time.monotonic() + seconds,
            is_stopped=self._budget.is_cancelled,
            iterations=_rounds(result, self._data.rows),
        )


def _refit(data: LearningData, result: Result, context: FitContext) -> Predictor | None:
    """Fit for as many rounds as the folds needed; None when cut short."""
    from upshot.learning.pipeline import fit_pipeline

    model = fit_pipeline(result.candidate, data, None, context)
    return None if context.is_over() else model


def _rounds(result: Result, rows: int) -> int | None:
    """Mean best rounds of the folds; boosters get slightly more when there are more rows."""
    found = [fit.iterations for fit in result.fits if fit.iterations is not None]
    if not found:
        return None
    ratio = rows / np.mean([fit.fitted_rows for fit in result.fits])
    more = ratio**_MORE_ROWS_MORE_ROUNDS if result.candidate.family in _BOOSTERS else 1.0
    return max(1, round(float(np.mean(found)) * more))


def refit_cost(result: Result, rows: int) -> float:
    """Seconds one refit of a candidate on this many rows will take."""
    return max(fit.anew_seconds * max(1.0, rows / fit.fitted_rows) for fit in result.fits)


def refit_seconds(results: Sequence[Result], weights: Array, rows: int, most: float) -> float:
    """Seconds to keep for refitting members on all rows, heaviest first, at most `most`."""
    total = 0.0
    # The baseline's weight, where it has one, comes last and costs nothing.
    for place in np.argsort(-weights[: len(results)], kind="stable"):
        result = results[place]
        cost = _SLACK * refit_cost(result, rows)
        is_wanted = weights[place] > 0 and result.fits[0].fitted_rows < _ROWS_ENOUGH
        if is_wanted and total + cost <= most:
            total += cost
    return total
