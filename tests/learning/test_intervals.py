import numpy as np

from upshot.learning.intervals import AmountIntervals, fit_intervals


def _amounts(rows, seed):
    rng = np.random.default_rng(seed)
    predictions = rng.gamma(2, 100, rows)
    return predictions * np.exp(rng.normal(0, 0.4, rows)), predictions


def test_four_in_five_new_amounts_lie_inside():
    intervals = fit_intervals(*_amounts(2_000, 0))
    target, predictions = _amounts(20_000, 1)
    low, high = intervals.around(predictions)
    assert 0.77 < ((low <= target) & (target <= high)).mean() < 0.83
    for part in np.array_split(np.argsort(predictions), 4):
        covered = (low[part] <= target[part]) & (target[part] <= high[part])
        assert 0.72 < covered.mean() < 0.88


def test_intervals_widen_with_the_amount():
    intervals = fit_intervals(*_amounts(2_000, 0))
    low, high = intervals.around(np.array([50.0, 500.0]))
    assert (high - low)[1] > 3 * (high - low)[0]


def test_amounts_that_are_mostly_zero_are_covered_as_often():
    def spend(rows, seed):
        rng = np.random.default_rng(seed)
        chance = rng.uniform(0.01, 0.3, rows)
        amounts = np.where(rng.random(rows) < chance, rng.gamma(2, 50, rows), rng.random(rows))
        return amounts, 100 * chance

    target, predictions = spend(20_000, 1)
    low, high = fit_intervals(*spend(3_000, 0)).around(predictions)
    assert (low <= predictions).all()
    assert (predictions <= high).all()
    assert 0.77 < ((low <= target) & (target <= high)).mean() < 0.83


def test_few_rows_give_wide_but_finite_intervals():
    intervals = fit_intervals(np.array([1.0, 5.0, 9.0]), np.array([2.0, 4.0, 8.0]))
    low, high = intervals.around(np.array([3.0]))
    assert low[0] <= 3 <= high[0]


def test_stored_intervals_are_the_same():
    intervals = fit_intervals(*_amounts(500, 0))
    again = AmountIntervals.from_state(intervals.state())
    predictions = np.linspace(0, 900, 50)
    assert np.array_equal(np.stack(again.around(predictions)), intervals.around(predictions))
