from __future__ import annotations

import numpy as np
import pandas as pd

from upshot.explaining.encoder import WORD_ROWS, code_from_values, code_values, fit_codes
from upshot.tables.schema import Column, Kind, Schema

ROWS = 40


def codes_of(column: Column, values: list[str]):
    dtype = "category" if column.kind is Kind.CATEGORY else "str"
    features = pd.DataFrame({column.name: pd.Series(values, dtype=dtype)})
    return fit_codes(features, Schema((column,)), np.arange(len(values), dtype=float))


def test_a_word_of_few_rows_is_not_kept() -> None:
    texts = ["call back soon"] * (ROWS - WORD_ROWS) + ["ask Meyer tomorrow"] * WORD_ROWS
    texts[0] = "call Schimmelpfennig back"
    (code,) = codes_of(Column("note", Kind.TEXT), texts)
    assert {"call", "back", "soon", "meyer"} <= set(code.means)
    assert "schimmelpfennig" not in code.means


def test_that_levels_are_pseudonyms_is_kept_with_them() -> None:
    for mark in ("", "some key"):
        (code,) = codes_of(Column("customer", Kind.CATEGORY, pseudonyms=mark), ["a", "b"] * 20)
        assert code.unnamed is bool(mark)
        assert code_from_values(code_values(code)) == code


def test_a_code_of_an_earlier_bundle_has_names() -> None:
    values = {"name": "plan", "kind": "category", "means": {}, "other": 0.0}
    assert not code_from_values(values).unnamed
