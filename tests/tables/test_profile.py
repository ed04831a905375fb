from __future__ import annotations

import pytest

from upshot.jsonable import dumps, from_jsonable, to_jsonable
from upshot.tables.facts import describe
from upshot.tables.profile import MOST_BINS, MOST_FREQUENT, Profile, profile

ROWS = "".join(
    f"{i * 1.5},{['yes', 'no'][i % 2]},2024-{i % 12 + 1:02d}-01,level {i % 15},\n"
    for i in range(120)
)


@pytest.fixture
def table(read_text):
    return read_text("amount,paid,when,level,void\n,,,,\n--,no,2024-01-01,level 1,\n" + ROWS)


def test_figures_are_right(table):
    amount = profile(table).column("amount")
    assert amount.missing == 1
    assert amount.distinct == 120
    assert (amount.low, amount.high) == (0.0, 178.5)
    assert amount.mean == pytest.approx(89.25)
    assert sum(b.count for b in amount.histogram) == 120
    assert len(amount.histogram) <= MOST_BINS
    when = profile(table).column("when")
    assert (when.low, when.high) == ("2024-01-01", "2024-12-01")
    assert sum(b.count for b in when.histogram) == 121
    level = profile(table).column("level")
    assert len(level.frequent) == MOST_FREQUENT
    assert level.frequent[0].value == "level 1"
    assert profile(table).column("paid").frequent[0].value == "no"
    assert profile(table).column("void").missing == 121


def test_a_profile_goes_through_json(table):
    facts = profile(table)
    assert from_jsonable(to_jsonable(facts), Profile) == facts


def test_few_whole_numbers_have_a_bar_each(read_text):
    facts = profile(read_text("stars,x\n" + "1,a\n2,b\n2,c\n5,d\n" * 5)).column("stars")
    assert [(b.low, b.count) for b in facts.histogram] == [(1, 5), (2, 10), (5, 5)]


def test_a_table_without_rows_has_a_profile(read_text):
    facts = profile(read_text("a,b\n"))
    assert facts.rows == 0
    assert facts.columns[0].histogram == ()


def test_read_facts_hold_what_scripts_rely_on(table):
    facts = to_jsonable(describe(table))
    assert {
        "file", "format", "encoding", "delimiter", "decimal", "sheet", "header_row", "skipped",
        "rows", "export", "columns", "notes",
    } <= set(facts)  # fmt: skip
    assert set(facts["skipped"]) == {"before", "after", "totals"}
    assert {"name", "kind", "missing", "distinct", "examples", "personal", "notes"} <= set(
        facts["columns"][0]
    )
    assert {"code", "column", "message", "remedy"} <= set(facts["notes"][0])
    assert dumps(describe(table))
