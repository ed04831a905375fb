"""Put the names' and the values' evidence together into suspicions, strongest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from upshot.learning.state import Array
from upshot.learning.task import LearningData, Task, TaskKind
from upshot.questions.base import LeakSuspect
from upshot.questions.entities import ENTITY
from upshot.questions.leaks.evidence import example, filled_shares, how_well
from upshot.questions.leaks.formulas import find_formula
from upshot.questions.leaks.measured import Measured, measure
from upshot.questions.leaks.strength import advantage, make_goal, sample
from upshot.questions.leaks.telling_names import telling_name
from upshot.questions.meanings import meaning_of, names_earlier, share_outcome_word
from upshot.questions.names import names_known_before
from upshot.tables.schema import Kind
from upshot.wording import Figure, mark, say

# A single column of honest marketing data hardly ever ranks above 0.95 (the best single columns of
# the public data sets without known leaks stay below 0.9); 0.98 leaves room for the exception.
_TOO_GOOD = {TaskKind.BINARY: 0.98, TaskKind.MULTICLASS: 0.99, TaskKind.REGRESSION: 0.98}
_COPY = 0.999
# A value leaves no doubt when chance would have given this many exceptions and there are none.
_SURE_OF = 20
# Stands out: this far above guessing, and this many times as far as the next best column. The
# length of a call in bank marketing (AUC 0.80, next best 0.65) is the example it was set by.
_STANDS_OUT = {TaskKind.BINARY: 0.55, TaskKind.MULTICLASS: 0.8, TaskKind.REGRESSION: 0.8}
_TIMES_NEXT = 1.8
_MANY_CELLS = 60
# Filled or empty alone tells this much.
_FILLED_TELLS, _FILLED_TELLS_MUCH = 0.4, 0.7
# This much more often filled for one outcome is told beside other evidence.
_FILLED_WORTH_SAYING = 0.2
# Another column that reads like an outcome and tells this much may be its twin.
_TWIN_CLARITY, _TWIN_TELLS = 0.5, 0.5
# One that shares the outcome's own word needs to tell less.
_SAME_WORD_TELLS = 0.2

_CONSEQUENCE = mark(
    "If it is filled in after the outcome, results will look better than they are and new rows "
    "will be scored wrongly."
)
_REMEDY = mark("Ignore this column if it is filled in after the outcome is known.")
_ORDER = {"strong": 0, "likely": 1, "possible": 2}


@dataclass(frozen=True)
class _Suspicion:
    strength: str
    kind: str
    evidence: str


def find_leaks(data: LearningData, written_after: tuple[str, ...] = ()) -> tuple[LeakSuspect, ...]:
    """Name the columns that probably hold the answer.

    Parameters
    ----------
    data : LearningData
        What would be learned from.
    written_after : tuple of str
        Columns the recognised export is known to fill in later.

    Returns
    -------
    tuple of LeakSuspect
        Strongest first; nothing is dropped.
    """
    rows = sample(data.rows)
    target = data.target[rows]
    goal = make_goal(data.task.kind, target)
    features = data.features.iloc[rows].reset_index(drop=True)
    measured = [measure(column, features[column.name], goal) for column in data.schema.columns]
    formula = _formula(data, rows)
    found = []
    for one in measured:
        suspicion = (
            _by_value(one, target, data.task)
            or formula.get(one.column.name)
            or _by_name(one, target, data.task, written_after)
            or _twin(one, target, data.task)
            or _standing_out(one, measured, data.task)
        )
        if suspicion is None:
            continue
        found.append(
            LeakSuspect(
                column=one.column.name,
                strength=suspicion.strength,
                kind=suspicion.kind,
                evidence=suspicion.evidence,
                example=example(one, features[one.column.name], target, data.task),
                consequence=say(_CONSEQUENCE),
                remedy=say(_REMEDY),
                score=round(one.score, 4),
            )
        )
    return tuple(sorted(found, key=lambda s: (_ORDER[s.strength], -(s.score or 0))))


def _by_value(one: Measured, target: Array, task: Task) -> _Suspicion | None:
    """A copy of the answer, too good to be true, or filled only once the outcome happened."""
    name = one.column.name
    if one.score >= _COPY:
        return _Suspicion(
            "strong",
            "copy",
            say(
                "`{column}` repeats the answer: whoever knows it knows `{target}`.",
                column=name,
                target=task.target,
            ),
        )
    filled = _filled_after(one, target, task)
    if filled is not None:
        return filled
    if one.score >= _TOO_GOOD[task.kind]:
        doubt = say("That is too good to be true.")
        said = say("{one} {other}", one=how_well(name, one.score, task), other=doubt)
        return _Suspicion("strong", "too-good", said)
    return None


def _filled_after(one: Measured, target: Array, task: Task) -> _Suspicion | None:
    """Filled for one outcome and hardly for the other."""
    if task.kind is not TaskKind.BINARY or one.filled_score == 0:
        return None
    with_it, without = filled_shares(one, target, task)
    gain = advantage(one.filled_score, task.kind)
    one_sided = min(with_it, without) < 0.002 and max(with_it, without) > 0.1
    # By chance alone, the emptier outcome would have had this many filled cells.
    emptier = (target == 1) if with_it < without else (target != 1)
    one_sided = one_sided and one.filled.sum() * emptier.mean() >= _SURE_OF
    if gain < _FILLED_TELLS and not one_sided:
        return None
    return _Suspicion(
        "strong" if gain >= _FILLED_TELLS_MUCH or one_sided else "likely",
        "filled-after",
        _filled_for(one, target, task),
    )


def _filled_for(one: Measured, target: Array, task: Task) -> str:
    """How much more often a column is filled for one outcome than for the other."""
    with_it, without = filled_shares(one, target, task)
    return say(
        "`{column}` is filled for {with_it} of rows with `{target}` = {positive} and {without} of "
        "the others.",
        column=one.column.name,
        with_it=Figure(f"{100 * with_it:.0f} %"),
        target=task.target,
        positive=task.positive or "",
        without=Figure(f"{100 * without:.0f} %"),
    )


def _fills_differ(one: Measured, target: Array, task: Task) -> bool:
    """Whether being filled is worth a word beside what else is said."""
    if task.kind is not TaskKind.BINARY or one.filled_score == 0:
        return False
    with_it, without = filled_shares(one, target, task)
    return abs(with_it - without) >= _FILLED_WORTH_SAYING


def _by_name(
    one: Measured, target: Array, task: Task, written_after: tuple[str, ...]
) -> _Suspicion | None:
    """Known or named to be written after the outcome."""
    name, gain = one.column.name, advantage(one.score, task.kind)
    tells = how_well(name, one.score, task)
    if name in written_after:
        strength = "likely" if gain >= _SAME_WORD_TELLS else "possible"
        said = say("This export fills in `{column}` after the outcome.", column=name)
        return _Suspicion(strength, "export", said)
    telling = telling_name(name, gain)
    if telling is not None:
        strength = "likely" if gain >= 0.3 else "possible"
        evidence = say("{one} {other}", one=say(telling.says, column=name), other=tells)
        if _fills_differ(one, target, task):
            filled = _filled_for(one, target, task)
            evidence = say("{one} {other}", one=evidence, other=filled)
        return _Suspicion(strength, telling.kind, evidence)
    return None


def _twin(one: Measured, target: Array, task: Task) -> _Suspicion | None:
    """Another outcome of the same event: it reads like one, and it foretells this one."""
    name, gain = one.column.name, advantage(one.score, task.kind)
    meaning, clarity = meaning_of(name)
    reads_so = meaning is not None and clarity >= _TWIN_CLARITY
    same_word = share_outcome_word(name, task.target)
    if names_earlier(name, task.target) or not (reads_so or same_word):
        return None
    if gain >= (_SAME_WORD_TELLS if same_word else _TWIN_TELLS):
        says = say("`{column}` reads like another outcome of the same event.", column=name)
        tells = how_well(name, one.score, task)
        said = say("{one} {other}", one=says, other=tells)
        return _Suspicion("likely", "other-outcome", said)
    if reads_so and _leaves_no_doubt(one, target, task):
        said = say(
            "`{column}` reads like another outcome of the same event: some of its values leave no "
            "doubt about `{target}`.",
            column=name,
            target=task.target,
        )
        return _Suspicion("likely", "other-outcome", said)
    return None


def _leaves_no_doubt(one: Measured, target: Array, task: Task) -> bool:
    """Whether some of its values always, or never, go with the outcome: who buys has visited."""
    if task.kind is TaskKind.MULTICLASS:
        return False
    happened = target != 0
    rows = np.bincount(one.cells)
    hits = np.bincount(one.cells, happened)
    never = (hits == 0) & (rows * happened.mean() >= _SURE_OF)
    always = (hits == rows) & (rows * (1 - happened.mean()) >= _SURE_OF)
    return bool(never.any() or always.any())


def _standing_out(one: Measured, measured: list[Measured], task: Task) -> _Suspicion | None:
    """Far ahead of every other column, and not by its nature long known."""
    gain = advantage(one.score, task.kind)
    others = [m for m in measured if m is not one]
    if gain < _STANDS_OUT[task.kind] or not others or names_known_before(one.column.name):
        return None
    # Who it is was known before anything happened.
    if one.column.role == ENTITY:
        return None
    # An amount gives an amount away; a shop, an hour or a product merely differ a lot.
    if task.kind is TaskKind.REGRESSION and len(np.unique(one.cells)) < _MANY_CELLS:
        return None
    next_best = max(others, key=lambda m: m.score)
    if gain < _TIMES_NEXT * advantage(next_best.score, task.kind):
        return None
    ahead = say(
        "That is far more than any other column (`{column}` comes next with {score}).",
        column=next_best.column.name,
        score=Figure(f"{100 * next_best.score:.0f} %"),
    )
    tells = how_well(one.column.name, one.score, task)
    return _Suspicion("possible", "stands-out", say("{one} {other}", one=tells, other=ahead))


def _formula(data: LearningData, rows: Array) -> dict[str, _Suspicion]:
    if data.task.kind is not TaskKind.REGRESSION:
        return {}
    numbers = {
        column.name: data.features[column.name].to_numpy(dtype="float64", na_value=np.nan)[rows]
        for column in data.schema.columns
        if column.kind is Kind.NUMBER
    }
    found = find_formula(numbers, data.target[rows])
    if found is None:
        return {}
    one, sign, other = found
    said = _Suspicion(
        "strong",
        "formula",
        say(
            "`{one}` {sign} `{other}` gives `{target}` in nearly every row.",
            one=one,
            sign=sign,
            other=other,
            target=data.task.target,
        ),
    )
    return {one: said, other: said}
