"""What the learning page shows: stored events in, frozen facts out.

A job stores each event as one JSON object, ``{"type": "CandidateFinished", …}``. Here they become
the few things a person wants to know: what is happening, how long it takes, what was tried, and
how good the best is so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from upshot.budget import Budget
from upshot.jsonable import to_jsonable
from upshot.learning.events import CandidateFinished, Event, FirstAnswer, StageStarted
from upshot.web.runs.words import behind_words, score_words
from upshot.wording import Figure, from_plain, say

EVENT_TYPES = {kind.__name__: kind for kind in (StageStarted, CandidateFinished, FirstAnswer)}

MOST_EVENTS = 400
"""Events kept of one run: far more than a person reads, and small enough to poll."""

SMALLEST_GAIN = 1.0
"""Per cent better than the first attempt that are worth telling."""

STAGE_WORDS = {
    "reading": say("Reading the table"),
    "checking": say("Checking the question"),
    "splitting": say("Setting rows aside for the final test"),
    "searching": say("Trying out ways to predict"),
    "combining": say("Combining the best ones"),
    "finishing": say("Testing on the rows set aside"),
    "explaining": say("Working out what drives the outcome"),
    "saving": say("Saving the model"),
}

STATE_WORDS = {
    "done": "",
    "pruned": say("stopped early: others were clearly better"),
    "failed": say("did not work"),
    "skipped": say("left out"),
}


@dataclass(frozen=True)
class TriedCandidate:
    """One row of "tried so far"."""

    number: int
    summary: str
    family: str
    state: str
    state_words: str
    score: str
    is_best: bool
    seconds: float
    reason: str


@dataclass(frozen=True)
class Progress:
    """Where a run stands.

    Attributes
    ----------
    stage : str
        What is happening, in plain words.
    percent : int
        Share of the time used, 0 to 99 while learning.
    remaining : float or None
        Seconds left as last reported.
    tried : tuple of TriedCandidate
        Newest first.
    first_answer : str
        The provisional first answer, one sentence; empty before it.
    gained : str
        How much better the best so far is than the first attempt; empty while it is not.
    points : tuple
        Seconds, name, score and best score of each finished candidate, for the chart that grows;
        scores are per cent better than the first one.
    """

    stage: str = say("Waiting for a free worker")
    percent: int = 0
    remaining: float | None = None
    tried: tuple[TriedCandidate, ...] = ()
    first_answer: str = ""
    gained: str = ""
    points: tuple[tuple[float, str, float | None, float | None], ...] = ()


def event_to_json(event: Event) -> dict[str, Any]:
    """One event as the JSON object that a job stores."""
    return {"type": type(event).__name__, **asdict(event)}


def event_from_json(value: Mapping[str, Any]) -> Event | None:
    """The event of a stored object, or None for a type this release does not know."""
    kind = EVENT_TYPES.get(str(value.get("type")))
    if kind is None:
        return None
    known = {key: item for key, item in value.items() if key in kind.__dataclass_fields__}
    said = {key: from_plain(item) for key, item in known.items() if isinstance(item, Mapping)}
    return kind(**{**known, **said})


def progress_of(stored: Iterable[Mapping[str, Any]]) -> Progress:
    """Sum up the stored events of a run."""
    events = [event for event in map(event_from_json, stored) if event is not None]
    candidates = [event for event in events if isinstance(event, CandidateFinished)]
    stage, clock = _stage_and_clock(events)
    points = _points(candidates)
    return Progress(
        stage=stage,
        percent=_percent(clock),
        remaining=clock[1] if clock else None,
        tried=_tried(candidates),
        first_answer=_first_answer(events),
        gained=_gained(points),
        points=points,
    )


def _stage_and_clock(events: list[Event]) -> tuple[str, tuple[float, float | None] | None]:
    stage, clock = Progress.stage, None
    for event in events:
        if isinstance(event, StageStarted):
            stage = STAGE_WORDS.get(event.stage, event.stage)
        if isinstance(event, StageStarted | CandidateFinished):
            clock = (event.elapsed, event.remaining)
    return stage, clock


def _percent(clock: tuple[float, float | None] | None) -> int:
    if clock is None or clock[1] is None:
        return 0
    elapsed, remaining = clock
    return min(99, round(100 * elapsed / max(elapsed + remaining, 1e-9)))


def _points(
    candidates: list[CandidateFinished],
) -> tuple[tuple[float, str, float | None, float | None], ...]:
    """Each candidate with the best score so far, alone or combined."""
    best: float | None = None
    first = next((event.score for event in candidates if event.score is not None), None)
    points = []
    for event in candidates:
        for score in (best, event.score, event.best_score, event.ensemble_score):
            if score is not None and (best is None or score > best):
                best = score
        name = event.summary or event.name
        points.append((event.elapsed, name, _better(event.score, first), _better(best, first)))
    return tuple(points)


def _gained(points: tuple[tuple[float, str, float | None, float | None], ...]) -> str:
    best = next((point[3] for point in reversed(points) if point[3] is not None), None)
    if best is None or best < SMALLEST_GAIN:
        return ""
    return say(
        "The best so far is {gain} better than the first attempt.", gain=Figure(f"{best:.0f} %")
    )


def _better(score: float | None, first: float | None) -> float | None:
    if score is None or first is None:
        return None
    return 100 * (score - first) / max(abs(first), 1e-12)


def _tried(candidates: list[CandidateFinished]) -> tuple[TriedCandidate, ...]:
    scores = [event.score for event in candidates if event.score is not None]
    best = max(scores, default=None)
    return tuple(
        TriedCandidate(
            number=event.number,
            summary=event.summary or event.name,
            family=event.family,
            state=event.state,
            state_words=STATE_WORDS.get(event.state, event.state),
            score=behind_words(event.score, best),
            is_best=event.score is not None and event.score == best,
            seconds=event.seconds,
            reason=event.reason,
        )
        for event in reversed(candidates)
    )


def _first_answer(events: list[Event]) -> str:
    first = next((event for event in events if isinstance(event, FirstAnswer)), None)
    if first is None:
        return ""
    found = score_words(first.metric, first.score)
    if first.score <= first.baseline:
        return say("So far nothing beats a plain guess ({found}). The search goes on.", found=found)
    return say(
        "There is something to learn here: {found}. The final figure may differ.", found=found
    )


class ProgressLog:
    """Collects the events of a running job and shows them through `show`.

    Parameters
    ----------
    show : callable
        `JobContext.progress`.
    """

    def __init__(self, show: Any) -> None:
        self._show = show
        self._events: list[dict[str, Any]] = []

    def stage(self, stage: str, budget: Budget) -> None:
        """A stage that the library does not know of begins."""
        remaining = budget.remaining() if budget.seconds is not None else None
        self.hear(StageStarted(stage, budget.elapsed(), remaining))

    def hear(self, event: Event) -> None:
        """One event of the library."""
        self._events.append(to_jsonable(event_to_json(event), sentences=True))
        del self._events[:-MOST_EVENTS]
        self._show({"events": self._events}, force=not isinstance(event, CandidateFinished))
