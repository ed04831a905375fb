"""Learning like an earlier model: its candidates come instead of a search, or before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from upshot.learning.candidate import Candidate
from upshot.learning.outcome import CandidateRecord, Member


@dataclass(frozen=True)
class Recipe:
    """The candidates an earlier model was made of.

    Attributes
    ----------
    candidates : tuple of Candidate
        Heaviest first.
    search : bool
        Whether the search goes on after them; without it, learning takes seconds.
    """

    candidates: tuple[Candidate, ...]
    search: bool = False


@dataclass(frozen=True)
class Plan:
    """What is tried: everything, unless parts are left out or a recipe is given.

    Attributes
    ----------
    without : tuple of str
        Of `upshot.learning.run.PARTS`.
    recipe : Recipe or None
        Where the search starts, or all there is.
    simple : bool
        Only one model that adds up an effect per column (`upshot.learning.glass_box`).
    fast : bool
        One model instead of the combination (`upshot.learning.one_model`).
    """

    without: tuple[str, ...] = ()
    recipe: Recipe | None = None
    simple: bool = False
    fast: bool = False


def recipe_of(
    records: Sequence[CandidateRecord], ensemble: Sequence[Member], *, search: bool = False
) -> Recipe:
    """Read off an earlier run what its model is made of.

    A candidate fitted once more on more rows has the parameters of the first, so it is named once.
    """
    by_name = {record.name: record for record in records if record.params is not None}
    found: dict[tuple[str, str], Candidate] = {}
    for member in sorted(ensemble, key=lambda member: -member.weight):
        record = by_name.get(member.name)
        if record is None:
            continue
        key = (record.family, repr(sorted((record.params or {}).items())))
        name = record.name.split(" on ")[0]
        found.setdefault(key, Candidate(name, record.family, dict(record.params or {})))
    return Recipe(tuple(found.values()), search)
