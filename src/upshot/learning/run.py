"""What the stages of one run share."""

from __future__ import annotations

from dataclasses import dataclass

from upshot.budget import Budget
from upshot.errors import InputError
from upshot.learning.events import OnEvent, ignore_event
from upshot.learning.journal import Journal
from upshot.learning.pace import Pace
from upshot.wording import say

# Parts of the learning that can be left out, so that a benchmark can tell what each is worth.
WARM_STARTS = "warm-starts"
GENERATED = "generated"
ENSEMBLE = "ensemble"
CALIBRATION = "calibration"
NETWORK = "network"
# What was learned beforehand from this very table: a benchmark must do without it.
OWN_EVIDENCE = "own-evidence"
PARTS = (WARM_STARTS, GENERATED, ENSEMBLE, CALIBRATION, NETWORK, OWN_EVIDENCE)


@dataclass(frozen=True)
class Run:
    """One run: its limits, its clock, its listener, and what is left out.

    Attributes
    ----------
    budget : Budget
        Limits.
    pace : Pace
        The clock.
    on_event : callable
        Hears of stages and candidates.
    without : frozenset of str
        Of `PARTS`.
    journal : Journal or None
        What this run fitted before it was interrupted.
    fast : bool
        Whether one model is kept instead of the combination.
    """

    budget: Budget
    pace: Pace
    on_event: OnEvent = ignore_event
    without: frozenset[str] = frozenset()
    journal: Journal | None = None
    fast: bool = False

    def __post_init__(self) -> None:
        unknown = sorted(self.without - set(PARTS))
        if unknown:
            raise InputError(
                say("There is no part of the learning called '{part}'.", part=unknown[0]),
                say("Choose among: {parts}.", parts=", ".join(PARTS)),
            )

    def uses(self, part: str) -> bool:
        """Whether a part takes part."""
        return part not in self.without
