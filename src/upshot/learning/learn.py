"""Learning, from data to a fitted, calibrated, judged model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from upshot.budget import Budget
from upshot.errors import Note
from upshot.learning import metrics
from upshot.learning.baseline import NAME, SUMMARY, BaselineModel, fit_baseline
from upshot.learning.evaluation import Folds
from upshot.learning.events import OnEvent, StageStarted, ignore_event
from upshot.learning.finish import Finished, finish
from upshot.learning.glass_box import best_glass_box, is_glass_box
from upshot.learning.journal import Journal
from upshot.learning.metrics import optimised, telling
from upshot.learning.outcome import CandidateRecord, Interval, Learned
from upshot.learning.pace import Pace
from upshot.learning.proposals import Proposals
from upshot.learning.recipe import Plan, Recipe
from upshot.learning.run import ENSEMBLE, GENERATED, NETWORK, OWN_EVIDENCE, WARM_STARTS, Run
from upshot.learning.search import Found, Search
from upshot.learning.splits import Splits, split, take
from upshot.learning.task import LearningData, TaskKind
from upshot.wording import say

EVERYTHING = Plan()
# Notes that say that no model is better than a guess: then a simple one is no better either.
_NOTHING = frozenset({"nothing-learned", "too-few-outcomes", "no-model"})


def learn(
    data: LearningData,
    budget: Budget,
    on_event: OnEvent = ignore_event,
    *,
    reserve_seconds: float,
    plan: Plan = EVERYTHING,
    journal: Journal | None = None,
) -> Learned:
    """Search, combine, calibrate, judge and refit.

    Parameters
    ----------
    data : LearningData
        The rows to learn from.
    budget : Budget
        Limits. With `trials` set and no `seconds` the result repeats exactly.
    on_event : callable
        Hears of stages and candidates.
    reserve_seconds : float
        Time of the budget the caller needs afterwards to explain and save.
    plan : Plan
        What is tried: parts to leave out, and an earlier model's recipe.
    journal : Journal, optional
        What this run fitted before it was interrupted, and where it keeps what it fits now.

    Returns
    -------
    Learned
        There is always a model: the baseline when nothing else could be fitted.

    Raises
    ------
    Cancelled
        When a person cancelled the work.
    """
    pace = Pace(budget, reserve_seconds)
    without = frozenset(plan.without) | ({ENSEMBLE} if plan.simple else frozenset())
    run = Run(budget, pace, on_event, without, journal, plan.fast)
    _begin("splitting", budget, on_event)
    splits = split(data, seed=budget.seed, seconds=budget.seconds)
    pace.plan_figures(len(splits.holdout))
    baseline = fit_baseline(take(data, splits.training))
    _begin("searching", budget, on_event)
    found = _search(data, splits, baseline, run, plan)
    budget.raise_if_cancelled()
    _begin("finishing", budget, on_event)
    done = finish(data, splits, found, baseline, run)
    learned = _learned(data, splits, found, done, budget.seed)
    return learned if plan.simple else _with_glass_box(learned, data, found, baseline)


def _search(
    data: LearningData, splits: Splits, baseline: BaselineModel, run: Run, plan: Plan
) -> Found:
    from upshot.learning.models import FAMILIES, available_families
    from upshot.learning.order import evidence, evidence_of_others
    from upshot.learning.portfolio import warm_starts
    from upshot.learning.table_facts import table_facts

    available, missing = available_families()
    facts = replace(table_facts(take(data, splits.training)), may_generate=run.uses(GENERATED))
    families = tuple(name for name in available if run.uses(NETWORK) or name != NETWORK)
    if data.directions:
        families = tuple(name for name in families if FAMILIES[name].heeds_directions)
    shown = evidence() if run.uses(OWN_EVIDENCE) else evidence_of_others(facts)
    # Without warm starts, the first fast model is still needed to learn what a fit costs.
    warm = warm_starts(facts, families, shown)[: None if run.uses(WARM_STARTS) else 1]
    recipe = plan.recipe
    if plan.simple:
        recipe = Recipe(tuple(one for one in warm if is_glass_box(one)))
    if recipe is not None:
        known = tuple(one for one in recipe.candidates if one.family in families)
        warm = (*known, *warm) if recipe.search or not known else known
        if known and not recipe.search:
            # Nothing is searched: the recipe's candidates are the trials there are.
            run = replace(run, budget=replace(run.budget, trials=len(known)))
    proposals = Proposals(facts, families, warm, run.budget.seed)
    folds = Folds(data, splits.folds, run.budget, journal=run.journal)
    search = Search(folds, proposals, baseline, run)
    search.skip_missing(dict(missing))
    return search.run()


def _learned(
    data: LearningData, splits: Splits, found: Found, done: Finished, seed: int
) -> Learned:
    kind, holdout = data.task.kind, done.holdout
    judged = metrics.intervals(data.task, holdout.target, holdout.predictions, seed=seed)
    baseline = metrics.values(data.task, holdout.target, holdout.baseline)
    metric = optimised(kind)
    score = metric.score(holdout.target, holdout.baseline)
    first = CandidateRecord(NAME, NAME, 0.0, score, "done", summary=say(SUMMARY))
    return Learned(
        task=data.task,
        model=done.model,
        metric=metric.name,
        candidates=(first, *found.records),
        ensemble=done.model.ensemble,
        calibration=done.model.calibrator.method,
        split=splits.facts(found.folds_used),
        holdout=holdout,
        metrics=judged,
        baseline=baseline,
        refitted=done.refitted,
        notes=(*done.notes, *(_verdict(kind, judged, baseline) if found.results else _no_model())),
    )


def _with_glass_box(
    learned: Learned, data: LearningData, found: Found, baseline: BaselineModel
) -> Learned:
    """Offer the best model that can be read off, when it is within noise of the best."""
    if not found.results:
        return learned
    glass = best_glass_box(data, found.results, found.weights, baseline)
    is_told_apart = not any(note.code in _NOTHING for note in learned.notes)
    if glass is None or not glass.is_close or not is_told_apart:
        return replace(learned, glass_box=glass)
    note = Note(
        "simple-is-enough",
        say(
            "A simple model that adds up one effect per column predicts nearly as well: it keeps "
            "{kept} % of the gain over guessing.",
            kept=round(100 * glass.kept),
        ),
        remedy=say("To have a model you can read from end to end, train again with 'simple'."),
        level="info",
    )
    return replace(learned, glass_box=glass, notes=(*learned.notes, note))


def _no_model() -> tuple[Note, ...]:
    """Say that nothing was fitted, so that silence says nothing bad of the columns."""
    message = say("No model could be fitted, so every row is given the average.")
    remedy = say("Train again with more time, and look at why the candidates failed.")
    return (Note("no-model", message, remedy=remedy, level="warning"),)


def _verdict(
    kind: TaskKind, judged: Mapping[str, Interval], baseline: Mapping[str, float]
) -> tuple[Note, ...]:
    """Say so when the figures cannot be told from chance."""
    metric = telling(kind)
    interval = judged[metric.name]
    if interval.low is None:
        message = say(
            "Too few rows with the outcome were set aside to say how good the predictions are. "
            "Take every figure here with care."
        )
        remedy = say("Collect more rows with the outcome and train again.")
        return (Note("too-few-outcomes", message, remedy=remedy, level="warning"),)
    chance = baseline[metric.name]
    if np.isnan(chance) or interval.low > chance:
        return ()
    message = say(
        "On rows set aside, the predictions cannot be told from chance. "
        "These columns probably say nothing about the outcome."
    )
    remedy = say("Add columns known before the outcome, or more rows.")
    return (Note("nothing-learned", message, remedy=remedy, level="warning"),)


def _begin(stage: str, budget: Budget, on_event: OnEvent) -> None:
    budget.raise_if_cancelled()
    remaining = None if budget.seconds is None else budget.remaining()
    on_event(StageStarted(stage, budget.elapsed(), remaining))
