"""Rows that a person left out are not learned from, and are scored like all others."""

from __future__ import annotations

import pandas as pd

from upshot.questions import check, choose, known_rows, prepare
from upshot.tables.schema import RowRule


def without_repeats(make_table, leads):
    table = make_table(pd.concat([leads, leads.iloc[:50]], ignore_index=True))
    # The rule is about the cells as read; the made-up typed cells of the fixture go with them.
    kept = table.with_schema(table.schema.with_row_rule(RowRule("repeats")))
    return table, kept


def test_a_check_looks_at_the_rows_that_are_learned_from(make_table, leads) -> None:
    table, kept = without_repeats(make_table, leads)
    choice = choose(table, "Converted")
    assert check(table, choice).facts.duplicates == 50
    readiness = check(kept, choice)
    assert (readiness.facts.rows, readiness.facts.duplicates) == (600, 0)
    note = next(note for note in readiness.warnings if note.code == "rows-left-out")
    assert note.message.startswith("50 rows are left out of learning")
    assert "keeps all its rows" in note.message


def test_learning_is_given_the_rows_that_are_kept(make_table, leads) -> None:
    _, kept = without_repeats(make_table, leads)
    assert prepare(kept, choose(kept, "Converted")).rows == 600


def test_rows_that_are_learned_from_are_found_in_the_whole_table(make_table, leads) -> None:
    whole = make_table(pd.concat([leads.iloc[:50], leads], ignore_index=True))
    kept = whole.with_schema(whole.schema.with_row_rule(RowRule("repeats")))
    assert known_rows(kept, "Converted").tolist() == [*range(50), *range(100, 650)]
    assert known_rows(kept.for_learning, "Converted").tolist() == list(range(600))
