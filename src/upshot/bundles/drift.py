"""Does a new file look like the training file? Plain words when it does not.

The measure is the population stability index, the sum over bins of (new - old) * ln(new / old).
Above 0.25 is the customary "has shifted" (Siddiqi 2006, "Credit Risk Scorecards"). Small files
exceed that by chance, so it must also exceed what chance gives: without a shift the index times
n * m / (n + m) is close to chi-squared with bins - 1 degrees of freedom (Yurdakul & Naranjo 2020,
"Statistical properties of the population stability index").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from upshot.bundles.manifest import ColumnSummary
from upshot.bundles.summaries import bin_counts
from upshot.errors import Note
from upshot.explaining.wording import digits, percent, quoted, sentences
from upshot.learning.state import Array
from upshot.tables.schema import Kind
from upshot.wording import comma_list, mark, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_SHIFTED = 0.25
_CHANCE = 0.999
MIN_ROWS = 100
_MISSING_MORE_BY = 0.2
_MOST_NAMED = 5
_YES_NO = {"True": mark("yes"), "False": mark("no")}


@dataclass
class Tally:
    """Counts how a new file is spread over the training bins, chunk by chunk."""

    summaries: Sequence[ColumnSummary]
    rows: int = 0
    counts: dict[str, Array] = field(default_factory=dict)

    def add(self, features: pd.DataFrame) -> None:
        """Count the rows of one more chunk."""
        self.rows += len(features)
        for summary in self.summaries:
            counts = bin_counts(features[summary.name], summary)
            self.counts[summary.name] = self.counts.get(summary.name, 0) + counts

    def notes(self, training_rows: int, absent: frozenset[str]) -> tuple[Note, ...]:
        """Name the columns that differ; a file of under 100 rows says too little."""
        if self.rows < MIN_ROWS:
            return ()
        shifted = []
        for summary in self.summaries:
            sentence = self._shift(summary, training_rows)
            if sentence and summary.name not in absent:
                shifted.append((summary.name, sentence))
        remedy = say(
            "Check that the file is of the same kind; if the world has changed, train again."
        )
        unsure = say("Predictions may be less reliable.")
        notes = [
            Note("drift", sentences(sentence, unsure), name, remedy, "warning")
            for name, sentence in shifted[:_MOST_NAMED]
        ]
        if len(shifted) > _MOST_NAMED:
            message = say(
                "{number} more columns look different too: {columns}.",
                number=len(shifted) - _MOST_NAMED,
                columns=comma_list([quoted(name) for name, _ in shifted[_MOST_NAMED:][:20]]),
            )
            notes.append(Note("drift", message, None, remedy, "warning"))
        return tuple(notes)

    def _shift(self, summary: ColumnSummary, training_rows: int) -> str:
        new = self.counts[summary.name] / self.rows
        old = np.asarray(summary.shares)
        if new[-1] - old[-1] > _MISSING_MORE_BY:
            return say(
                "`{column}` is empty in {now} of the rows; it was in {before}.",
                column=summary.name,
                now=percent(new[-1]),
                before=percent(old[-1]),
            )
        # Dates move on by themselves: a later file is not a different one.
        if summary.kind == Kind.DATETIME or not (summary.edges or summary.levels):
            return ""
        if not _has_shifted(old, new, training_rows, self.rows):
            return ""
        if summary.edges:
            return _number_sentence(summary, old, new)
        return _level_sentence(summary, old, new)


def stability_index(old: Array, new: Array, floor: float) -> float:
    """Population stability index of two spreads over the same bins; `floor` stands for empty."""
    a = np.maximum(old, floor)
    b = np.maximum(new, floor)
    return float(np.sum((b - a) * np.log(b / a)))


def _has_shifted(old: Array, new: Array, old_rows: int, new_rows: int) -> bool:
    from scipy.special import chdtri  # chi-squared; scipy.stats takes seconds to import

    used = int(np.count_nonzero(old + new))
    if used < 2:
        return False
    index = stability_index(old, new, 0.5 / min(old_rows, new_rows))
    by_chance = chdtri(used - 1, 1 - _CHANCE) * (1 / old_rows + 1 / new_rows)
    return index > max(_SHIFTED, float(by_chance))


def _number_sentence(summary: ColumnSummary, old: Array, new: Array) -> str:
    """Name the edge at which the two files differ most."""
    below_old = np.cumsum(old[:-1])[:-1] / max(1 - old[-1], 1e-12)
    below_new = np.cumsum(new[:-1])[:-1] / max(1 - new[-1], 1e-12)
    at = int(np.argmax(np.abs(below_new - below_old)))
    return say(
        "`{column}` looks different from the training file: {now} of its values are {edge} or "
        "less; it was {before}.",
        column=summary.name,
        now=percent(below_new[at]),
        edge=digits(summary.edges[at], ",.6g"),
        before=percent(below_old[at]),
    )


def _level_sentence(summary: ColumnSummary, old: Array, new: Array) -> str:
    levels = [_level(level, summary.kind) for level in summary.levels]
    names = [*levels, say("another value"), say("empty")]
    at = int(np.argmax(np.abs(new - old)))
    return say(
        "`{column}` looks different from the training file: {value} in {now} of the rows; it was "
        "{before}.",
        column=summary.name,
        value=names[at],
        now=percent(new[at]),
        before=percent(old[at]),
    )


def _level(level: str, kind: str) -> str:
    if kind == Kind.BOOLEAN and level in _YES_NO:
        return say(_YES_NO[level])
    return f"'{level}'"
