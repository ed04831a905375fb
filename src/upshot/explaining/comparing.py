"""Two models on the same rows: which is better, beyond noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.explaining.ranking import cumulative
from upshot.explaining.wording import count, percent, priced
from upshot.learning.metrics import METRICS, resamples, telling
from upshot.learning.outcome import Interval
from upshot.learning.state import Array
from upshot.learning.task import Task, TaskKind
from upshot.wording import say

TOP = 0.2
FEWEST_ROWS = 30
FEWEST_OUTCOMES = 10


@dataclass(frozen=True)
class ComparedMetric:
    """One measure of both models; ``gain`` is how much better the newer one is (above 0), with its
    95 % interval.
    """

    name: str
    older: float
    newer: float
    gain: Interval


@dataclass(frozen=True)
class ComparedFacts:
    """Two models side by side.

    Attributes
    ----------
    rows : int
        Rows both were judged on; neither had learned from them.
    better : {"newer", "older", "tie", "too-little"}
        Decided by the measure that tells most plainly, beyond noise.
    metrics : tuple of ComparedMetric
        That measure first.
    reach_older, reach_newer : float or None
        "Who will": share of the positives in the top fifth.
    sentence, advice : str
        What came out, and what to do.
    """

    rows: int
    better: str
    metrics: tuple[ComparedMetric, ...]
    reach_older: float | None
    reach_newer: float | None
    sentence: str
    advice: str


def compare_models(
    task: Task, target: Array, older: Array, newer: Array, currency: str = ""
) -> ComparedFacts:
    """Judge two models on rows that neither has learned from.

    Parameters
    ----------
    task : Task
        What both predict.
    target : numpy.ndarray, shape (n_rows,)
        The truth, as in `LearningData.target`.
    older, newer : numpy.ndarray
        Predictions of the same rows.
    currency : str
        Of amounts, where it is known.
    """
    kind = task.kind
    decisive = telling(kind).name
    ordered = sorted(METRICS[kind], key=lambda metric: metric.name != decisive)
    weights = np.concatenate(resamples(target, kind, seed=0))
    metrics = []
    for metric in ordered:
        sign = 1.0 if metric.greater_is_better else -1.0
        values = [metric.value(target, one) for one in (older, newer)]
        drawn = sign * (
            metric.weighted(target, newer, weights) - metric.weighted(target, older, weights)
        )
        low, high = np.nanquantile(drawn, (0.025, 0.975))
        gain = Interval(sign * (values[1] - values[0]), float(low), float(high))
        metrics.append(ComparedMetric(metric.name, values[0], values[1], gain))
    better = _better(task, target, metrics[0].gain)
    reaches = _reaches(kind, target, older, newer)
    errors = _errors(kind, target, older, newer, currency)
    sentence = _sentence(kind, better, reaches, errors, len(target))
    return ComparedFacts(
        rows=len(target),
        better=better,
        metrics=tuple(metrics),
        reach_older=reaches[0] if reaches else None,
        reach_newer=reaches[1] if reaches else None,
        sentence=sentence,
        advice=_advice(better),
    )


def _better(task: Task, target: Array, gain: Interval) -> str:
    counts = np.bincount(target.astype(np.int64)) if task.kind is TaskKind.BINARY else None
    few = counts is not None and (len(counts) < 2 or counts.min() < FEWEST_OUTCOMES)
    if few or len(target) < FEWEST_ROWS or gain.low is None or gain.high is None:
        return "too-little"
    if gain.low > 0:
        return "newer"
    return "older" if gain.high < 0 else "tie"


def _reaches(
    kind: TaskKind, target: Array, older: Array, newer: Array
) -> tuple[float, float] | None:
    positives = float((target == 1).sum())
    if kind is not TaskKind.BINARY or not positives:
        return None
    contacted = max(1, round(TOP * len(target)))
    first, second = (
        float(cumulative((target == 1).astype(float), one)[contacted]) / positives
        for one in (older, newer)
    )
    return first, second


def _errors(
    kind: TaskKind, target: Array, older: Array, newer: Array, currency: str
) -> tuple[str, str]:
    """How wrong each is, in words: the typical error of amounts, the right answers of classes."""
    if kind is TaskKind.REGRESSION:
        first, second = (
            priced(float(np.abs(target - one).mean()), currency) for one in (older, newer)
        )
        return first, second
    if kind is TaskKind.MULTICLASS:
        first, second = (
            percent(float((one.argmax(axis=1) == target).mean())) for one in (older, newer)
        )
        return first, second
    return "", ""


def _sentence(
    kind: TaskKind,
    better: str,
    reaches: tuple[float, float] | None,
    errors: tuple[str, str],
    rows: int,
) -> str:
    if better == "too-little":
        return say("Too little to tell: only {rows} rows can be compared.", rows=count(rows))
    if reaches is not None:
        return say(
            "On the same {rows} rows, the top fifth of the newer one holds {newer} of those looked "
            "for, that of the older one {older}.",
            rows=count(rows),
            newer=percent(reaches[1]),
            older=percent(reaches[0]),
        )
    if kind is TaskKind.MULTICLASS:
        return say(
            "On the same {rows} rows, the newer one is right in {newer}, the older one in {older}.",
            rows=count(rows),
            newer=errors[1],
            older=errors[0],
        )
    return say(
        "On the same {rows} rows, the newer one is off by {newer} on average, the older one by "
        "{older}.",
        rows=count(rows),
        newer=errors[1],
        older=errors[0],
    )


def _advice(better: str) -> str:
    return {
        "newer": say("The newer one is better. Use it from now on."),
        "older": say("The older one is better. Keep using it."),
        "tie": say(
            "The difference may be chance, so either will do. Prefer the one that learned from "
            "more recent data."
        ),
        "too-little": say("Compare them again when more outcomes are known."),
    }[better]
