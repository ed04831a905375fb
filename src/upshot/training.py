"""The road from a table to a bundle: question → data → learning → answer → bundle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from upshot.budget import EFFORT_SECONDS, Budget, available_cores
from upshot.bundles import Bundle, build_bundle
from upshot.errors import BundleProblem, InputError, Note, QuestionProblem
from upshot.explaining.explain import LEARNED_NOTHING, AnswerContext, explain
from upshot.explaining.facts import Answer
from upshot.explaining.filters import Filter, holds
from upshot.explaining.held_out import HeldOut
from upshot.explaining.more_data import more_data
from upshot.explaining.rule_text import parse_rule
from upshot.explaining.rules import Judged, with_rule
from upshot.explaining.surrogate import fit_surrogate
from upshot.explaining.wording import listed, quoted
from upshot.learning.directions import with_directions
from upshot.learning.events import OnEvent, StageStarted, ignore_event
from upshot.learning.journal import Journal
from upshot.learning.learn import learn
from upshot.learning.outcome import CandidateRecord, Interval, Learned, Member, SplitFacts
from upshot.learning.recipe import Plan, Recipe, recipe_of
from upshot.learning.task import LearningData, TaskKind
from upshot.questions import Choice, Readiness, check, choose, known_rows, prepare, wording
from upshot.questions.entities import with_marked_entities
from upshot.questions.registry import QUESTIONS
from upshot.tables.pseudonyms import with_pseudonyms
from upshot.wording import say

if TYPE_CHECKING:
    from upshot.tables.pseudonyms import Pseudonyms
    from upshot.tables.table import Table

# Share of the time limit kept for explaining and saving, and its bounds in seconds. Explaining is
# time-boxed itself; saving and replaying a bundle was measured at 0.3 to 1 s.
RESERVE_SHARE, RESERVE_LEAST, RESERVE_MOST = 0.09, 2.0, 20.0


class TrainOptions(TypedDict, total=False):
    """What may be said besides the target.

    Attributes
    ----------
    positive : str or None
        The outcome to look for; guessed when absent.
    question : {"who_will", "which_one", "how_much"} or None
        Which question is asked, where the values leave it open; guessed when absent.
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
    rising, falling : iterable of str
        Number columns with which the prediction never falls, or never rises.
    simple : bool
        Only one model that adds up an effect per column, so that all it does can be read off.
    fast : bool
        One model instead of a combination, so that the bundle scores quickly.
    without : iterable of str
        Parts of the learning to leave out (`upshot.learning.run.PARTS`), for benchmarks.
    recipe : Recipe or None
        What an earlier model was made of (`recipe_of_bundle`): tried instead of a search, or before
        it.
    rule : str or None
        Whom you contact today, such as ``"Lead Score > 50"``: the answer compares the model with
        it on the rows set aside.
    journal : Journal or None
        What this run fitted before it was interrupted (`upshot.bundles.journal.FitJournal`).
    pseudonyms : Pseudonyms or None
        Learn identifiers that repeat as pseudonyms made with this key (`upshot.tables.pseudonyms`).
    """

    positive: str | None
    question: str | None
    ignore: Iterable[str]
    date: str | None
    group: str | None
    keep_personal: bool
    effort: str
    seconds: float
    trials: int
    seed: int
    cores: int
    rising: Iterable[str]
    falling: Iterable[str]
    simple: bool
    fast: bool
    without: Iterable[str]
    recipe: Recipe | None
    rule: str | None
    journal: Journal | None
    pseudonyms: Pseudonyms | None


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
    """A finished run: the bundle that predicts, the answer that explains it, all remarks, and the
    rows set aside.
    """

    bundle: Bundle
    answer: Answer
    notes: tuple[Note, ...]
    held_out: HeldOut

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
        question=options.get("question"),
    )
    pseudonyms = options.get("pseudonyms")
    table = with_marked_entities(table, choice, pseudonyms)
    readiness = check(table, choice)
    if not readiness.ready:
        blocker = readiness.blockers[0]
        raise QuestionProblem(blocker.message, blocker.remedy)
    table = with_pseudonyms(table.for_learning, pseudonyms)
    data = with_directions(
        prepare(table, choice), options.get("rising", ()), options.get("falling", ())
    )
    rule = _rule(table, data, options.get("rule"))
    limits.raise_if_cancelled()
    plan = Plan(
        tuple(options.get("without", ())),
        options.get("recipe"),
        simple=options.get("simple", False),
        fast=options.get("fast", False),
    )
    learned = learn(
        data,
        limits,
        on_event,
        reserve_seconds=_reserve(limits),
        plan=plan,
        journal=options.get("journal"),
    )
    limits.raise_if_cancelled()
    _tell(on_event, "explaining", limits)
    road = _Road(table, choice, readiness, data, rule)
    result = _conclude(road, learned, limits)
    return replace(result, bundle=result.bundle.with_key(pseudonyms))


def recipe_of_bundle(bundle: Bundle, *, search: bool = False) -> Recipe:
    """Read off a bundle how it learned, for `train(..., recipe=...)`.

    Parameters
    ----------
    bundle : Bundle
        A model whose data had the same shape.
    search : bool
        Whether the search goes on from there.

    Raises
    ------
    BundleProblem
        Its candidates are not known.
    """
    recipe = recipe_of(bundle.answer.candidates, bundle.answer.ensemble, search=search)
    if not recipe.candidates:
        raise BundleProblem(
            say("This bundle holds no recipe: nothing it tried was better than a guess."),
            say("Train without a recipe."),
        )
    return recipe


def like_bundle(bundle: Bundle, table: Table) -> dict[str, Any]:
    """Return the question a bundle answers as arguments of `train`, for a table of the same shape.

    Columns that the bundle does not read are ignored again.

    Raises
    ------
    BundleProblem
        The table lacks the outcome or columns the bundle reads.
    """
    task, features = bundle.task, bundle.manifest.features
    missing = [name for name in (task.target, *features) if name not in table.schema]
    if missing:
        raise BundleProblem(
            say(
                "The file lacks {count} of the columns the bundle learned from: {columns}.",
                count=len(missing),
                columns=listed([quoted(name) for name in missing], 10),
            ),
            say("Use a file of the same shape, or train without the recipe."),
        )
    ignored = [n for n in table.schema.names if n not in features and n != task.target]
    question = next(slug for slug, one in QUESTIONS.items() if one.task is task.kind)
    return {
        "target": task.target,
        "positive": task.positive,
        "ignore": tuple(ignored),
        "question": question,
    }


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
            say("There is no effort '{effort}'.", effort=effort),
            say("Choose one of: {efforts}.", efforts=", ".join(EFFORT_SECONDS)),
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


@dataclass(frozen=True, eq=False)
class _Road:
    """Everything that is settled before learning."""

    table: Table
    choice: Choice
    readiness: Readiness
    data: LearningData
    rule: Filter | None


def _rule(table: Table, data: LearningData, text: str | None) -> Filter | None:
    """Read the rule before learning, so that nobody waits a minute to hear that it is misspelt."""
    if text is None:
        return None
    if data.task.kind is not TaskKind.BINARY:
        raise QuestionProblem(
            say("A rule picks people, and this question is not about who will."),
            say("Leave out the rule, or choose a target with two outcomes."),
        )
    rule = parse_rule(text, table.schema.names)
    holds(rule, table.data, table.schema)
    return rule


def _conclude(road: _Road, learned: Learned, budget: Budget) -> TrainingResult:
    table, data = road.table, road.data
    notes = (*road.readiness.notes, *(note for note in table.notes if note.level != "info"))
    context = AnswerContext(
        question=road.choice.question,
        file=table.source.file,
        rows=table.rows,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(budget.elapsed(), 1),
        seed=budget.seed,
        cores=budget.cores,
        notes=notes,
    )
    surrogate = fit_surrogate(learned.model, data, budget)
    said = wording(table, road.choice)
    answer = explain(
        learned, data, wording=said, context=context, budget=budget, surrogate=surrogate
    )
    if answer.verdict.level not in LEARNED_NOTHING:
        answer = replace(answer, more_data=more_data(learned, data, budget))
    held_out = _held_out(table, road.choice, learned)
    if road.rule is not None:
        answer = _judged_beside(answer, road.rule, table, held_out)
    answer = replace(answer, seconds=round(budget.elapsed(), 1))
    bundle = build_bundle(learned, data, table, answer, surrogate)
    return TrainingResult(bundle, answer, answer.warnings, held_out)


def _held_out(table: Table, choice: Choice, learned: Learned) -> HeldOut:
    """The holdout rows by their place in the table, of which learning saw the known ones only."""
    holdout = learned.holdout
    places = known_rows(table, choice.target)[holdout.rows]
    return HeldOut(places, holdout.target, holdout.predictions)


def _judged_beside(answer: Answer, rule: Filter, table: Table, held_out: HeldOut) -> Answer:
    frame = table.data[list(rule.columns)].iloc[held_out.rows]
    picked = holds(rule, frame, table.schema)
    return with_rule(answer, rule, Judged(held_out.target, held_out.predictions, picked))


def _tell(on_event: OnEvent, stage: str, budget: Budget) -> None:
    remaining = None if budget.seconds is None else budget.remaining()
    on_event(StageStarted(stage, budget.elapsed(), remaining))
