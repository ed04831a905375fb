"""Limits of a piece of work: time, cores, memory, seed, and being stopped."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from upshot.errors import Cancelled
from upshot.wording import say

EFFORT_SECONDS = {"quick": 10.0, "standard": 60.0, "thorough": 600.0}


def available_cores() -> int:
    """Cores this process may use (affinity respected where the system tells)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Budget:
    """What a piece of work may spend.

    Attributes
    ----------
    seconds : float or None
        Wall-clock limit, counted from `started`; None means no limit.
    started : float
        ``time.monotonic()`` at the start; the command line passes its process start.
    trials : int or None
        Limit on the number of candidates tried. With it and no `seconds`, runs repeat exactly.
    cores : int
        Threads every library may use.
    memory_bytes : int or None
        Memory the work should stay under; None means no limit.
    seed : int
        The seed of every random choice.
    is_cancelled, is_stopped : callable
        Polled between steps. Cancelled: give up, keep nothing. Stopped: finish with the best.
    """

    seconds: float | None = 60.0
    started: float = field(default_factory=time.monotonic)
    trials: int | None = None
    cores: int = field(default_factory=available_cores)
    memory_bytes: int | None = None
    seed: int = 0
    is_cancelled: Callable[[], bool] = _never
    is_stopped: Callable[[], bool] = _never

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def remaining(self) -> float:
        """Seconds left, infinite without a limit, never negative."""
        if self.seconds is None:
            return float("inf")
        return max(0.0, self.seconds - self.elapsed())

    def raise_if_cancelled(self) -> None:
        """Raise `Cancelled` when a person has cancelled the work."""
        if self.is_cancelled():
            raise Cancelled(say("The work was cancelled."))
