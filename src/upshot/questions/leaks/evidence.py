"""Evidence and examples in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from upshot.learning.state import Array
from upshot.learning.task import Task, TaskKind
from upshot.questions.leaks.measured import Measured
from upshot.questions.outcomes import spell
from upshot.tables.schema import Kind
from upshot.wording import Figure, say, say_day

if TYPE_CHECKING:
    import pandas as pd

# An example must stand on at least this many rows.
_FEWEST_ROWS = 20
# Up to this many different numbers are shown one by one.
_FEW_VALUES = 12
# Nobody reads more digits than this.
_WRITTEN_OUT = 1e15


def how_well(column: str, score: float, task: Task) -> str:
    """How well the column alone foretells the outcome."""
    if task.kind is TaskKind.REGRESSION:
        return say(
            "`{column}` alone explains {share} of the order of `{target}`.",
            column=column,
            share=Figure(f"{100 * score:.0f} %"),
            target=task.target,
        )
    if task.kind is TaskKind.BINARY:
        return say(
            "Given a row with `{target}` = {value} and one without, `{column}` alone tells which "
            "is which in {share} of cases.",
            target=task.target,
            value=task.positive or "",
            column=column,
            share=Figure(f"{100 * score:.0f} %"),
        )
    return say(
        "Given two rows of different `{target}`, `{column}` alone tells which is which in {share} "
        "of cases.",
        target=task.target,
        column=column,
        share=Figure(f"{100 * score:.0f} %"),
    )


def filled_shares(measured: Measured, target: Array, task: Task) -> tuple[float, float]:
    """Share of filled cells among positives and among the others (binary only)."""
    assert task.kind is TaskKind.BINARY
    positives = target == 1
    return float(measured.filled[positives].mean()), float(measured.filled[~positives].mean())


def example(measured: Measured, series: pd.Series, target: Array, task: Task) -> str:
    """The cells that tell most about the outcome, in words; empty when none is telling."""
    outcome, overall = _outcome(target, task)
    cells = _coarse(measured)
    rows = np.bincount(cells)
    sums = np.bincount(cells, outcome)
    with np.errstate(invalid="ignore", divide="ignore"):
        gap = np.abs(sums / rows - overall) * np.sqrt(np.minimum(rows, 0.05 * len(cells)))
    gap[rows < _FEWEST_ROWS] = -1
    if not np.any(gap > 0):
        return ""
    best = int(np.argmax(gap))
    place = _place(measured, series[cells == best], missing=best == 0)
    mean = float(sums[best] / rows[best])
    if task.kind is TaskKind.REGRESSION:
        return say(
            "Where {place}, `{target}` is {mean} on average, against {overall} overall.",
            place=place,
            target=task.target,
            mean=_figure(mean, 4),
            overall=_figure(overall, 4),
        )
    named = task.classes[1] if task.kind is TaskKind.BINARY else task.classes[0]
    return say(
        "Where {place}, {share} of rows have `{target}` = {value}, against {overall} overall.",
        place=place,
        share=Figure(f"{100 * mean:.0f} %"),
        target=task.target,
        value=named,
        overall=Figure(f"{100 * overall:.0f} %"),
    )


def _figure(value: float, digits: int) -> Figure:
    """A number to so many digits that tell something, large ones written out."""
    rounded = float(f"{value:.{digits}g}")
    large = 10**digits <= abs(rounded) < _WRITTEN_OUT
    return Figure(f"{rounded:,.0f}" if large else f"{rounded:,.{digits}g}")


def _outcome(target: Array, task: Task) -> tuple[Array, float]:
    values = target.astype("float64")
    if task.kind is TaskKind.MULTICLASS:
        values = (target == 0).astype("float64")
    return values, float(values.mean())


def _coarse(measured: Measured) -> Array:
    """Cells a person can grasp: labels as they are, numbers and dates in tenths."""
    if measured.column.kind not in {Kind.NUMBER, Kind.DATETIME}:
        return measured.cells
    filled = measured.cells > 0
    coarse = np.zeros_like(measured.cells)
    if filled.any():
        known = measured.cells[filled]
        if len(np.unique(known)) <= _FEW_VALUES:
            return measured.cells
        edges = np.unique(np.quantile(known, np.linspace(0.1, 1, 10), method="higher"))
        coarse[filled] = 1 + np.searchsorted(edges, known, side="left")
    return coarse


def _place(measured: Measured, there: pd.Series, *, missing: bool) -> str:
    name = measured.column.name
    if missing:
        return say("`{column}` is empty", column=name)
    kind = measured.column.kind
    if kind is Kind.NUMBER:
        low, high = float(there.min()), float(there.max())
        if low == high:
            return say("`{column}` is {value}", column=name, value=_figure(low, 6))
        return say(
            "`{column}` is between {low} and {high}",
            column=name,
            low=_figure(low, 4),
            high=_figure(high, 4),
        )
    if kind is Kind.DATETIME:
        return say(
            "`{column}` is between {low} and {high}",
            column=name,
            low=say_day(f"{there.min():%Y-%m-%d}"),
            high=say_day(f"{there.max():%Y-%m-%d}"),
        )
    if kind is Kind.TEXT:
        return say("`{column}` is filled", column=name)
    value = spell(there.iloc[0])
    if kind is Kind.BOOLEAN:
        said = say("yes") if value == "true" else say("no")
        return say("`{column}` is {value}", column=name, value=said)
    return say("`{column}` is '{value}'", column=name, value=value[:60])
