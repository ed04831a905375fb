"""The road from a table to a bundle: question → data → learning → answer → bundle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from upshot.budget import EFFORT_SECONDS, Budget, available_cores
from upshot.bundles import Bundle, build_bundle
from upshot.errors import InputError, Note, QuestionProblem
from upshot.explaining.explain import AnswerContext, explain
from upshot.explaining.facts import Answer
from upshot.explaining.surrogate import fit_surrogate
from upshot.learning.events import OnEvent, StageStarted, ignore_event
from upshot.learning.learn import learn
from upshot.learning.outcome import CandidateRecord, Interval, Learned, Member, SplitFacts
from upshot.learning.task import LearningData
from upshot.questions import Choice, Readiness, check, choose, prepare, wording

if TYPE_CHECKING:
    from upshot.tables.table import Table

# Share of the time limit kept for explaining and saving, and its bounds in seconds. Explaining is
# time-boxed itself; saving and replaying a bundle was measured at 0.3 to 1 s.
RESERVE_SHARE, RESERVE_LEAST, RESERVE_MOST = 0.14, 2.0, 25.0


class TrainOptions(TypedDict, total=False):
    """What may be said besides the target.

    Attributes
    ----------
    positive : str or None
        The outcome to look for; guessed when absent.
    ignore : iterable of str
        Columns no model may see.
    date : str or None
        The clock: later rows judge models of earlier ones.
    group : str or None
        The entity whose rows stay together.
    keep_personal : bool
        Let personal data into the model.
    effort : {"quick", "standard", "thorough"}
        About 10 s, 60 s (the default) or 10 minutes.
    seconds : float
        The time itself instead of an effort.
    trials : int
        A number of candidates instead of a time: runs repeat exactly.
    seed, cores : int
        Seed of random choices; threads to use.
    """

    positive: str | None
    ignore: Iterable[str]
    date: str | None
    group: str | None
    keep_personal: bool
    effort: str
    seconds: float
    trials: int
    seed: int
    cores: int


@dataclass(frozen=True)
class RunFacts:
    """What `upshot train --json` prints."""

    question: str
    task: str
    target: str
    positive: str | None
    rows: int
    columns: int
    seconds: float
    seed: int
    split: SplitFacts
    holdout: Mapping[str, Interval]
    baseline: Mapping[str, float]
    candidates: tuple[CandidateRecord, ...]
    ensemble: tuple[Member, ...]
    warnings: tuple[Note, ...]
    verdict: str
    bundle: str | None


@dataclass(frozen=True, eq=False)
class TrainingResult:
    """A finished run: the bundle that predicts, the answer that explains it, all remarks."""

    bundle: Bundle
    answer: Answer
    notes: tuple[Note, ...]

    def facts(self, *, bundle: str | None = None, seconds: float | None = None) -> RunFacts:
        """Return the run in short; `bundle` says where it was saved."""
        answer = self.answer
        return RunFacts(
            question=answer.question,
            task=answer.task.kind.value,
            target=answer.task.target,
            positive=answer.task.positive,
            rows=answer.rows,
            columns=len(answer.columns),
            seconds=round(answer.seconds if seconds is None else seconds, 2),
            seed=answer.seed,
            split=answer.split,
            holdout=answer.holdout,
            baseline=answer.baseline,
            candidates=answer.candidates,
            ensemble=answer.ensemble,
            warnings=self.notes,
            verdict=answer.verdict.sentence,
            bundle=bundle,
        )


def train(
    table: Table,
    target: str,
    *,
    budget: Budget | None = None,
    on_event: OnEvent = ignore_event,
    **options: Unpack[TrainOptions],
) -> TrainingResult:
    """Learn to predict a column of a table.

    Parameters
    ----------
    table : Table
        From `upshot.read`.
    target : str
        The column to predict.
    budget : Budget, optional
        Limits and ways to stop; instead of `effort`, `seconds`, `trials`, `seed` and `cores`.
    on_event : callable, optional
        Called with each typed event of `upshot.learning.events`.
    **options
        See `TrainOptions`.

    Returns
    -------
    TrainingResult
        With the bundle, unsaved.

    Raises
    ------
    QuestionProblem
        The question cannot be asked of this table; the remedy says what to change.
    Cancelled
        When `budget.is_cancelled` says so.
    """
    limits = budget or budget_of(options)
    _tell(on_event, "checking", limits)
    choice = choose(
        table,
        target,
        positive=options.get("positive"),
        ignore=tuple(options.get("ignore", ())),
        date=options.get("date"),
        group=options.get("group"),
        keep_personal=options.get("keep_personal", False),
    )
    readiness = check(table, choice)
    if not readiness.ready:
        blocker = readiness.blockers[0]
        raise QuestionProblem(blocker.message, blocker.remedy)
    data = prepare(table, choice)
    limits.raise_if_cancelled()
    learned = learn(data, limits, on_event, reserve_seconds=_reserve(limits))
    limits.raise_if_cancelled()
    _tell(on_event, "explaining", limits)
    return _conclude(table, choice, readiness, data, learned, limits)


def budget_of(options: TrainOptions) -> Budget:
    """Turn effort, seconds, trials, seed and cores into a budget.

    Raises
    ------
    InputError
        For an effort that does not exist.
    """
    effort = options.get("effort", "standard")
    if effort not in EFFORT_SECONDS:
        raise InputError(
            f"There is no effort '{effort}'.", f"Choose one of: {', '.join(EFFORT_SECONDS)}."
        )
    trials = options.get("trials")
    seconds = options.get("seconds", None if trials is not None else EFFORT_SECONDS[effort])
    return Budget(
        seconds=seconds,
        trials=trials,
        seed=options.get("seed", 0),
        cores=options.get("cores") or available_cores(),
    )


def _reserve(budget: Budget) -> float:
    if budget.seconds is None:
        return RESERVE_MOST
    return min(RESERVE_MOST, max(RESERVE_LEAST, RESERVE_SHARE * budget.seconds))


def _conclude(
    table: Table,
    choice: Choice,
    readiness: Readiness,
    data: LearningData,
    learned: Learned,
    budget: Budget,
) -> TrainingResult:
    notes = (*readiness.notes, *(note for note in table.notes if note.level != "info"))
    context = AnswerContext(
        question=choice.question,
        file=table.source.file,
        rows=table.rows,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(budget.elapsed(), 1),
        seed=budget.seed,
        cores=budget.cores,
        notes=notes,
    )
    surrogate = fit_surrogate(learned.model, data, budget)
    said = wording(table, choice)
    answer = explain(
        learned, data, wording=said, context=context, budget=budget, surrogate=surrogate
    )
    answer = replace(answer, seconds=round(budget.elapsed(), 1))
    bundle = build_bundle(learned, data, table, answer, surrogate)
    return TrainingResult(bundle, answer, answer.warnings)


def _tell(on_event: OnEvent, stage: str, budget: Budget) -> None:
    remaining = None if budget.seconds is None else budget.remaining()
    on_event(StageStarted(stage, budget.elapsed(), remaining))
