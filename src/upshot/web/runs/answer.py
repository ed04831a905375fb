"""What the answer page shows: the stored answer in, figures in people's terms out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from upshot.explaining import measures
from upshot.jsonable import from_jsonable
from upshot.web.runs.models import Run
from upshot.web.runs.words import behind_words, family_words
from upshot.wording import Figure as Number
from upshot.wording import say

if TYPE_CHECKING:
    from upshot.errors import Note
    from upshot.explaining.facts import Answer, GainsPoint

SHOWN_SHARE = 0.2


@dataclass(frozen=True)
class Light:
    """The traffic light, which is a word first and a colour second."""

    tone: str
    word: str
    meaning: str


LIGHTS = {
    "good": Light("good", say("Go ahead"), say("The data gives a clear answer.")),
    "modest": Light(
        "warn", say("Use with care"), say("There is something in the data, but not much.")
    ),
    "nothing": Light("problem", say("Do not use it"), say("The data does not tell who is who.")),
    "too-little": Light(
        "problem", say("Too little data"), say("There are too few cases to be sure.")
    ),
    "rule": Light("good", say("Keep your rule"), say("The model does not clearly find more.")),
}
SUSPICIOUS = Light(
    "warn", say("Too good to be true"), say("Check the columns before you trust this.")
)


@dataclass(frozen=True)
class Figure:
    """One key figure."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class MetricRow:
    """How good the predictions are by one measure, beside guessing."""

    label: str
    help: str
    value: str
    baseline: str


DRIVERS_SHOWN = 6
# The page has a button of its own for it.
_SHOWN_ELSEWHERE = frozenset({"simple-is-enough"})


@dataclass(frozen=True)
class CandidateRow:
    """One thing that was tried."""

    words: str
    summary: str
    family: str
    seconds: float
    score: str
    state: str
    reason: str
    weight: float | None


@dataclass(frozen=True)
class AnswerPage:
    """Everything the page shows beside the answer itself."""

    answer: Answer
    light: Light
    figures: tuple[Figure, ...]
    metrics: tuple[MetricRow, ...]
    candidates: tuple[CandidateRow, ...]
    drivers: tuple[tuple[Any, dict[str, Any] | None], ...]
    notes: tuple[Note, ...]

    @property
    def drivers_behind(self) -> int:
        """How many drivers stand behind the first ones."""
        return len(self.drivers) - DRIVERS_SHOWN


def stored_answer(run: Run) -> Answer:
    """The answer of a finished run."""
    from upshot.explaining.facts import Answer
    from upshot.explaining.levers import with_marks

    return with_marks(from_jsonable(run.answer, Answer), run.marks)


def answer_page(run: Run) -> AnswerPage:
    """What the page of a finished run shows."""
    answer = stored_answer(run)
    verdict, pictures = answer.verdict, run.pictures
    return AnswerPage(
        answer=answer,
        light=SUSPICIOUS if verdict.suspicious else LIGHTS.get(verdict.level, LIGHTS["modest"]),
        notes=tuple(
            note
            for note in answer.warnings
            if note.column not in run.choice["ignore"] and note.code not in _SHOWN_ELSEWHERE
        ),
        figures=_figures(answer),
        metrics=_metrics(answer),
        candidates=_candidates(answer),
        drivers=tuple(
            (driver, pictures.get(f"effects-{place}"))
            for place, driver in enumerate(answer.drivers, start=1)
        ),
    )


def _figures(answer: Answer) -> tuple[Figure, ...]:
    if answer.gains is not None:
        return _ranking_figures(answer)
    if answer.amounts is not None:
        return _amount_figures(answer)
    return _class_figures(answer)


def _ranking_figures(answer: Answer) -> tuple[Figure, ...]:
    point = _point_at(answer, answer.verdict.share or SHOWN_SHARE)
    words, gains = answer.wording, answer.gains
    if point is None or gains is None or not gains.rows:
        return ()
    top = Number(f"{100 * point.share:.0f} %")
    low, high = 100 * point.reach_low, 100 * point.reach_high
    return (
        Figure(
            say("of all {positives} are in the top {top}", positives=words.positives, top=top),
            Number(f"{100 * point.reach:.0f} %"),
            say("probably {low} to {high}", low=Number(f"{low:.0f}"), high=Number(f"{high:.0f} %")),
        ),
        Figure(
            say("times as many {positives} as at random", positives=words.positives),
            Number(f"{point.lift:.1f} ×"),
        ),
        Figure(
            say("of 100 in the top {top} are {positives}", positives=words.positives, top=top),
            Number(f"{100 * point.precision:.0f}"),
            say(
                "{share} of 100 overall",
                share=Number(f"{100 * gains.positives / gains.rows:.1f}"),
            ),
        ),
        Figure(say("{unit} kept aside for the test", unit=words.unit), Number(f"{gains.rows:,}")),
    )


def _amount_figures(answer: Answer) -> tuple[Figure, ...]:
    from upshot.explaining.wording import priced

    facts, currency = answer.amounts, answer.wording.currency
    assert facts is not None
    figures = [
        Figure(say("typical error of a prediction"), priced(facts.typical_error, currency)),
        Figure(
            say("typical error of always saying the average"),
            priced(facts.baseline_error, currency),
        ),
        Figure(say("average amount"), priced(facts.mean, currency)),
    ]
    if facts.coverage is not None:
        share = say("{share} of 100", share=Number(f"{100 * facts.coverage:.0f}"))
        label = say("true amounts inside the stated range")
        figures.append(Figure(label, share, say("80 are meant to be")))
    return tuple(figures)


def _class_figures(answer: Answer) -> tuple[Figure, ...]:
    figures = []
    accuracy = answer.holdout.get("accuracy")
    if accuracy is not None:
        label = say("rows of 100 get the right outcome")
        figures.append(Figure(label, Number(f"{100 * accuracy.value:.0f}")))
    if "accuracy" in answer.baseline:
        guess = Number(f"{100 * answer.baseline['accuracy']:.0f}")
        figures.append(Figure(say("of 100 by always saying the most frequent"), guess))
    figures.append(Figure(say("outcomes told apart"), Number(f"{len(answer.classes)}")))
    kept_aside = Number(f"{answer.split.holdout_rows:,}")
    figures.append(Figure(say("rows kept aside for the test"), kept_aside))
    return tuple(figures)


def _point_at(answer: Answer, share: float) -> GainsPoint | None:
    points = answer.gains.points if answer.gains is not None else ()
    return min(points, key=lambda point: abs(point.share - share), default=None)


def _metrics(answer: Answer) -> tuple[MetricRow, ...]:
    return tuple(
        MetricRow(
            label=measures.label(name),
            help=measures.meaning(name),
            value=measures.ranged(name, figure),
            baseline=measures.short(name, answer.baseline.get(name)),
        )
        for name, figure in answer.holdout.items()
    )


def _candidates(answer: Answer) -> tuple[CandidateRow, ...]:
    weights = {member.name: member.weight for member in answer.ensemble}
    best = max((item.score for item in answer.candidates if item.score is not None), default=None)
    ordered = sorted(answer.candidates, key=lambda item: (-weights.get(item.name, 0.0), item.name))
    return tuple(
        CandidateRow(
            words=family_words(item.family),
            summary=item.summary or item.name,
            family=item.family,
            seconds=item.seconds,
            score=behind_words(item.score, best),
            state=item.state,
            reason=item.reason,
            weight=weights.get(item.name),
        )
        for item in ordered
    )
