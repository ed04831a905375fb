from dataclasses import replace

import numpy as np
import pytest

from upshot.learning.splits import split, take


def _check_partition(data, splits):
    everything = np.sort(np.r_[splits.training, splits.holdout])
    assert np.array_equal(everything, np.arange(data.rows))
    for fold in splits.folds:
        assert not set(fold.train) & set(fold.valid)
        assert not set(fold.train) & set(splits.holdout)
        assert not set(fold.valid) & set(splits.holdout)
        assert len(fold.train)
        assert len(fold.valid)


@pytest.mark.parametrize("make", ["binary", "multiclass", "regression"])
def test_holdout_and_folds_never_share_a_row(made_up, make):
    data = getattr(made_up, make)(500)
    _check_partition(data, split(data, seed=0, seconds=60))


def test_holdout_keeps_the_share_of_outcomes(made_up):
    data = made_up.binary(2_000)
    splits = split(data, seed=3, seconds=60)
    assert abs(data.target[splits.holdout].mean() - data.target.mean()) < 0.005
    for fold in splits.folds:
        assert abs(data.target[fold.valid].mean() - data.target.mean()) < 0.01


def test_amounts_are_spread_alike_over_folds(made_up):
    data = made_up.regression(2_000)
    splits = split(data, seed=3, seconds=60)
    means = [np.median(data.target[fold.valid]) for fold in splits.folds]
    assert np.ptp(means) < 0.1 * np.median(data.target)


def test_the_same_seed_splits_the_same_and_another_differently(made_up):
    data = made_up.binary(300)
    first, again, other = (split(data, seed=seed, seconds=60) for seed in (1, 1, 2))
    assert np.array_equal(first.holdout, again.holdout)
    assert not np.array_equal(first.holdout, other.holdout)


def test_few_outcomes_make_fewer_folds(made_up):
    data = made_up.binary(1_500)
    rare = replace(data, target=(np.arange(data.rows) % 20 == 0).astype(np.int64))
    splits = split(rare, seed=0, seconds=60)
    assert splits.folds_per_repeat == 2
    assert all(rare.target[fold.valid].sum() >= 20 for fold in splits.folds)


def test_the_holdout_of_a_rare_outcome_grows_but_not_past_its_limit(made_up):
    data = made_up.binary(2_000)
    rare = replace(data, target=(np.arange(data.rows) % 10 == 0).astype(np.int64))
    assert 0.29 < len(split(rare, seed=0, seconds=60).holdout) / data.rows <= 0.31


def test_the_holdout_of_a_big_table_is_capped(made_up):
    data = made_up.binary(150_000)
    assert abs(len(split(data, seed=0, seconds=60).holdout) - 20_000) < 5


def test_an_entity_never_stands_on_both_sides(made_up):
    data = made_up.binary(600)
    grouped = replace(data, groups=np.arange(600) // 4)
    splits = split(grouped, seed=0, seconds=60)
    _check_partition(grouped, splits)
    assert splits.scheme == "group"
    sides = [(splits.training, splits.holdout), *((f.train, f.valid) for f in splits.folds)]
    for one, other in sides:
        assert not set(grouped.groups[one]) & set(grouped.groups[other])


def test_later_rows_are_always_judged_by_earlier_ones(made_up):
    data = made_up.binary(900)
    days = np.random.default_rng(0).integers(0, 90, 900)
    times = np.datetime64("2026-01-01", "us") + days * np.timedelta64(1, "D")
    timed = replace(data, times=times.astype("datetime64[us]"))
    splits = split(timed, seed=0, seconds=60)
    _check_partition(timed, splits)
    assert splits.scheme == "time"
    assert times[splits.training].max() < times[splits.holdout].min()
    for fold in splits.folds:
        gap = times[fold.valid].min() - times[fold.train].max()
        assert gap > 0.01 * (times.max() - times.min())
    latest = max(splits.folds, key=lambda fold: times[fold.valid].max())
    assert splits.folds[0] is latest


def test_the_same_time_for_every_row_still_splits(made_up):
    data = made_up.binary(200)
    timed = replace(data, times=np.full(200, np.datetime64("2026-01-01", "us")))
    _check_partition(timed, split(timed, seed=0, seconds=60))


@pytest.mark.parametrize("rows", [6, 12, 30])
def test_tiny_tables_split(made_up, rows):
    data = made_up.binary(60)
    tiny = replace(take(data, np.arange(rows)), target=(np.arange(rows) % 3 == 0).astype(np.int64))
    _check_partition(tiny, split(tiny, seed=0, seconds=60))


def test_the_sentence_says_what_was_set_aside_and_why(made_up):
    data = made_up.regression(500)
    facts = split(data, seed=0, seconds=10).facts(5)
    assert "100 rows were set aside" in facts.sentence
    assert (facts.scheme, facts.folds, facts.repeats) == ("random", 5, 1)
