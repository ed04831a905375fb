"""A candidate: one point of the joint space, and what fitting it may spend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from upshot.learning.features.memory import FoldMemory


@dataclass(frozen=True)
class Candidate:
    """One point of the joint space of preprocessing and model.

    Attributes
    ----------
    name : str
        Unique in a run.
    family : str
        A key of `upshot.learning.models.FAMILIES`.
    params : mapping of str to JSON value
        Flat; ``"category.encoding"``, ``"catboost.depth"``, …. What is absent takes its default.
    """

    name: str
    family: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """What it tries, in plain words."""
        from upshot.learning.wording import summary

        return summary(self.family, self.params)

    def with_params(self, name: str, **changes: Any) -> Candidate:
        """Return a neighbour called `name`; dots in keys are written as double underscores."""
        changed = {key.replace("__", "."): value for key, value in changes.items()}
        return replace(self, name=name, params={**self.params, **changed})


def _never() -> bool:
    return False


@dataclass(frozen=True)
class FitContext:
    """What one fit may spend.

    Attributes
    ----------
    seed : int
        The seed of every random choice in the fit.
    cores : int
        Threads the library may use.
    deadline : float or None
        On ``time.monotonic()``; the fit returns its best so far around it.
    is_stopped : callable
        Polled during the fit; True means return the best so far.
    iterations : int or None
        Fixed rounds (boosting rounds, epochs, position on the regularisation path), taken from
        earlier fits of the same candidate when a final model is refitted without validation rows.
    memory : FoldMemory or None
        Preprocessing of these same rows by earlier candidates; None computes everything anew.
    """

    seed: int = 0
    cores: int = 1
    deadline: float | None = None
    is_stopped: Callable[[], bool] = _never
    iterations: int | None = None
    memory: FoldMemory | None = None

    def is_over(self) -> bool:
        """Whether the deadline has passed or a person asked to finish."""
        import time

        late = self.deadline is not None and time.monotonic() >= self.deadline
        return late or self.is_stopped()

    def seconds_left(self) -> float:
        """Seconds until the deadline, infinite without one, never negative."""
        import time

        if self.deadline is None:
            return float("inf")
        return max(0.0, self.deadline - time.monotonic())
