"""Ordered categories, web addresses and tags as features."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from upshot.learning.features.columns import find_roles
from upshot.learning.features.encoder import Encoder, EncodingRequest
from upshot.learning.features.ordered import OrderedLevels
from upshot.learning.features.split import SPLITTERS, SplitColumns
from upshot.tables.kinds.described import ROLES
from upshot.tables.schema import Column, Kind, Schema

SIZES = ("small", "medium", "large")
ROWS = 120


def table():
    places = range(ROWS)
    return pd.DataFrame(
        {
            "size": pd.Categorical([SIZES[i % 3] if i % 10 else None for i in places]),
            "page": [f"https://a{i % 2}.example/x?utm_source=s{i % 4}" for i in places],
            "tags": [f"vip; t{i % 3}" if i % 7 else None for i in places],
        }
    )


SCHEMA = Schema(
    (
        Column("size", Kind.CATEGORY, role="ordered", levels=SIZES),
        Column("page", Kind.TEXT, role="url"),
        Column("tags", Kind.TEXT, role="tags"),
    )
)


def test_an_order_becomes_a_number_and_what_stands_outside_is_missing():
    ordered = OrderedLevels.of({"size": SIZES})
    frame = pd.DataFrame({"size": ["large", "Small", None, "unknown", "medium"]})
    assert ordered.transform(frame)[:, 0].tolist() == pytest.approx(
        [2, 0, np.nan, np.nan, 1], nan_ok=True
    )
    assert np.isnan(ordered.transform(frame[[]])).all()


def test_addresses_and_tags_are_taken_apart():
    split = SplitColumns.fit(table(), find_roles(table(), SCHEMA).split)
    wide = split.widen(table())
    assert list(wide["page: source"][:2]) == ["s0", "s1"]
    assert list(wide["page: domain"][:2]) == ["a0.example", "a1.example"]
    assert "page: medium" not in wide
    assert wide["tags: has t1"][1] == 1
    assert wide["tags: has t1"][2] == 0
    assert np.isnan(wide["tags: has t1"][0])
    assert wide["tags: number of tags"][1] == 2


def test_new_rows_are_taken_apart_like_the_old_ones():
    split = SplitColumns.fit(table(), find_roles(table(), SCHEMA).split)
    later = pd.DataFrame({"page": ["https://new.example/?utm_source=s1", None]})
    wide = split.widen(later)
    assert list(wide["page: source"]) == ["s1", np.nan]
    assert wide["tags: has t1"].isna().all()


@pytest.mark.parametrize("role", SPLITTERS)
def test_every_splitter_belongs_to_a_described_role(role):
    assert role in ROLES


def test_everything_survives_storing():
    outcome = np.array([[i % 2] for i in range(ROWS)], dtype=float)
    request = EncodingRequest({"category.encoding": "native"}, native=True, complete=False, seed=0)
    encoder, matrix = Encoder.fit_transform(table(), SCHEMA, outcome, request)
    again = Encoder.from_state(encoder.state())
    np.testing.assert_array_equal(again.transform(table()).dense(), matrix.dense())
    assert again.raw.ordered.names == ("size",)


def test_a_state_of_before_these_features_still_loads():
    outcome = np.array([[i % 2] for i in range(ROWS)], dtype=float)
    request = EncodingRequest({}, native=True, complete=False, seed=0)
    plain = table()[["size"]]
    schema = Schema((Column("size", Kind.CATEGORY),))
    encoder, matrix = Encoder.fit_transform(plain, schema, outcome, request)
    state = encoder.state()
    for name in ("split", "ordered"):
        del state.values["raw"][name]
    again = Encoder.from_state(state)
    np.testing.assert_array_equal(again.transform(plain).dense(), matrix.dense())
