"""Typed events: the one way progress leaves the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class StageStarted:
    """A stage of the road begins: ``"reading"``, ``"checking"``, ``"splitting"``,
    ``"searching"``, ``"combining"``, ``"finishing"``, ``"explaining"``, ``"saving"``.
    """

    stage: str
    elapsed: float
    remaining: float | None


@dataclass(frozen=True)
class CandidateFinished:
    """A candidate is done.

    Attributes
    ----------
    number : int
        1-based, in order of completion.
    name, family : str
        Unique name, and the model family.
    summary : str
        What it tried, in plain words.
    state : {"done", "pruned", "failed", "skipped"}
        How it ended.
    score : float or None
        Cross-validated score, greater is better, in the unit of `metric`.
    best_score : float or None
        Best score of any single candidate so far.
    ensemble_score : float or None
        Score of the best combination so far.
    told_metric : str
        The metric of the figures that people understand, see `upshot.learning.telling`.
    told, told_best : float or None
        That figure of the candidate, and of the best combination so far.
    """

    number: int
    name: str
    family: str
    summary: str
    state: str
    metric: str
    score: float | None
    best_score: float | None
    ensemble_score: float | None
    seconds: float
    elapsed: float
    remaining: float | None
    reason: str = ""
    told_metric: str = ""
    told: float | None = None
    told_best: float | None = None


@dataclass(frozen=True)
class FirstAnswer:
    """The first honest estimate, before the search goes on: cross-validated, provisional."""

    metric: str
    score: float
    baseline: float
    elapsed: float


Event = StageStarted | CandidateFinished | FirstAnswer
OnEvent = Callable[[Event], None]


def ignore_event(event: Event) -> None:
    """Listen to nothing."""
