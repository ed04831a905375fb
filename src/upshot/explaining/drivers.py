"""What drives the outcome: importance, effects and a sentence per column."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from upshot.budget import Budget
from upshot.explaining.effects import Level, Say, direction, levels, substituted
from upshot.explaining.facts import Driver, Effect, Wording
from upshot.explaining.importance import (
    MOST_COLUMNS,
    MOST_ROWS,
    Judged,
    screened,
    shares,
    shuffled_losses,
)
from upshot.explaining.sentences import Speech, driver_sentence
from upshot.explaining.showable import showable_columns
from upshot.explaining.wording import amount
from upshot.learning.outcome import Interval, Learned
from upshot.learning.state import Array
from upshot.learning.task import LearningData, Task, TaskKind
from upshot.tables.kinds.clock import SAID
from upshot.tables.schema import Kind

if TYPE_CHECKING:
    from upshot.explaining.surrogate import Surrogate

MOST_DRIVERS = 20
MOST_EFFECTS = 12
SMALLEST_SHARE = 0.005
EFFECT_ROWS = 200
TYPICAL_LEVELS = 5
PROBE_ROWS = 200
FEWEST_SHUFFLED = 300
IMITATED_ROWS = 600
EFFECT_SHARE_OF_TIME = 0.4


@dataclass(frozen=True, eq=False)
class Studied:
    """The model under study and the rows it is studied on."""

    judged: Judged
    task: Task
    kinds: dict[str, Kind]
    wording: Wording
    shown: frozenset[str]
    roles: dict[str, str]

    def said(self, name: str) -> Say:
        """Return how a number of one column is said: durations in hours and minutes."""
        return SAID.get(self.roles[name], amount)

    def speech(self, name: str, about: str) -> Speech:
        """Return what a sentence about one column needs to know."""
        amounts = self.task.kind is TaskKind.REGRESSION
        hidden = name not in self.shown
        currency = self.wording.currency if amounts else ""
        return Speech(name, self.kinds[name], self.wording, about, amounts, hidden, currency)


def drivers(
    learned: Learned,
    data: LearningData,
    wording: Wording,
    guide: Surrogate | None,
    budget: Budget,
) -> tuple[Driver, ...]:
    """Find what moves the predictions, the strongest first.

    Parameters
    ----------
    learned : Learned
        The model is shuffled and asked on holdout rows; where it was refitted on all rows, only
        the proportions between columns mean something, and only they are given.
    data : LearningData
        Where the holdout rows are taken from.
    wording : Wording
        How the sentences speak.
    guide : Surrogate or None
        Screens the columns, and is studied instead of the model where the model is too slow.
    budget : Budget
        Seed and time.
    """
    rng = np.random.default_rng(budget.seed)
    started, left = time.monotonic(), budget.remaining()
    limited = np.isfinite(left)
    studied = _studied(learned, data, wording, rng)
    strength = screened(_usable(data), studied.judged.features, guide)
    if limited and guide is not None and _too_slow(studied.judged, len(strength), 0.8 * left):
        studied = replace(studied, judged=_imitated(studied.judged, guide))
        limited = False
    first = started + left * (1 - EFFECT_SHARE_OF_TIME) if limited else None
    found = _importances(studied, strength, rng, first)
    last = started + left if limited else None
    told = []
    for place, (name, importance) in enumerate(found.items()):
        effects, about = _effects(studied, name, place, last)
        told.append(_driver(studied, name, importance, (effects, about)))
    return tuple(told)


def _studied(
    learned: Learned, data: LearningData, wording: Wording, rng: np.random.Generator
) -> Studied:
    holdout = learned.holdout
    chosen = rng.permutation(len(holdout.rows))[:MOST_ROWS]
    judged = Judged(
        data.features.iloc[holdout.rows[chosen]].reset_index(drop=True),
        holdout.target[chosen],
        learned.model.predict,
        data.task.kind,
    )
    kinds = {column.name: column.kind for column in data.schema.columns}
    shown = frozenset(showable_columns(data.schema))
    roles = {column.name: column.role for column in data.schema.columns}
    return Studied(judged, data.task, kinds, wording, shown, roles)


def _too_slow(judged: Judged, columns: int, seconds: float) -> bool:
    """Whether the model cannot shuffle and substitute a fair number of rows in the time."""
    probe = judged.head(PROBE_ROWS)
    started = time.monotonic()
    judged.predict(probe.features)
    took = time.monotonic() - started
    shuffled = FEWEST_SHUFFLED * min(columns, MOST_COLUMNS)
    substituted_rows = EFFECT_ROWS * min(columns, MOST_EFFECTS) * TYPICAL_LEVELS
    needed = took * (shuffled + substituted_rows) / max(len(probe.target), 1)
    return took + needed > seconds


def _imitated(judged: Judged, guide: Surrogate) -> Judged:
    """Study the imitation instead, on few rows: it takes a fraction of a second."""
    return replace(judged.head(IMITATED_ROWS), predict=guide.imitate)


def _usable(data: LearningData) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in data.schema.columns
        if column.kind not in (Kind.IDENTIFIER, Kind.CONSTANT) and column.name in data.features
    )


def _importances(
    studied: Studied, strength: dict[str, float], rng: np.random.Generator, deadline: float | None
) -> dict[str, Interval]:
    if not strength or not len(studied.judged.target):
        return {}
    extra = shuffled_losses(studied.judged, list(strength), rng, deadline)
    found = shares(extra, rng)
    if not any(share.value > 0 for share in found.values()):
        total = sum(strength.values()) or 1.0
        found = {name: Interval(value / total) for name, value in strength.items()}
    kept = [name for name, share in found.items() if share.value >= SMALLEST_SHARE]
    return {name: found[name] for name in kept[:MOST_DRIVERS]}


def _effects(
    studied: Studied, name: str, place: int, deadline: float | None
) -> tuple[tuple[tuple[Level, float], ...], str]:
    """Return the levels of a column with the average prediction, and the class spoken of."""
    late = deadline is not None and time.monotonic() > deadline
    found = levels(studied.judged.features[name], studied.kinds[name], studied.said(name))
    if not found or late or place >= MOST_EFFECTS or name not in studied.shown:
        return (), ""
    predictions = _predictions_by_level(studied, name, found)
    about = ""
    if predictions.ndim == 2:
        output = int(np.ptp(predictions, axis=0).argmax())
        predictions, about = predictions[:, output], studied.task.classes[output]
    pairs = list(zip(found, predictions.tolist(), strict=True))
    # Levels without an order of their own read best from the highest down; missing comes last.
    pairs.sort(key=_place)
    return tuple(pairs), about


def _place(pair: tuple[Level, float]) -> tuple[bool, float]:
    level, prediction = pair
    return level.value is None, 0.0 if level.ordered else -prediction


def _predictions_by_level(studied: Studied, name: str, found: tuple[Level, ...]) -> Array:
    """Partial dependence (Friedman 2001, Annals of Statistics 29:1189–1232)."""
    import pandas as pd

    sample = studied.judged.features.iloc[:EFFECT_ROWS]
    copies = [substituted(sample, name, studied.kinds[name], level.value) for level in found]
    predicted = studied.judged.predict(pd.concat(copies, ignore_index=True))
    shape = (len(found), len(sample), *predicted.shape[1:])
    return np.asarray(predicted.reshape(shape).mean(axis=1))


def _driver(
    studied: Studied,
    name: str,
    importance: Interval,
    told: tuple[tuple[tuple[Level, float], ...], str],
) -> Driver:
    pairs, about = told
    effects = tuple(Effect(level.label, level.share, value) for level, value in pairs)
    ordered = np.array([value for level, value in pairs if level.ordered])
    way = direction(ordered, np.array([value for _, value in pairs]))
    return Driver(
        column=name,
        kind=str(studied.kinds[name]),
        importance=importance,
        direction=way,
        effects=effects,
        sentence=driver_sentence(studied.speech(name, about), importance.value, effects),
        about=about,
    )
