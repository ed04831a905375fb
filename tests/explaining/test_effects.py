"""The levels of a column that are worth comparing."""

from __future__ import annotations

import pandas as pd

from upshot.explaining.effects import levels
from upshot.tables.durations import duration_words
from upshot.tables.schema import Kind


def test_ordered_categories_stand_in_their_order():
    cells = pd.Series(
        pd.Categorical(
            ["large", "small", "medium", "unknown"] * 10,
            categories=["small", "medium", "large", "unknown"],
            ordered=True,
        )
    )
    found = levels(cells, Kind.CATEGORY)
    assert [level.value for level in found] == ["small", "medium", "large", "unknown"]
    assert [level.ordered for level in found] == [True, True, True, False]


def test_durations_are_said_in_words():
    seconds = pd.Series([float(60 * i) for i in range(200)])
    labels = [level.label for level in levels(seconds, Kind.NUMBER, duration_words)]
    assert labels[0].startswith("under ")
    assert "min" in labels[1]
