"""What learning is given: the task and the data for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from upshot.learning.state import Array
from upshot.tables.schema import Schema

if TYPE_CHECKING:
    import pandas as pd


class TaskKind(StrEnum):
    """The three shapes of an outcome."""

    BINARY = "binary"
    MULTICLASS = "multiclass"
    REGRESSION = "regression"


@dataclass(frozen=True)
class Task:
    """What is to be predicted.

    Attributes
    ----------
    kind : TaskKind
        The shape of the outcome.
    target : str
        The column that holds it.
    classes : tuple of str
        Binary: (negative, positive). Multiclass: most frequent first. Regression: empty.
    nonnegative : bool
        Regression: the amount is never below 0, so neither is a prediction.
    """

    kind: TaskKind
    target: str
    classes: tuple[str, ...] = ()
    nonnegative: bool = False

    @property
    def positive(self) -> str | None:
        """The outcome a binary task looks for."""
        return self.classes[1] if self.kind is TaskKind.BINARY else None


@dataclass(frozen=True, eq=False)
class LearningData:
    """Rows to learn from; only rows whose outcome is known.

    Attributes
    ----------
    features : pandas.DataFrame, shape (n_rows, n_columns)
        Typed columns as in `Table.data`; only those a model may see, in schema order.
    target : numpy.ndarray, shape (n_rows,)
        Codes into ``task.classes`` (int64), or amounts (float64).
    schema : Schema
        The schema of `features`.
    task : Task
        What is to be predicted.
    groups : numpy.ndarray or None
        Integer codes of the entity a row belongs to: one entity never stands on both sides of a
        split, so it is no feature either.
    times : numpy.ndarray or None
        ``datetime64[us]`` of each row: later rows are validated by models of earlier ones.
    directions : mapping of str to {1, -1}
        Number columns of which a person says that more never lowers (1) or never raises (−1) the
        prediction.
    """

    features: pd.DataFrame
    target: Array
    schema: Schema
    task: Task
    groups: Array | None = None
    times: Array | None = None
    directions: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.features)
