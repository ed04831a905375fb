"""From what was learned to the facts a person reads."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from upshot.budget import Budget
from upshot.errors import Note
from upshot.explaining.drivers import drivers
from upshot.explaining.facts import (
    AmountFacts,
    Answer,
    CalibrationBin,
    ClassFacts,
    Decile,
    Driver,
    Gains,
    Segments,
    Verdict,
    Wording,
)
from upshot.explaining.levers import with_levers
from upshot.explaining.ranking import deciles, gains
from upshot.explaining.reliability import amount_facts, calibration_bins, class_facts
from upshot.explaining.segments import segments
from upshot.explaining.surrogate import Surrogate, fit_surrogate
from upshot.explaining.verdict import amount_verdict, binary_verdict, classes_verdict
from upshot.learning.outcome import Learned
from upshot.learning.task import LearningData, TaskKind
from upshot.wording import say

MOST_SECONDS = 30.0
SHARE_OF_TIME_LEFT = 0.6
POOR_FIDELITY = 0.6
LEARNED_NOTHING = ("nothing", "too-little")


@dataclass(frozen=True)
class AnswerContext:
    """What an answer tells about its run that learning does not know.

    Attributes
    ----------
    question : str
        The question's slug.
    file : str
        The name the person knows the file by.
    rows : int
        Rows of the file.
    created : str
        ISO 8601 time.
    seconds : float
        How long the run took so far.
    seed, cores : int
        As given by the budget.
    notes : tuple of Note
        Warnings of earlier stages that belong to the answer.
    """

    question: str
    file: str
    rows: int
    created: str
    seconds: float
    seed: int
    cores: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class _Measured:
    """Everything read off the holdout."""

    gains: Gains | None = None
    deciles: tuple[Decile, ...] = ()
    calibration: tuple[CalibrationBin, ...] = ()
    classes: tuple[ClassFacts, ...] = ()
    amounts: AmountFacts | None = None


def explain(
    learned: Learned,
    data: LearningData,
    *,
    wording: Wording,
    context: AnswerContext,
    budget: Budget,
    surrogate: Surrogate | None = None,
) -> Answer:
    """Compute every fact of an answer, once.

    Parameters
    ----------
    learned : Learned
        The model and its holdout.
    data : LearningData
        The rows learned from.
    wording : Wording
        How the question speaks.
    context : AnswerContext
        What the run knows besides.
    budget : Budget
        At most 60 % of the time left, and 30 s, are spent.
    surrogate : Surrogate, optional
        The imitation, when the caller has one already; else one is fitted.
    """
    limited = _limited(budget)
    if surrogate is None:
        surrogate = fit_surrogate(learned.model, data, limited)
    measured = _measure(learned, data, budget.seed)
    found = drivers(learned, data, wording, surrogate, limited)
    verdict = _verdict(learned, measured, found, wording)
    fidelity = surrogate.fidelity if surrogate is not None else None
    return Answer(
        **_told_by_run(context, data),
        **_told_by_learning(learned),
        wording=wording,
        verdict=verdict,
        gains=measured.gains,
        deciles=measured.deciles,
        calibration=measured.calibration,
        drivers=_told_drivers(found, verdict, context.notes),
        classes=measured.classes,
        amounts=measured.amounts,
        reasons_fidelity=fidelity,
        warnings=(*context.notes, *learned.notes, *_fidelity_notes(fidelity)),
        segments=_segments(learned, data, verdict, wording, budget.seed),
    )


def _told_drivers(
    found: tuple[Driver, ...], verdict: Verdict, notes: tuple[Note, ...]
) -> tuple[Driver, ...]:
    # What moves a model that knows nothing is chance; to show it would mislead.
    if verdict.level in LEARNED_NOTHING:
        return ()
    return with_levers(found, {note.column or "" for note in notes if note.code == "leak-suspect"})


def _segments(
    learned: Learned, data: LearningData, verdict: Verdict, wording: Wording, seed: int
) -> Segments | None:
    if data.task.kind is not TaskKind.BINARY or verdict.level in LEARNED_NOTHING:
        return None
    return segments(data, learned.holdout, wording, seed)


def _told_by_run(context: AnswerContext, data: LearningData) -> dict[str, Any]:
    return {
        "question": context.question,
        "task": data.task,
        "file": context.file,
        "rows": context.rows,
        "columns": tuple(data.schema.names),
        "created": context.created,
        "seconds": context.seconds,
        "seed": context.seed,
        "cores": context.cores,
    }


def _told_by_learning(learned: Learned) -> dict[str, Any]:
    return {
        "metric": learned.metric,
        "holdout": dict(learned.metrics),
        "baseline": dict(learned.baseline),
        "split": learned.split,
        "calibration_method": learned.calibration,
        "candidates": learned.candidates,
        "ensemble": learned.ensemble,
        "refitted": learned.refitted,
    }


def _limited(budget: Budget) -> Budget:
    if budget.seconds is None:
        return budget
    seconds = min(MOST_SECONDS, SHARE_OF_TIME_LEFT * budget.remaining())
    return replace(budget, seconds=seconds, started=time.monotonic())


def _measure(learned: Learned, data: LearningData, seed: int) -> _Measured:
    holdout = learned.holdout
    if data.task.kind is TaskKind.BINARY:
        target = (holdout.target == 1).astype(float)
        return _Measured(
            gains=gains(target, holdout.predictions),
            deciles=deciles(target, holdout.predictions),
            calibration=calibration_bins(target, holdout.predictions),
        )
    if data.task.kind is TaskKind.MULTICLASS:
        right = (holdout.predictions.argmax(axis=1) == holdout.target).astype(float)
        return _Measured(
            calibration=calibration_bins(right, holdout.predictions.max(axis=1)),
            classes=class_facts(data.task, holdout),
        )
    rng = np.random.default_rng(seed)
    return _Measured(
        deciles=deciles(holdout.target, holdout.predictions),
        amounts=amount_facts(learned, rng),
    )


def _verdict(
    learned: Learned, measured: _Measured, found: tuple[Driver, ...], wording: Wording
) -> Verdict:
    if measured.gains is not None:
        return binary_verdict(learned, measured.gains, found, wording)
    if measured.amounts is not None:
        return amount_verdict(learned, measured.amounts, measured.deciles, found, wording.currency)
    return classes_verdict(learned.task, learned.holdout, found)


def _fidelity_notes(fidelity: float | None) -> tuple[Note, ...]:
    if fidelity is None or fidelity >= POOR_FIDELITY:
        return ()
    return (
        Note(
            "rough-reasons",
            say(
                "Reasons of single rows come from a simpler model that follows the real one only "
                "roughly here. Read them as hints."
            ),
            level="info",
        ),
    )
