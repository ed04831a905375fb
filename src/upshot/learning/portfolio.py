"""Where the search begins: a portfolio of candidates, ordered by what the table looks like.

The portfolio is data (``portfolio.json``): each entry names its source, a rank, and the traits of
tables (`TableFacts.traits`) for which it comes earlier, later or not at all. The first is the fast
linear model; what it did on tables that look alike orders the others (`upshot.learning.order`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from upshot.learning.candidate import Candidate
from upshot.learning.models import available_families
from upshot.learning.order import Evidence, arranged
from upshot.learning.space import sample
from upshot.learning.table_facts import TableFacts

# How many ranks a fitting trait is worth.
_TRAIT_RANKS = 6.0
# The fast model that gives the first honest answer.
_FIRST = "linear-first"


@dataclass(frozen=True)
class Entry:
    """One line of the portfolio."""

    name: str
    family: str
    rank: float
    params: Mapping[str, Any]
    source: str
    early: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def suits(self, traits: frozenset[str]) -> bool:
        """Whether the entry is tried at all on a table of these traits."""
        return not traits.intersection(self.never) and traits.issuperset(self.only)

    def place(self, traits: frozenset[str]) -> float:
        """Return the entry's place for a table of these traits; lower comes earlier."""
        gained = sum(trait in traits for trait in self.early)
        lost = sum(trait in traits for trait in self.late)
        return self.rank + _TRAIT_RANKS * (lost - gained)


@cache
def entries() -> tuple[Entry, ...]:
    """Return the portfolio as stored."""
    text = (files("upshot.learning") / "portfolio.json").read_text(encoding="utf-8")
    return tuple(_entry(item) for item in json.loads(text)["entries"])


def _entry(item: Mapping[str, Any]) -> Entry:
    lists = {key: tuple(item.get(key, ())) for key in ("early", "late", "never", "only")}
    return Entry(
        item["name"], item["family"], float(item["rank"]), item["params"], item["source"], **lists
    )


def warm_starts(
    facts: TableFacts,
    families: Sequence[str] | None = None,
    known: Sequence[Evidence] | None = None,
) -> tuple[Candidate, ...]:
    """Return the first candidates to try, in order.

    Every one is a point of the joint space (`upshot.learning.space.sample`), so that a study can
    be told about it. The first is the fast linear model that gives the first honest answer.

    Parameters
    ----------
    facts : TableFacts
        What the table looks like.
    families : sequence of str, optional
        Families that may be used; those installed, if not given.
    known : sequence of Evidence, optional
        What orders them; the stored evidence, if not given.
    """
    usable = tuple(available_families()[0] if families is None else families)
    traits = facts.traits
    fitting = [entry for entry in entries() if entry.family in usable and entry.suits(traits)]
    fitting.sort(key=lambda entry: entry.place(traits))
    named = {entry.name: entry for entry in fitting}
    first = next((name for name in named if name == _FIRST), None)
    ordered = arranged(list(named), facts, known, first=first)
    return tuple(_distinct((_complete(named[name], facts) for name in ordered), facts))


def _distinct(candidates: Iterator[Candidate], facts: TableFacts) -> Iterator[Candidate]:
    """Leave out entries that differ only in what this table does not have."""
    seen = set()
    for candidate in candidates:
        telling = _telling(candidate.params, facts)
        key = (candidate.family, json.dumps(telling, sort_keys=True))
        if key not in seen:
            seen.add(key)
            yield candidate


def _telling(params: Mapping[str, Any], facts: TableFacts) -> dict[str, Any]:
    """Leave out how CatBoost combines categories where all of them are spread out anyway."""
    made = ("number.as_category", "category.crosses")
    spread = facts.most_levels <= int(params.get("catboost.one_hot", 0))
    if not spread or any(params.get(name) for name in made):
        return dict(params)
    return {name: value for name, value in params.items() if name != "catboost.ctr_complexity"}


def _complete(entry: Entry, facts: TableFacts) -> Candidate:
    params = {**_by_rows(entry, facts), "family": entry.family}
    drawn = sample(_FilledTrial(params), facts, (entry.family,))
    return Candidate(entry.name, entry.family, drawn.params)


def _by_rows(entry: Entry, facts: TableFacts) -> dict[str, Any]:
    """Replace ``"by rows"`` by a learning rate: few rows need many small steps."""
    params = dict(entry.params)
    for key, value in params.items():
        if value == "by rows":
            steps = ((2_000, 0.03), (20_000, 0.05), (100_000, 0.07))
            params[key] = next((rate for most, rate in steps if facts.rows < most), 0.1)
    return params


class _FilledTrial:
    """A trial that draws given values, the nearest allowed ones, or plain defaults."""

    number = 0

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def suggest_float(self, name: str, low: float, high: float, *, log: bool = False) -> float:
        middle = (low * high) ** 0.5 if log else (low + high) / 2
        return float(min(max(self._values.get(name, _default(name, middle)), low), high))

    def suggest_int(self, name: str, low: int, high: int, *, log: bool = False) -> int:
        middle = (low * high) ** 0.5 if log else (low + high) / 2
        return int(min(max(self._values.get(name, _default(name, middle)), low), high))

    def suggest_categorical(self, name: str, choices: Any) -> Any:
        value = self._values.get(name, _default(name, choices[0]))
        return value if value in choices else choices[0]


def _default(name: str, otherwise: Any) -> Any:
    return _defaults().get(name, otherwise)


@cache
def _defaults() -> Mapping[str, Any]:
    text = (files("upshot.learning") / "portfolio.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["defaults"])
