"""The order of the portfolio follows what entries did on tables that look alike."""

from __future__ import annotations

from dataclasses import replace

from upshot.learning.order import (
    Evidence,
    alikeness,
    arranged,
    evidence,
    evidence_of_others,
)
from upshot.learning.portfolio import entries
from upshot.learning.table_facts import TableFacts
from upshot.learning.task import TaskKind

LEADS = TableFacts(TaskKind.BINARY, rows=6_000, numbers=6, categories=20, rarest_rows=2_000)
SPEND = TableFacts(TaskKind.REGRESSION, rows=900, numbers=8, skewed_amount=True, n_classes=0)
NAMES = ["slow and best", "quick and good", "quick and alike", "useless"]
KNOWN = (
    Evidence(
        "leads",
        LEADS,
        {
            "slow and best": (0.0, 9.0),
            "quick and good": (0.02, 0.3),
            "quick and alike": (0.02, 0.3),
            "useless": (1.0, 1.0),
        },
    ),
    Evidence("spend", SPEND, {"useless": (0.0, 1.0), "slow and best": (1.0, 1.0)}),
)


def test_a_cheap_good_entry_comes_before_a_dear_one_that_is_hardly_better():
    order = arranged(NAMES, LEADS, KNOWN)
    assert order[0] == "quick and good"
    assert order[-1] == "useless"
    assert sorted(order) == sorted(NAMES)


def test_tables_that_look_alike_count_most():
    assert arranged(NAMES, SPEND, KNOWN)[0] == "useless"
    assert alikeness(LEADS, LEADS) > alikeness(LEADS, replace(LEADS, rows=60_000))
    assert alikeness(LEADS, replace(LEADS, rows=60_000)) > alikeness(LEADS, SPEND)


def test_without_evidence_nothing_moves():
    assert arranged(NAMES, LEADS, ()) == NAMES


def test_the_stored_evidence_is_of_entries_that_exist():
    known = {entry.name for entry in entries()}
    assert len(evidence()) >= 8
    for table in evidence():
        assert len(known & set(table.results)) >= 20
        assert all(0 <= missed <= 1 and cost > 0 for missed, cost in table.results.values())


def test_a_benchmark_can_leave_a_table_itself_out():
    for table in evidence():
        others = evidence_of_others(table.facts)
        assert table.name not in {other.name for other in others}
        assert len(others) >= len(evidence()) - 3
