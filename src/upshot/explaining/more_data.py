"""How much more data would help: models of fewer rows, and the curve drawn on.

The error of a learner falls by an inverse power law of the rows (Viering & Loog 2023, "The Shape of
Learning Curves", IEEE TPAMI 45:7799–7819): ``error = floor + a · rows ** -b``. One cheap member of
the model is fitted on an eighth, a quarter, a half and all of the training rows, and judged on the
holdout rows, drawn anew many times: each draw gives a curve, and the curves their spread.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from upshot.budget import Budget
from upshot.errors import Cancelled
from upshot.explaining.facts import CurvePoint, MoreData
from upshot.explaining.wording import count, digits
from upshot.learning.candidate import Candidate, FitContext
from upshot.learning.metrics import resamples, telling
from upshot.learning.outcome import CandidateRecord, Learned
from upshot.learning.pipeline import fit_pipeline
from upshot.learning.splits import take
from upshot.learning.state import Array
from upshot.learning.task import LearningData, TaskKind
from upshot.wording import mark, say

if TYPE_CHECKING:
    import pandas as pd

SAVING_SECONDS = 1.5
"""What saving needs afterwards (measured at 0.3 to 1 s)."""
MOST_SECONDS, LEAST_SECONDS, SHARE_OF_TIME_SPENT = 20.0, 2.0, 0.25
"""The curve is worth a quarter of what learning took, within these bounds."""
SHARES_AND_REPEATS = ((0.125, 3), (0.25, 2), (0.5, 1), (1.0, 1))
COST_IN_FITS = sum(share * repeats for share, repeats in SHARES_AND_REPEATS)
SLACK = 1.1
FEWEST_ROWS, FEWEST_SIZES = 200, 3
MOST_ROWS = 50_000
SMALLEST_PART = 0.25
"""With time for less than a quarter of the rows, the curve would be drawn on too far."""
VALIDATION_SHARE = 0.2
TIMES = (2, 4)
FLOORS = np.array([0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0])
POWERS = np.array([0.2, 0.35, 0.5, 0.7, 1.0])
"""Powers seen in practice lie between 0 and 1 (Viering & Loog 2023)."""
WORTH, SURELY, WIDE = 0.005, 0.001, 0.03
"""A gain of half a point of 100 is worth telling; a range of three points says nothing."""

MEASURES: Mapping[TaskKind, str] = {
    TaskKind.BINARY: "pairs",
    TaskKind.MULTICLASS: "right",
    TaskKind.REGRESSION: "explained",
}
HELPS: Mapping[str, str] = {
    "pairs": mark(
        "Twice as many rows ({rows}) would put about {gain} more of 100 pairs in the right order, "
        "probably {low} to {high} more."
    ),
    "right": mark(
        "Twice as many rows ({rows}) would bring about {gain} more right answers of 100, probably "
        "{low} to {high} more."
    ),
    "explained": mark(
        "Twice as many rows ({rows}) would explain about {gain} more of 100 parts of the "
        "differences, probably {low} to {high} more."
    ),
}


@dataclass(frozen=True, eq=False)
class _Curve:
    """The measure per size (columns) and draw (rows), and at the holdout as it is."""

    rows: tuple[int, ...]
    drawn: Array
    value: Array


def more_data(learned: Learned, data: LearningData, budget: Budget) -> MoreData | None:
    """Fit the curve in part of the time left; None when there is no time or there are few rows.

    Parameters
    ----------
    learned : Learned
        Names the members and holds the holdout rows.
    data : LearningData
        The rows.
    budget : Budget
        Time, seed and cores. Without a limit of time the cheapest member is fitted.
    """
    training = np.setdiff1d(np.arange(data.rows), learned.holdout.rows)
    seconds = _seconds(budget)
    if seconds <= 0 or not len(training):
        return None
    chosen = _affordable(learned, len(training), seconds)
    if chosen is None or len(training) < FEWEST_ROWS:
        return None
    candidate, most = chosen
    rng = np.random.default_rng([budget.seed, 7])
    training = rng.permutation(training)[:most]
    deadline = time.monotonic() + seconds
    curve = _measure(learned, data, training, candidate, (budget, deadline))
    if curve is None or not np.isfinite(curve.drawn).all():
        return None
    return _facts(curve, data.task.kind, data.rows)


def _seconds(budget: Budget) -> float:
    """The time there is for the curve; without a limit any, so that runs repeat exactly."""
    if budget.seconds is None:
        return float("inf")
    worth = max(LEAST_SECONDS, min(MOST_SECONDS, SHARE_OF_TIME_SPENT * budget.elapsed()))
    return min(worth, budget.remaining() - SAVING_SECONDS)


def _affordable(learned: Learned, rows: int, seconds: float) -> tuple[Candidate, int] | None:
    """The heaviest member whose fits fit into the time, else the quickest one on fewer rows."""
    weights = {member.name: member.weight for member in learned.ensemble}
    folds = max(1, learned.split.folds * learned.split.repeats)
    done = [r for r in learned.candidates if r.state == "done" and r.params is not None]
    done.sort(key=lambda record: (-weights.get(record.name, 0.0), record.seconds))
    most = min(rows, MOST_ROWS)
    # What all fits of a candidate take, as a share of the time there is.
    costs = [SLACK * COST_IN_FITS * (most / rows) * r.seconds / folds / seconds for r in done]
    for record, cost in zip(done, costs, strict=True):
        if cost <= 1:
            return _candidate(record), most
    if not done or min(costs) > 1 / SMALLEST_PART:
        return None
    quickest = int(np.argmin(costs))
    return _candidate(done[quickest]), int(most / costs[quickest])


def _candidate(record: CandidateRecord) -> Candidate:
    return Candidate(record.name, record.family, dict(record.params or {}))


def _measure(
    learned: Learned,
    data: LearningData,
    training: Array,
    candidate: Candidate,
    limits: tuple[Budget, float],
) -> _Curve | None:
    budget, deadline = limits
    held = data.features.iloc[learned.holdout.rows].reset_index(drop=True)
    sizes, predicted = [], []
    for share, repeats in SHARES_AND_REPEATS:
        size = int(share * len(training))
        fits = []
        for repeat in range(repeats):
            budget.raise_if_cancelled()
            part = np.roll(training, -repeat * size)[:size]
            fitted = _predictions(data, held, part, candidate, (budget, deadline, repeat))
            if fitted is None:
                break
            fits.append(fitted)
        if not fits:
            continue
        sizes.append(size)
        predicted.append(fits)
    if len(sizes) < FEWEST_SIZES:
        return None
    return _judged(tuple(sizes), predicted, learned, data.task.kind, budget.seed)


def _predictions(
    data: LearningData,
    held: pd.DataFrame,
    part: Array,
    candidate: Candidate,
    limits: tuple[Budget, float, int],
) -> Array | None:
    """Predict the holdout rows by a model of some rows; None when it failed or time ran out."""
    budget, deadline, repeat = limits
    valid = max(1, int(VALIDATION_SHARE * len(part)))
    context = FitContext(
        seed=budget.seed + repeat,
        cores=budget.cores,
        deadline=None if np.isinf(deadline) else deadline,
        is_stopped=lambda: budget.is_stopped() or budget.is_cancelled(),
    )
    if context.is_over():
        return None
    try:
        model = fit_pipeline(candidate, take(data, part[valid:]), take(data, part[:valid]), context)
        predictions = np.asarray(model.predict(held))
    except Cancelled:
        raise
    # A part may hold one outcome only, or too little for this family: that size is left out.
    except Exception:
        return None
    # A fit cut short says how little time there was, not how few rows.
    return None if context.is_over() or not np.isfinite(predictions).all() else predictions


def _judged(
    sizes: tuple[int, ...],
    predicted: Sequence[Sequence[Array]],
    learned: Learned,
    kind: TaskKind,
    seed: int,
) -> _Curve:
    target, metric = learned.holdout.target, telling(kind)
    value = np.array([np.mean([metric.value(target, one) for one in fits]) for fits in predicted])
    draws = []
    for weights in resamples(target, kind, seed=seed):
        by_size = [
            np.mean([metric.weighted(target, one, weights) for one in fits], axis=0)
            for fits in predicted
        ]
        draws.append(np.stack(by_size, axis=1))
    return _Curve(sizes, np.concatenate(draws), value)


def _facts(curve: _Curve, kind: TaskKind, rows: int) -> MoreData:
    measured = tuple(
        _point(size, curve.value[place], curve.drawn[:, place])
        for place, size in enumerate(curve.rows)
    )
    ahead = [times * rows for times in TIMES]
    places = np.array([rows, *ahead], dtype=float)
    errors = np.vstack([1 - curve.value[None], 1 - curve.drawn])
    drawn_on = 1 - _extrapolated(np.array(curve.rows, dtype=float), errors, places)
    gains = drawn_on[:, 1] - drawn_on[:, 0]
    expected = tuple(
        _point(size, drawn_on[0, place + 1], drawn_on[1:, place + 1])
        for place, size in enumerate(ahead)
    )
    low, high = (float(one) for one in np.quantile(gains[1:], (0.025, 0.975)))
    outlook = _outlook(float(np.median(gains)), low, high)
    measure = MEASURES[kind]
    sentence = _sentence(measure, outlook, (float(np.median(gains)), low, high), 2 * rows)
    return MoreData(measure, measured, expected, outlook, sentence)


def _point(rows: int, value: float, drawn: Array) -> CurvePoint:
    low, high = np.quantile(drawn, (0.025, 0.975))
    return CurvePoint(int(rows), float(value), float(min(low, value)), float(max(high, value)))


def _extrapolated(sizes: Array, errors: Array, places: Array) -> Array:
    """The inverse power law of each row of errors, at other places: (n_draws, n_places).

    Floor and power come from a grid, the height by least squares; it never falls below 0, as more
    rows do no harm in the long run.
    """
    best = np.full(len(errors), np.inf)
    found = np.zeros((len(errors), len(places)))
    for share in FLOORS:
        floor = share * errors.min(axis=1, keepdims=True)
        for power in POWERS:
            shape = (sizes / sizes[-1]) ** -power
            height = np.clip(((errors - floor) @ shape) / (shape @ shape), 0, None)[:, None]
            loss = ((errors - floor - height * shape) ** 2).sum(axis=1)
            better = loss < best
            best = np.where(better, loss, best)
            ahead = floor + height * (places / sizes[-1]) ** -power
            found = np.where(better[:, None], ahead, found)
    return found


def _outlook(gain: float, low: float, high: float) -> str:
    if high - low > WIDE:
        return "unclear"
    if gain >= WORTH:
        return "helps" if low > SURELY else "unclear"
    return "little"


def _sentence(measure: str, outlook: str, gain: tuple[float, float, float], rows: int) -> str:
    if outlook == "unclear":
        return say(
            "Whether more rows would help is too little to tell: the rows set aside are too few, "
            "or the curve is too uneven."
        )
    if outlook == "little":
        return say(
            "Twice as many rows ({rows}) like these would hardly help. New columns about what "
            "people did before the outcome would help more.",
            rows=count(rows),
        )
    typical, low, high = (digits(100 * max(one, 0.0), ".1f") for one in gain)
    return say(HELPS[measure], rows=count(rows), gain=typical, low=low, high=high)
