"""The outcome as feature steps see it: a few float columns whose averages mean something."""

from __future__ import annotations

import numpy as np

from upshot.learning.state import Array
from upshot.learning.task import TaskKind

# One column per class tells a target encoder everything; beyond this many it only adds noise.
_MOST_CLASSES = 10


def outcome_columns(target: Array, kind: TaskKind, n_classes: int) -> Array:
    """Return float64 columns: the amount, the positive's 0/1, or 0/1 of each frequent class."""
    if kind is TaskKind.REGRESSION:
        return np.asarray(target, dtype=np.float64)[:, None]
    if kind is TaskKind.BINARY:
        return np.asarray(target == 1, dtype=np.float64)[:, None]
    shown = min(n_classes, _MOST_CLASSES)
    return np.asarray(target[:, None] == np.arange(shown)[None, :], dtype=np.float64)
