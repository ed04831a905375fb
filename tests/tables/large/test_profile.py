"""A large table looked at where it lies shows the figures of the same table in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tables.large.test_reading import as_whole, orders, small_pieces, written
from upshot.tables import read
from upshot.tables.large import counted
from upshot.tables.profile import ColumnProfile, profile

__all__ = ["small_pieces"]


def comparable(column: ColumnProfile) -> ColumnProfile:
    """Without what is written differently: numbers and dates are kept as values, not as texts."""
    examples, distinct = column.examples, column.distinct
    if column.histogram:
        examples, distinct = (), 0
    return replace(column, examples=examples, distinct=distinct, frequent=())


def frequencies(column: ColumnProfile) -> list[tuple[str, int]]:
    return sorted((one.value, one.count) for one in column.frequent)


@pytest.mark.usefixtures("small_pieces")
def test_figures_are_those_of_the_table_in_memory(tmp_path: Path) -> None:
    rows = orders(4_000)
    rows[3_003][5] = "many"
    path = written(rows, tmp_path / "orders.csv")
    large, whole = profile(read(path)), profile(as_whole(path))
    assert large.rows == whole.rows
    assert [comparable(c) for c in large.columns] == [comparable(c) for c in whole.columns]
    for name in ("channel", "converted", "source"):
        assert frequencies(large.column(name)) == frequencies(whole.column(name))


@pytest.mark.usefixtures("small_pieces")
def test_columns_of_very_many_texts_are_estimated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "MOST_COUNTED", 500)
    path = written(orders(4_000), tmp_path / "orders.csv")
    column = profile(read(path)).column("email")
    assert column.missing == 0
    assert column.distinct == pytest.approx(4_000, rel=0.1)
