from dataclasses import replace

import numpy as np
import pytest

from upshot.explaining.filters import holds
from upshot.explaining.segments import segments
from upshot.tables.schema import Column, Kind, Personal, Schema

from .conftest import SCHEMA, WORDING


def test_segments_find_what_the_shop_is_made_of(binary) -> None:
    learned, data = binary
    found = segments(data, learned.holdout, WORDING, 0)
    assert found is not None
    assert "plan" in found.segments[0].text
    assert found.reach > found.share
    assert found.sentence.endswith("leavers.")


def test_every_figure_comes_from_the_holdout_rows(binary) -> None:
    learned, data = binary
    found = segments(data, learned.holdout, WORDING, 0)
    frame = data.features.iloc[learned.holdout.rows]
    for segment in found.segments:
        mask = holds(segment.filter, frame, data.schema)
        assert segment.rows == mask.sum()
        assert segment.precision == pytest.approx((learned.holdout.target[mask] == 1).mean())
        assert segment.precision_low > learned.holdout.target.mean()


def test_no_segment_speaks_of_a_single_person(binary) -> None:
    learned, data = binary
    columns = []
    for column in SCHEMA.columns:
        changed = {
            "plan": replace(column, role="entity"),
            "tenure": replace(column, personal=Personal.PHONE),
        }
        columns.append(changed.get(column.name, column))
    hidden = replace(data, schema=Schema(tuple(columns)))
    found = segments(hidden, learned.holdout, WORDING, 0)
    texts = "" if found is None else found.text
    assert "plan" not in texts
    assert "tenure" not in texts


def test_chance_makes_no_segments(binary) -> None:
    learned, data = binary
    rng = np.random.default_rng(0)
    shuffled = rng.permutation(data.target)
    luck = replace(data, target=shuffled)
    holdout = replace(learned.holdout, target=shuffled[learned.holdout.rows])
    assert segments(luck, holdout, WORDING, 0) is None


def test_a_column_of_identifiers_is_never_used(binary) -> None:
    learned, data = binary
    schema = Schema(
        tuple(Column(c.name, Kind.IDENTIFIER) if c.name == "plan" else c for c in SCHEMA.columns)
    )
    found = segments(replace(data, schema=schema), learned.holdout, WORDING, 0)
    assert found is None or "plan" not in found.text
