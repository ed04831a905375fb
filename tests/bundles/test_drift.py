from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from upshot.bundles import Bundle
from upshot.bundles.drift import stability_index
from upshot.tables.table import Table

NewTable = Callable[..., Table]


def drift(bundle: Bundle, table: Table) -> dict[str | None, str]:
    return {n.column: n.message for n in bundle.score(table).notes if n.code == "drift"}


@pytest.mark.parametrize("rows", [10, 100, 400, 3000])
def test_a_file_of_the_same_kind_raises_no_alarm(
    rows: int, binary: Bundle, new_table: NewTable
) -> None:
    assert drift(binary, new_table(rows)) == {}


def test_a_shifted_number_is_named_in_plain_words(binary: Bundle, new_table: NewTable) -> None:
    found = drift(binary, new_table(300, Age=[str(60 + i % 30) for i in range(300)]))
    assert found.keys() == {"Age"}
    assert "looks different from the training file" in found["Age"]
    assert "or less; it was" in found["Age"]


def test_a_shifted_category_is_named_in_plain_words(binary: Bundle, new_table: NewTable) -> None:
    found = drift(binary, new_table(300, Country=["Chile"] * 300))
    assert "'Chile' in 100 % of the rows; it was 9 %." in found["Country"]


def test_yes_and_no_are_called_that(binary: Bundle, new_table: NewTable) -> None:
    found = drift(binary, new_table(300, Newsletter=["no"] * 300))
    assert "no in 100 % of the rows" in found["Newsletter"]


def test_a_column_that_became_empty_is_named(binary: Bundle, new_table: NewTable) -> None:
    found = drift(binary, new_table(300, Newsletter=[None] * 300))
    said = "`Newsletter` is empty in 100 % of the rows; it was in 0 %"
    assert found["Newsletter"].startswith(said)


def test_few_rows_never_raise_an_alarm(binary: Bundle, new_table: NewTable) -> None:
    assert drift(binary, new_table(60, Country=["Chile"] * 60)) == {}


def test_later_dates_are_no_alarm(binary: Bundle, new_table: NewTable) -> None:
    assert drift(binary, new_table(300, Joined=["2029-05-01"] * 300)) == {}


def test_a_missing_column_is_not_also_called_different(binary: Bundle, new_table: NewTable) -> None:
    assert drift(binary, new_table(300, Newsletter=None)) == {}


def test_the_index_of_equal_spreads_is_zero_and_grows_with_the_shift() -> None:
    even = np.full(4, 0.25)
    near, far = np.array([0.3, 0.2, 0.25, 0.25]), np.array([0.7, 0.1, 0.1, 0.1])
    assert stability_index(even, even, 1e-4) == 0
    assert 0 < stability_index(even, near, 1e-4) < 0.1
    assert stability_index(even, far, 1e-4) > 0.25
