"""How far the figures can be trusted: calibration, classes and amounts on the holdout."""

from __future__ import annotations

import itertools

import numpy as np

from upshot.explaining.facts import AmountFacts, CalibrationBin, ClassFacts
from upshot.explaining.intervals import wilson
from upshot.learning.outcome import Holdout, Learned
from upshot.learning.state import Array
from upshot.learning.task import Task

MOST_BINS = 10
POSITIVES_PER_BIN = 10
ROWS_PER_BIN = 20
MOST_PAIRS = 400


def calibration_bins(outcome: Array, predicted: Array) -> tuple[CalibrationBin, ...]:
    """Compare what was said with what happened, in groups of equal size.

    Fewer groups when there are few rows of either outcome; rows with the same prediction stay
    together.

    Parameters
    ----------
    outcome : numpy.ndarray
        1 where it happened, else 0.
    predicted : numpy.ndarray
        The probability given.
    """
    rows = len(outcome)
    rarer = int(min(outcome.sum(), rows - outcome.sum()))
    bins = min(MOST_BINS, rows // ROWS_PER_BIN, rarer // POSITIVES_PER_BIN)
    if rows == 0 or bins < 1:
        return ()
    order = np.argsort(predicted, kind="stable")
    ranked = predicted[order]
    cuts = np.linspace(0, rows, bins + 1).round().astype(int)[1:-1]
    cuts = np.searchsorted(ranked, ranked[cuts], side="left") if len(cuts) else cuts
    edges = np.unique(np.concatenate([[0], cuts, [rows]])).astype(int)
    return tuple(
        _bin(outcome[order[start:end]], ranked[start:end])
        for start, end in itertools.pairwise(edges)
    )


def _bin(outcome: Array, predicted: Array) -> CalibrationBin:
    happened = float(outcome.sum())
    low, high = wilson(happened, len(outcome))
    return CalibrationBin(
        rows=len(outcome),
        predicted=float(predicted.mean()),
        observed=happened / len(outcome),
        low=low,
        high=high,
    )


def class_facts(task: Task, holdout: Holdout) -> tuple[ClassFacts, ...]:
    """Count, per class, how many there were, were predicted, and were predicted right."""
    guessed = holdout.predictions.argmax(axis=1)
    found = []
    for code, name in enumerate(task.classes):
        is_class, says_class = holdout.target == code, guessed == code
        right = int((is_class & says_class).sum())
        rows, said = int(is_class.sum()), int(says_class.sum())
        found.append(
            ClassFacts(
                name, rows, said, right / said if said else None, right / rows if rows else None
            )
        )
    return tuple(found)


def amount_facts(learned: Learned, rng: np.random.Generator) -> AmountFacts:
    """Measure errors in the unit of the amount, and how often the 80 % interval holds it.

    The typical error is the mean absolute error; the baseline's is that of its constant guess.
    """
    holdout = learned.holdout
    chosen = rng.permutation(len(holdout.target))[:MOST_PAIRS]
    pairs = zip(holdout.predictions[chosen].tolist(), holdout.target[chosen].tolist(), strict=True)
    return AmountFacts(
        mean=float(holdout.target.mean()),
        typical_error=float(np.abs(holdout.target - holdout.predictions).mean()),
        baseline_error=float(np.abs(holdout.target - holdout.baseline).mean()),
        coverage=_coverage(learned),
        pairs=tuple(pairs),
    )


def _coverage(learned: Learned) -> float | None:
    """Share of holdout amounts inside intervals around predictions that had not seen them."""
    if learned.model.intervals is None:
        return None
    low, high = learned.model.interval_around(learned.holdout.predictions)
    target = learned.holdout.target
    return float(((target >= low) & (target <= high)).mean())
