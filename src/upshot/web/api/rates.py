"""How many requests a token may make: a bucket each, in the memory of this process.

The website is one process. Behind several, each counts for itself; a write to the database at
every request would cost more than the limit is worth.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_BUCKETS = 10_000
"""Tokens remembered; those unused longest are forgotten first, when their bucket is full again."""


@dataclass(frozen=True)
class Rate:
    """What is left of a limit after a request; ``wait`` is in seconds, 0 when it was allowed."""

    limit: int
    remaining: int
    wait: float = 0.0


class Buckets:
    """A bucket of requests per key, filled again at an even pace.

    Parameters
    ----------
    per_minute : int
        Requests per minute, and as many at once.
    clock : callable
        Seconds that only grow.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[object, tuple[float, float]] = OrderedDict()

    def take(self, key: object) -> Rate:
        """Count one request."""
        now, pace = self._clock(), self.per_minute / 60
        with self._lock:
            left, then = self._held.pop(key, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - then) * pace)
            wait = 0.0 if left >= 1 else (1 - left) / pace
            left = left - 1 if left >= 1 else left
            self._held[key] = (left, now)
            while len(self._held) > MOST_BUCKETS:
                self._held.popitem(last=False)
        return Rate(self.per_minute, int(left), wait)

    def forget(self) -> None:
        """Begin anew; for tests."""
        with self._lock:
            self._held.clear()
