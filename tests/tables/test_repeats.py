"""Rows that repeat an earlier one, found without comparing them two by two."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from upshot.tables import repeats as module
from upshot.tables.repeats import earlier_by, repeats


@pytest.mark.parametrize("few", [1, 50, 10_000])
@pytest.mark.parametrize("seed", range(5))
def test_they_are_those_that_pandas_finds(monkeypatch, few, seed):
    monkeypatch.setattr(module, "_FEW", few)
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {name: rng.choice(["a", "b", None, "c"], 400) for name in "xyz"}
        | {"n": rng.integers(0, 4, 400), "f": rng.choice([0.5, np.nan], 400)}
    )
    found = repeats(pa.Table.from_pandas(frame, preserve_index=False))
    assert found.tolist() == frame.duplicated().tolist()


def test_a_key_leaves_none(monkeypatch):
    raw = pa.table({"plan": ["a"] * 100, "key": list(range(100))})
    assert not repeats(raw).any()


@pytest.mark.parametrize("rows", [0, 1])
def test_nothing_repeats_in_a_table_without_rows(rows):
    assert repeats(pa.table({"a": ["x"] * rows})).tolist() == [False] * rows


def test_all_but_the_last_of_a_key():
    assert earlier_by(np.array([1, 2, 1, -1, -1, 2, 1])).tolist() == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip
