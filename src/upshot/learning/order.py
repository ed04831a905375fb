"""In which order the portfolio is tried: what gained most per second on tables that look alike.

The evidence (``evidence.json``) holds, for a number of marketing tables, the facts of the table
and what each entry reached and took there; ``benchmarks/portfolio.py`` remakes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from upshot.learning.state import Array
from upshot.learning.table_facts import TableFacts
from upshot.learning.task import TaskKind

EVIDENCE = Path(__file__).with_name("evidence.json")
# How much a second, different good entry is worth beside the best: it is what ensembles gain from.
_SECOND = 0.3
# An entry of half the cost may gain this power of a half as much and still comes first.
_COST_POWER = 0.5
# An entry without evidence is thought of as one that gains little at the usual cost.
_UNKNOWN = (0.3, 1.0)
# Facts this near belong to samples of one table.
_SAME = 0.05


@dataclass(frozen=True)
class Evidence:
    """What the entries did on one table.

    Attributes
    ----------
    name : str
        The table.
    facts : TableFacts
        What it looks like.
    results : mapping of str to (float, float)
        Per entry the share of the best entry's gain that it missed, and its cost relative to the
        median cost on this table.
    """

    name: str
    facts: TableFacts
    results: Mapping[str, tuple[float, float]]


@cache
def evidence() -> tuple[Evidence, ...]:
    """Return the evidence as stored."""
    if not EVIDENCE.exists():
        return ()
    stored = json.loads(EVIDENCE.read_text(encoding="utf-8"))
    return tuple(
        Evidence(
            item["name"],
            TableFacts(**{**item["facts"], "kind": TaskKind(item["facts"]["kind"])}),
            {name: (values[0], values[1]) for name, values in item["results"].items()},
        )
        for item in stored["tables"]
    )


def evidence_of_others(facts: TableFacts) -> tuple[Evidence, ...]:
    """Return the evidence without tables that may be this one: a benchmark leaves itself out."""
    return tuple(table for table in evidence() if not _is_same(facts, table.facts))


def _is_same(one: TableFacts, other: TableFacts) -> bool:
    return one.kind is other.kind and bool(np.abs(_position(one) - _position(other)).max() < _SAME)


def arranged(
    names: Sequence[str],
    facts: TableFacts,
    known: Sequence[Evidence] | None = None,
    *,
    first: str | None = None,
) -> list[str]:
    """Return the names in the order in which they should be tried.

    Parameters
    ----------
    names : sequence of str
        Entries that may be tried; without evidence, they stay in this order.
    facts : TableFacts
        What the table looks like.
    known : sequence of Evidence, optional
        What other tables showed; the stored evidence, if not given.
    first : str, optional
        The name that comes first in any case.
    """
    tables = evidence() if known is None else known
    if not tables:
        return list(names)
    weights = np.array([alikeness(facts, table.facts) for table in tables])
    found = [[table.results.get(name, _UNKNOWN) for name in names] for table in tables]
    regrets, costs = np.moveaxis(np.array(found), 2, 0)
    costs = np.average(costs, axis=0, weights=weights)
    left: list[int] = list(range(len(names)))
    order: list[str] = []
    best, second = np.ones(len(tables)), np.ones(len(tables))
    while left:
        gains = _gains(regrets[:, left], best, second)
        values = weights @ gains / costs[left] ** _COST_POWER
        is_forced = not order and first is not None
        place = list(names).index(str(first)) if is_forced else left[int(np.argmax(values))]
        left.remove(place)
        order.append(names[place])
        best, second = _after(regrets[:, place], best, second)
    return order


def _gains(regrets: Array, best: Array, second: Array) -> Array:
    """What each entry would add on each table (n_tables, n_entries)."""
    new_best = np.minimum(regrets, best[:, None])
    new_second = np.clip(regrets, best[:, None], second[:, None])
    new_second = np.where(regrets < best[:, None], best[:, None], new_second)
    # A thousandth of what is missed keeps entries apart that add nothing more.
    rest = 1e-3 * (1 - regrets)
    return np.asarray(
        best[:, None] - new_best + _SECOND * np.maximum(second[:, None] - new_second, 0) + rest
    )


def _after(regrets: Array, best: Array, second: Array) -> tuple[Array, Array]:
    ordered = np.sort(np.stack([best, second, regrets]), axis=0)
    return ordered[0], ordered[1]


def alikeness(one: TableFacts, other: TableFacts) -> float:
    """How alike two tables are, 1 for the same; tables of another kind of outcome count little."""
    distance = float(((_position(one) - _position(other)) ** 2).sum())
    return float(np.exp(-distance)) * (1.0 if one.kind is other.kind else 0.2) + 0.02


def _position(facts: TableFacts) -> Array:
    columns = max(1, facts.numbers + facts.categories + facts.dates + facts.texts)
    return np.array(
        [
            np.log10(max(facts.rows, 1)) / 1.0,
            np.log10(max(facts.rarest_rows, 1)) / 1.5,
            np.log10(columns) / 1.0,
            facts.categories / columns,
            np.log10(max(facts.most_levels, 1)) / 3.0,
            0.7 * float(facts.skewed_amount),
            0.7 * float(facts.zero_inflated),
        ]
    )
