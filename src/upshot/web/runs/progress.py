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
from upshot.explaining import measures
from upshot.jsonable import to_jsonable
from upshot.learning.events import CandidateFinished, Event, FirstAnswer, StageStarted
from upshot.web.runs.words import CHART_UNITS, family_words
from upshot.wording import from_plain, say

EVENT_TYPES = {kind.__name__: kind for kind in (StageStarted, CandidateFinished, FirstAnswer)}

MOST_EVENTS = 400
"""Events kept of one run: far more than a person reads, and small enough to poll."""

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
    "pruned": say("given up early: others were clearly better"),
    "failed": say("did not work"),
    "skipped": say("left out"),
}


Point = tuple[float, str, float | None, float | None]


@dataclass(frozen=True)
class TriedCandidate:
    """One row of "tried so far"."""

    number: int
    words: str
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
    best : str
        How good the answer so far is, as a clause; empty before there is one.
    points : tuple
        Seconds, name, figure of each finished candidate, and figure of the answer so far, for the
        chart that grows.
    unit, measure : str
        What the figures are, for the chart and as the heading of a column.
    """

    stage: str = say("Waiting for a free worker")
    percent: int = 0
    remaining: float | None = None
    tried: tuple[TriedCandidate, ...] = ()
    first_answer: str = ""
    best: str = ""
    points: tuple[Point, ...] = ()
    unit: str = ""
    measure: str = ""


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
    told = [event for event in candidates if event.told_best is not None]
    return Progress(
        stage=stage,
        percent=_percent(clock),
        remaining=clock[1] if clock else None,
        tried=_tried(candidates),
        first_answer=_first_answer(events),
        best=_best(told[-1]) if told else "",
        points=tuple(_point(event) for event in told),
        unit=CHART_UNITS[told[-1].told_metric] if told else "",
        measure=measures.label(told[-1].told_metric) if told else "",
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


def _best(event: CandidateFinished) -> str:
    assert event.told_best is not None
    return measures.clause(event.told_metric, event.told_best)


def _point(event: CandidateFinished) -> Point:
    """One attempt beside the answer so far; shares are shown of a hundred."""
    whole = 1 if event.told_metric == "top_decile_lift" else 100
    figure, best = (None if one is None else whole * one for one in (event.told, event.told_best))
    return (event.elapsed, event.summary or event.name, figure, best)


def _tried(candidates: list[CandidateFinished]) -> tuple[TriedCandidate, ...]:
    best = max((event.told for event in candidates if event.told is not None), default=None)
    return tuple(
        TriedCandidate(
            number=event.number,
            words=family_words(event.family),
            summary=event.summary or event.name,
            family=event.family,
            state=event.state,
            state_words=STATE_WORDS.get(event.state, event.state),
            score=measures.short(event.told_metric, event.told),
            is_best=event.told is not None and event.told == best,
            seconds=event.seconds,
            reason="" if event.state == "pruned" else event.reason,
        )
        for event in reversed(candidates)
    )


def _first_answer(events: list[Event]) -> str:
    first = next((event for event in events if isinstance(event, FirstAnswer)), None)
    if first is None:
        return ""
    found = measures.clause(first.metric, first.score)
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
