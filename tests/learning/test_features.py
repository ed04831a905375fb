"""The steps of preprocessing: what they compute, and that they never look where they must not."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from upshot.learning.features.arithmetic import Combinations
from upshot.learning.features.columns import find_roles, read_days, read_numbers
from upshot.learning.features.crosses import Crosses
from upshot.learning.features.dates import DateFeatures
from upshot.learning.features.encoder import Encoder, EncodingRequest
from upshot.learning.features.encodings import FrequencyEncoding, TargetEncoding
from upshot.learning.features.groups import GroupStatistics
from upshot.learning.features.levels import MISSING, OTHER, Levels, NumberLevels
from upshot.learning.features.memory import EncodingMemory, FoldMemory
from upshot.learning.features.numbers import MissingNumbers, Scaling
from upshot.learning.features.relevance import explained_share, relevance
from upshot.learning.features.selection import Selection
from upshot.learning.features.text import OutOfTime, TextFeatures, TextLearning
from upshot.learning.space import ENCODINGS
from upshot.learning.state import State

from .rich_table import SCHEMA, features, signal

SCALES = ("none", "standard", "log", "quantile", "robust")


def through_json(state: State) -> State:
    values = json.loads(json.dumps(state.values, allow_nan=False))
    return State(values, {k: np.array(v) for k, v in state.arrays.items()}, dict(state.blobs))


def outcome_of(frame: pd.DataFrame) -> np.ndarray:
    return (signal(frame) > 0).astype(float)[:, None]


def test_columns_are_sorted_by_what_they_hold():
    roles = find_roles(features(50), SCHEMA)
    assert roles.numbers == ("visits", "spend", "member")
    assert roles.categories == ("channel", "city")
    assert roles.dates == ("joined", "last_order")
    assert roles.texts == ("comment",)


def test_numbers_that_no_float_holds_are_missing():
    frame = pd.DataFrame({"a": [1.0, np.inf, -np.inf, 1e300]})
    block = read_numbers(frame, ("a", "absent"))
    assert block[0, 0] == 1.0
    assert np.isnan(block[1:, 0]).all()
    assert np.isnan(block[:, 1]).all()


def test_dates_become_parts_age_and_gaps():
    frame = pd.DataFrame(
        {
            "first": pd.to_datetime(["2024-02-29", "2024-03-04", None]).astype("datetime64[us]"),
            "second": pd.to_datetime(["2024-03-01 12:00"] * 3).astype("datetime64[us]"),
        }
    )
    days = read_days(frame, ("first", "second"))
    step = DateFeatures.fit(days, ("first", "second"), "full", gaps=True)
    block, names = step.transform(days)
    table = pd.DataFrame(block, columns=list(names))
    assert table["first: days before the latest"].tolist()[:2] == [4.0, 0.0]
    assert table["first: month"].tolist()[:2] == [2.0, 3.0]
    assert table["first: weekday"].tolist()[:2] == [3.0, 0.0]  # a Thursday, a Monday
    assert table["first: day of month"].tolist()[:2] == [29.0, 4.0]
    assert table["first: year"].tolist()[:2] == [2024.0, 2024.0]
    assert table["second: hour"].tolist() == [12.0] * 3
    assert table["second minus first (days)"].tolist()[:2] == [1.5, -2.5]
    assert table.iloc[2].filter(like="first").isna().all()


def test_levels_keep_their_codes_whatever_the_order_of_categories():
    train = pd.DataFrame({"c": pd.Categorical(["x", "x", "y", None, "rare"])})
    levels = Levels.fit(train, ("c",), least=1)
    new = pd.DataFrame({"c": pd.Categorical(["y", "x", "new", None], categories=["new", "y", "x"])})
    y, x, unseen, missing = levels.transform(new)[:, 0]
    assert (unseen, missing) == (OTHER, MISSING)
    assert levels.transform(train)[:, 0].tolist()[:3] == [x, x, y]
    assert Levels.fit(train, ("c",), least=2).transform(train)[2, 0] == OTHER


def test_small_whole_numbers_become_levels_and_others_do_not():
    numbers = np.column_stack([[1.0, 2, 3, 1, np.nan], [0.5, 1, 2, 3, 4], [1, 1, 1, 1, 1]])
    step = NumberLevels.fit(numbers, 10)
    assert step.positions == (0,)
    codes = step.transform(np.array([[2.0, 0, 0], [9, 0, 0], [np.nan, 0, 0]]))[:, 0]
    assert codes.tolist() == [3, OTHER, MISSING]


def test_a_row_never_enters_its_own_target_average():
    rng = np.random.default_rng(0)
    codes = rng.integers(2, 300, (600, 1)).astype(np.int32)
    outcome = rng.integers(0, 2, (600, 1)).astype(float)
    _, before = TargetEncoding.fit_transform(codes, (300,), outcome, 1.0, seed=0)
    shifted = outcome.copy()
    shifted[17] += 1000.0
    _, after = TargetEncoding.fit_transform(codes, (300,), shifted - shifted.mean(), 0.0, seed=0)
    _, plain = TargetEncoding.fit_transform(codes, (300,), outcome - shifted.mean(), 0.0, seed=0)
    assert after[17, 0] == pytest.approx(plain[17, 0])
    # Levels of two rows say nothing about noise: no correlation may appear.
    assert abs(np.corrcoef(before[:, 0], outcome[:, 0])[0, 1]) < 0.15


def test_target_averages_are_drawn_to_the_mean_where_rows_are_few():
    codes = np.array([[2]] * 99 + [[3]], dtype=np.int32)
    outcome = np.array([0.0] * 99 + [1.0])[:, None]
    step, _ = TargetEncoding.fit_transform(codes, (5,), outcome, 10.0, seed=0)
    rare, unseen = step.transform(np.array([[3], [4]], dtype=np.int32))[:, 0]
    assert 0.01 < rare < 0.15
    assert unseen == pytest.approx(0.01)


def test_frequencies_grow_with_counts():
    codes = np.array([[2], [2], [3]], dtype=np.int32)
    step = FrequencyEncoding.fit(codes, (5,))
    often, seldom, never = step.transform(np.array([[2], [3], [4]]))[:, 0]
    assert often > seldom > never == 0.0


@pytest.mark.parametrize("method", SCALES)
def test_scaled_numbers_keep_their_order_and_their_gaps(method):
    numbers = np.random.default_rng(0).lognormal(2, 1.5, (300, 2))
    numbers[5, 0] = np.nan
    numbers[:, 1] = 4.0
    scaled = Scaling.fit(numbers, method).transform(numbers)
    assert scaled.dtype == np.float32
    assert np.isnan(scaled[5, 0])
    assert np.isnan(scaled).sum() == 1
    order = np.argsort(numbers[6:, 0])
    assert (np.diff(scaled[6:, 0][order]) >= 0).all()


def test_gaps_are_filled_and_marked():
    numbers = np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan], [5.0, np.nan]])
    filled, marks = MissingNumbers.fit(numbers, "indicators").transform(numbers)
    assert filled[:, 0].tolist() == [1, 3, 3, 5]
    assert filled[:, 1].tolist() == [0, 0, 0, 0]
    assert marks[:, 0].tolist() == [0, 0, 1, 0]
    assert np.isnan(MissingNumbers.fit(numbers, "native").transform(numbers)[0]).any()


def test_noise_explains_nothing_and_signal_does():
    rng = np.random.default_rng(0)
    outcome = rng.normal(size=(2000, 1))
    assert abs(explained_share(rng.integers(0, 500, 2000), outcome)) < 0.05
    scores = relevance(np.column_stack([outcome[:, 0] ** 3, rng.normal(size=2000)]), outcome)
    assert scores[0] > 0.9
    assert scores[1] < 0.05


def test_a_ratio_is_found_where_only_the_ratio_matters():
    rng = np.random.default_rng(0)
    numbers = rng.lognormal(0, 1, (2000, 3))
    outcome = (numbers[:, 0] / numbers[:, 1] > 1).astype(float)[:, None]
    step = Combinations.fit(numbers, outcome, 2, seed=0)
    assert {choice[:2] for choice in step.chosen} == {(0, 1)}
    assert Combinations.fit(rng.normal(size=(2000, 3)), outcome, 5, seed=0).chosen == ()


def test_a_cross_is_found_where_only_the_pair_matters():
    rng = np.random.default_rng(0)
    codes = rng.integers(2, 5, (2000, 3)).astype(np.int32)
    outcome = ((codes[:, 0] + codes[:, 2]) % 2).astype(float)[:, None]
    step = Crosses.fit(codes, (5, 5, 5), outcome, 3, seed=0)
    assert [pair[:2] for pair in step.pairs] == [(0, 2)]
    assert step.transform(np.zeros((1, 3), dtype=np.int32))[0, 0] == OTHER


def test_a_deviation_is_found_where_the_group_sets_the_scale():
    rng = np.random.default_rng(0)
    codes = rng.integers(2, 62, (3000, 1)).astype(np.int32)
    numbers = (codes * 100.0) + rng.normal(0, 1, (3000, 1))
    outcome = (numbers[:, 0] > codes[:, 0] * 100).astype(float)[:, None]
    step = GroupStatistics.fit((codes, numbers), (62,), outcome, 2, seed=0)
    assert step.pairs == ((0, 0),)


def test_texts_with_alike_words_lie_close():
    frame = pd.DataFrame({"t": ["red shoes sale", "blue coat offer"] * 40 + ["red shoes", None]})
    step = TextFeatures.fit(frame, ("t",), "words", TextLearning(8))
    block = step.transform(frame)
    near = np.linalg.norm(block[80, 2:] - block[0, 2:])
    far = np.linalg.norm(block[80, 2:] - block[1, 2:])
    assert near < far
    assert np.isnan(block[81]).all()


def test_selection_keeps_the_telling_columns():
    rng = np.random.default_rng(0)
    outcome = rng.integers(0, 2, (1000, 1)).astype(float)
    block = rng.normal(size=(1000, 8)).astype(np.float32)
    block[:, 3] += 2 * outcome[:, 0]
    block[:, 6] = 1.0
    kept = Selection.fit(block, outcome, 0.5, seed=0).kept
    assert 3 in kept
    assert 6 not in Selection.fit(block, outcome, 1.0, seed=0).kept
    assert len(kept) == 4


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("native", [True, False])
def test_every_encoding_survives_saving(encoding, native):
    frame, new = features(200), features(60, seed=2)
    params = {
        "category.encoding": encoding,
        "number.as_category": 10,
        "number.combinations": 3,
        "category.crosses": 3,
        "group.statistics": 3,
        "text.encoding": "words",
        "select.keep": 0.75,
    }
    request = EncodingRequest(params, native=native, complete=not native, seed=0)
    encoder, _ = Encoder.fit_transform(frame, SCHEMA, outcome_of(frame), request)
    before = encoder.transform(new)
    after = Encoder.from_state(through_json(encoder.state())).transform(new)
    np.testing.assert_array_equal(after.numbers, before.numbers)
    np.testing.assert_array_equal(after.codes, before.codes)
    assert native or not np.isnan(before.numbers).any()
    assert bool(before.codes.shape[1]) == (native and "native" in encoding)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("text", ["characters", "words", "length"])
def test_every_scale_and_text_survives_saving(scale, text):
    frame = features(100)
    params = {"number.scale": scale, "text.encoding": text, "date.parts": "basic"}
    request = EncodingRequest(params, native=True, complete=True, seed=0)
    encoder, fitted = Encoder.fit_transform(frame, SCHEMA, outcome_of(frame), request)
    after = Encoder.from_state(through_json(encoder.state())).transform(frame)
    np.testing.assert_array_equal(after.numbers, encoder.transform(frame).numbers)
    # Without target averages, training rows are encoded exactly as new rows are.
    np.testing.assert_array_equal(fitted.numbers, after.numbers)


def test_reading_texts_ends_when_the_time_is_over():
    frame = pd.DataFrame({"t": pd.Series([f"text number {i}" for i in range(5_000)], dtype="str")})
    looks = iter([False, True])
    with pytest.raises(OutOfTime):
        TextFeatures.fit(frame, ("t",), "words", TextLearning(8, is_over=lambda: next(looks)))


def test_a_fit_without_time_for_texts_uses_their_length_and_is_not_kept():
    frame = features(200)
    kept = FoldMemory(EncodingMemory(), (0,))

    def fit(*, is_over):
        request = EncodingRequest({}, True, False, 0, kept, lambda: is_over)
        return Encoder.fit_transform(frame, SCHEMA, outcome_of(frame), request)[0]

    assert fit(is_over=True).raw.texts.encoding == "length"
    assert fit(is_over=False).raw.texts.encoding == "characters"
