"""What to try next: the warm starts first, then what the study proposes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from upshot.learning.candidate import Candidate
from upshot.learning.space import sample, trial_params

if TYPE_CHECKING:
    import optuna

    from upshot.learning.table_facts import TableFacts

# The first of each family among so many warm starts are the champions.
_CHAMPIONS_AMONG = 8


@dataclass(frozen=True, eq=False)
class Proposal:
    """A candidate and the study's trial that stands for it."""

    candidate: Candidate
    trial: optuna.Trial
    is_warm: bool


class Proposals:
    """One study over the joint space of preprocessing and model.

    Parameters
    ----------
    facts : TableFacts
        What is known of the table.
    families : sequence of str
        Model families that can run here.
    warm : sequence of Candidate
        Where to start.
    seed : int
        Decides every proposal.
    """

    def __init__(
        self, facts: TableFacts, families: Sequence[str], warm: Sequence[Candidate], seed: int
    ) -> None:
        self.facts = facts
        self._families = tuple(families)
        usable = [candidate for candidate in warm if candidate.family in self._families]
        self.champions = _champions(usable)
        rest = [candidate for candidate in usable if candidate not in self.champions]
        self._warm = [*self.champions, *rest]
        self._names: set[str] = set()
        self._asked = 0
        self._study = _study(seed)
        for candidate in self._warm:
            self._study.enqueue_trial(trial_params(candidate))

    @property
    def warm_left(self) -> int:
        """Warm starts not yet proposed."""
        return max(0, len(self._warm) - self._asked)

    def ask(self) -> Proposal:
        """Propose the next candidate."""
        is_warm = self.warm_left > 0
        name = self._warm[self._asked].name if is_warm else ""
        self._asked += 1
        trial = self._study.ask()
        candidate = sample(trial, self.facts, self._families)
        return Proposal(
            replace(candidate, name=self._unique(name or candidate.name)), trial, is_warm
        )

    def tell(self, proposal: Proposal, score: float) -> None:
        """Report a finished candidate; greater is better."""
        self._study.tell(proposal.trial, score)

    def prune(self, proposal: Proposal, score: float) -> None:
        """Report a candidate given up, with what it reached on the folds it finished."""
        import optuna

        proposal.trial.report(score, 0)
        self._study.tell(proposal.trial, state=optuna.trial.TrialState.PRUNED)

    def fail(self, proposal: Proposal) -> None:
        """Report a candidate that failed or was skipped."""
        import optuna

        self._study.tell(proposal.trial, state=optuna.trial.TrialState.FAIL)

    def _unique(self, name: str) -> str:
        unique, number = name, 2
        while unique in self._names:
            unique, number = f"{name}-{number}", number + 1
        self._names.add(unique)
        return unique


def _champions(warm: Sequence[Candidate]) -> list[Candidate]:
    """The first warm start of each family that comes early, in their order."""
    first: dict[str, Candidate] = {}
    for candidate in warm[:_CHAMPIONS_AMONG]:
        first.setdefault(candidate.family, candidate)
    return list(first.values())


def _study(seed: int) -> optuna.Study:
    import optuna

    sampler = optuna.samplers.TPESampler(seed=seed, **_tpe_options())
    with _quiet("optuna.storages"):
        return optuna.create_study(
            storage=optuna.storages.InMemoryStorage(), sampler=sampler, direction="maximize"
        )


def _tpe_options() -> dict[str, Any]:
    return {"multivariate": True, "n_startup_trials": 8}


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Hold back a logger's information lines, and put it back as it was."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
