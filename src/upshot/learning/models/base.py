"""What every model family offers; the registry is `upshot.learning.models.FAMILIES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from upshot.learning.candidate import FitContext
from upshot.learning.features.matrix import Matrix
from upshot.learning.state import Array, State
from upshot.learning.task import TaskKind

if TYPE_CHECKING:
    from upshot.learning.table_facts import TableFacts


@dataclass(frozen=True, eq=False)
class Fit:
    """Everything one fit is given.

    Attributes
    ----------
    kind : TaskKind
        Shape of the outcome.
    n_classes : int
        2 for binary, k for multiclass, 0 for amounts.
    train, target : Matrix, numpy.ndarray
        Training rows; classes are 0 … n_classes − 1 and each occurs.
    valid, valid_target : Matrix and numpy.ndarray, or None
        Rows for early stopping.
    params : mapping
        The candidate's params.
    context : FitContext
        Limits.
    directions : tuple of {-1, 0, 1}
        Per number column of the matrix, whether the prediction may only fall or only rise with it;
        empty when nothing is said.
    """

    kind: TaskKind
    n_classes: int
    train: Matrix
    target: Array
    valid: Matrix | None
    valid_target: Array | None
    params: Mapping[str, Any]
    context: FitContext
    directions: tuple[int, ...] = ()

    @property
    def column_directions(self) -> list[int]:
        """Directions of all columns, the codes included; empty when nothing is said."""
        if not any(self.directions):
            return []
        return [*self.directions, *[0] * self.train.codes.shape[1]]


# Cells below which starting threads costs more than they save.
_CELLS_PER_THREAD = 500_000


def useful_cores(matrix: Matrix, cores: int) -> int:
    """Return how many threads pay for a matrix of this size."""
    return max(1, min(cores, matrix.rows * matrix.width // _CELLS_PER_THREAD))


class Model(Protocol):
    """A fitted model of any family."""

    @property
    def iterations(self) -> int | None:
        """Rounds worth repeating in a refit, None where the family has none."""

    def predict(self, matrix: Matrix, cores: int) -> Array:
        """Binary (n,), multiclass (n, k), amounts (n,)."""

    def state(self) -> State:
        """Everything needed to predict."""


class Trial(Protocol):
    """The part of an Optuna trial that the space uses."""

    def suggest_float(self, name: str, low: float, high: float, *, log: bool = False) -> float:
        """Draw a number."""

    def suggest_int(self, name: str, low: int, high: int, *, log: bool = False) -> int:
        """Draw a whole number."""

    def suggest_categorical(self, name: str, choices: Any) -> Any:
        """Draw one of several."""


@dataclass(frozen=True)
class Family:
    """One kind of model.

    Attributes
    ----------
    name : str
        Key in the registry.
    title : str
        What a marketer reads ("boosted trees").
    native : bool
        Takes category codes as they are.
    complete : bool
        Needs every number filled.
    package : str
        Import name of the library it needs.
    fit : callable
        Fits; returns the best so far when the context is over.
    load : callable
        Rebuilds a fitted model; raises ValueError when the state cannot be one.
    sample : callable
        Draws the family's own params of the joint space.
    describe : callable
        A few plain words on params, or an empty string.
    heeds_directions : bool
        Whether it can be told that the prediction only rises or only falls with a column.
    """

    name: str
    title: str
    native: bool
    complete: bool
    package: str
    fit: Callable[[Fit], Model]
    load: Callable[[State], Model]
    sample: Callable[[Trial, TableFacts], dict[str, Any]]
    describe: Callable[[Mapping[str, Any]], str]
    heeds_directions: bool = True
