import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upshot.explaining.intervals import mean_interval, wilson


def test_wilson_gives_the_published_interval() -> None:
    # Brown, Cai & DasGupta's method as tabulated by Newcombe (1998): 81 of 263.
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_stays_inside_and_holds_the_share(case: tuple[int, int]) -> None:
    successes, trials = case
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials + 1e-12
    assert successes / trials - 1e-12 <= high <= 1


def test_no_trials_tell_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_mean_of_one_value_has_no_interval() -> None:
    assert mean_interval(np.array([3.0])).low is None


def test_mean_interval_shrinks_with_rows() -> None:
    few = mean_interval(np.tile([0.0, 1.0], 10))
    many = mean_interval(np.tile([0.0, 1.0], 1_000))
    assert few.value == pytest.approx(0.5)
    assert many.high - many.low < (few.high - few.low) / 5
