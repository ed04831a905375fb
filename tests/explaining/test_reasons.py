"""Reasons of single rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from upshot.explaining.encoder import ColumnCode
from upshot.explaining.reasons import phrases


def test_a_value_never_learned_from_is_said_to_be_rare_or_new() -> None:
    features = pd.DataFrame({"shop": pd.Categorical(["Rome", "Oslo", None])})
    codes = (ColumnCode("shop", "category", {"Rome": 0.3}, 0.1),)
    told = phrases(features, codes, np.array([[0.2], [-0.1], [0.1]]), (), 1)
    assert [reasons[0].split("shop", 1)[1].strip("\"'`”» ") for reasons in told] == [
        "is Rome (raises)",
        "is Oslo, which is rare or new (lowers)",
        "is missing (raises)",
    ]
