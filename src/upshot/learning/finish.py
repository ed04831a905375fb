"""The finish: calibrate, judge on the holdout once, refit on all rows, keep the bundle small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upshot.errors import Note
from upshot.learning.baseline import NAME, BaselineModel
from upshot.learning.calibration import IDENTITY, Calibrator, choose_calibrator
from upshot.learning.ensemble import FittedMember, FittedModel, finished
from upshot.learning.evaluation import Result
from upshot.learning.intervals import AmountIntervals, fit_intervals
from upshot.learning.one_model import one_model
from upshot.learning.outcome import Holdout
from upshot.learning.parts import Predictor, part_size
from upshot.learning.refit import Refits
from upshot.learning.run import CALIBRATION, Run
from upshot.learning.search import Found
from upshot.learning.splits import Splits
from upshot.learning.state import Array
from upshot.learning.task import LearningData, TaskKind

# Compressed, a bundle should stay under 20 MB.
MOST_BYTES = 30_000_000


@dataclass(frozen=True, eq=False)
class Finished:
    """The fitted model and its holdout predictions."""

    model: FittedModel
    holdout: Holdout
    refitted: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, eq=False)
class _Chosen:
    """A member that carries weight; `result` is None for the baseline."""

    name: str
    weight: float
    result: Result | None


def finish(
    data: LearningData,
    splits: Splits,
    found: Found,
    baseline: BaselineModel,
    run: Run,
) -> Finished:
    """Turn what the search found into the model that predicts new rows."""
    budget = run.budget
    notes: tuple[Note, ...] = ()
    if run.fast:
        found, notes = one_model(data, found)
    chosen = _chosen(found)
    calibrator, spread = _calibrate(data, chosen, baseline, budget.seed)
    if not run.uses(CALIBRATION):
        calibrator = IDENTITY
    fold_members = tuple(_fold_member(member, baseline) for member in chosen)
    judged = FittedModel(data.task, _trimmed(fold_members), calibrator, spread)
    holdout = _read_holdout(data, splits.holdout, judged, baseline)
    budget.raise_if_cancelled()
    refits = Refits(data, budget, run.pace)
    results = {member.name: member.result for member in chosen if member.result is not None}
    refits.run([results[m.name] for m in judged.members if m.name in results])
    members = tuple(
        FittedMember(m.name, m.weight, refits.models(m.name) or m.models) for m in judged.members
    )
    model = FittedModel(data.task, _trimmed(members), calibrator, spread)
    refitted = bool(results) and all(refits.models(m.name) for m in members if m.name != NAME)
    return Finished(model, holdout, refitted, (*notes, *refits.notes))


def _chosen(found: Found) -> list[_Chosen]:
    chosen = [
        _Chosen(result.candidate.name, float(weight), result)
        for result, weight in zip(found.results, found.weights, strict=False)
        if weight > 0
    ]
    rest = 1.0 - sum(member.weight for member in chosen)
    if rest > 1e-9:
        chosen.append(_Chosen(NAME, rest, None))
    return sorted(chosen, key=lambda member: -member.weight)


def _calibrate(
    data: LearningData, chosen: Sequence[_Chosen], baseline: BaselineModel, seed: int
) -> tuple[Calibrator, AmountIntervals | None]:
    """Learn calibration and spread from out-of-fold predictions of the combination."""
    results = [member.result for member in chosen if member.result is not None]
    rows = results[0].rows if results else np.arange(data.rows)
    target = data.target[rows]
    mixed = sum(
        member.weight
        * (baseline.repeat(len(rows)) if member.result is None else member.result.predictions)
        for member in chosen
    )
    calibrator = choose_calibrator(target, np.asarray(mixed), data.task.kind, seed=seed)
    if data.task.kind is not TaskKind.REGRESSION:
        return calibrator, None
    return calibrator, fit_intervals(target, finished(np.asarray(mixed), data.task, calibrator))


def _fold_member(member: _Chosen, baseline: BaselineModel) -> FittedMember:
    models: tuple[Predictor, ...] = (baseline,)
    if member.result is not None:
        models = tuple(fit.model for fit in member.result.fits)
    return FittedMember(member.name, member.weight, models)


def _read_holdout(
    data: LearningData, rows: Array, model: FittedModel, baseline: BaselineModel
) -> Holdout:
    """The one place where the holdout is predicted."""
    predictions = model.predict(data.features.iloc[rows].reset_index(drop=True))
    return Holdout(
        rows.astype(np.int64), data.target[rows], predictions, baseline.repeat(len(rows))
    )


def _trimmed(members: Sequence[FittedMember]) -> tuple[FittedMember, ...]:
    """Drop models until the bundle is small: doubles first, then the lightest members."""
    sizes = {id(m): part_size(m) for member in members for m in member.models}
    kept = list(members)
    while sum(sizes[id(m)] for member in kept for m in member.models) > MOST_BYTES:
        doubled = [place for place, member in enumerate(kept) if len(member.models) > 1]
        if doubled:
            place = max(doubled, key=lambda p: sum(sizes[id(m)] for m in kept[p].models))
            member = kept[place]
            kept[place] = FittedMember(member.name, member.weight, member.models[:-1])
        elif len(kept) > 1:
            kept.remove(min(kept, key=lambda member: member.weight))
        else:
            break
    total = sum(member.weight for member in kept)
    return tuple(FittedMember(m.name, m.weight / total, m.models) for m in kept)
