"""What a search says of itself while it goes on, in figures that people understand.

The search itself compares losses, which mean nothing to a reader. Beside them stands one figure of
the same predictions: how many times as many hits the top tenth holds as a random one (yes or no),
how many rows are right (several outcomes), how much of the differences is explained (amounts).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from upshot.learning.baseline import BaselineModel
from upshot.learning.evaluation import FoldFit
from upshot.learning.events import CandidateFinished, FirstAnswer
from upshot.learning.metrics import ACCURACY, R2, TOP_DECILE_LIFT, Metric, telling
from upshot.learning.outcome import CandidateRecord
from upshot.learning.run import Run
from upshot.learning.state import Array
from upshot.learning.task import LearningData, TaskKind

PLAINEST: dict[TaskKind, Metric] = {
    TaskKind.BINARY: TOP_DECILE_LIFT,
    TaskKind.MULTICLASS: ACCURACY,
    TaskKind.REGRESSION: R2,
}


class Teller:
    """Tells the listener of a run what was found; knows nothing of how to search."""

    def __init__(self, data: LearningData, baseline: BaselineModel, run: Run) -> None:
        self._data = data
        self._baseline = baseline
        self._run = run
        self._plainest = PLAINEST[data.task.kind]
        self._is_answered = False
        self._best: float | None = None

    def first_answer(self, fit: FoldFit) -> None:
        """Tell the first honest estimate once."""
        if self._is_answered:
            return
        self._is_answered = True
        metric, target = telling(self._data.task.kind), self._data.target[fit.rows]
        baseline = metric.score(target, self._baseline.repeat(len(target)))
        score = metric.score(target, fit.predictions)
        elapsed = self._run.budget.elapsed()
        self._run.on_event(FirstAnswer(metric.name, score, baseline, elapsed))

    def combined(self, target: Array, predictions: Sequence[Array], weights: Array) -> None:
        """Hear of the best combination so far."""
        self._best = self._plain(target, np.tensordot(weights, np.stack(predictions), axes=1))

    def figure_of(self, rows: Array, predictions: Array) -> float | None:
        """The plain figure of one candidate."""
        return self._plain(self._data.target[rows], predictions)

    def finished(
        self,
        records: Sequence[CandidateRecord],
        metric: str,
        ensemble: float | None,
        told: float | None,
    ) -> None:
        """Tell of the candidate that was recorded last."""
        record, budget = records[-1], self._run.budget
        done = [other.score for other in records if other.state == "done"]
        self._run.on_event(
            CandidateFinished(
                number=len(records),
                name=record.name,
                family=record.family,
                summary=record.summary,
                state=record.state,
                metric=metric,
                score=record.score,
                best_score=max((found for found in done if found is not None), default=None),
                ensemble_score=ensemble,
                seconds=record.seconds,
                elapsed=budget.elapsed(),
                remaining=budget.remaining() if self._run.pace.limited else None,
                reason=record.reason,
                told_metric=self._plainest.name,
                told=told,
                told_best=self._best,
            )
        )

    def _plain(self, target: Array, predictions: Array) -> float | None:
        value = self._plainest.score(target, predictions)
        return float(value) if np.isfinite(value) else None
