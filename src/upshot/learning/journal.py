"""What a run has fitted so far, kept outside its process: a killed run goes on from there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from upshot.learning.candidate import Candidate
    from upshot.learning.evaluation import FoldFit


class Journal(Protocol):
    """Keeps fits by key; the same run asks for them again after a restart."""

    def knows(self, key: str) -> bool:
        """Whether something is kept under `key`."""

    def recall(self, key: str) -> FoldFit | None:
        """The fit kept under `key`; None when there is none that can be read."""

    def keep(self, key: str, fit: FoldFit) -> None:
        """Keep a fit. What cannot be kept is fitted again after a restart: nothing is raised."""


def fit_key(candidate: Candidate, index: int, most_rows: int, seed: int) -> str:
    """What makes two fits of one run the same: the candidate, the fold, its rows and the seed."""
    point = [candidate.family, dict(candidate.params), index, most_rows, seed]
    return json.dumps(point, sort_keys=True, default=str)
