import time

from upshot.budget import Budget
from upshot.learning.pace import Pace


def test_time_kept_for_judging_and_figures_is_not_searched_away():
    pace = Pace(Budget(seconds=60.0), reserve_seconds=5.0)
    before = pace.search_left()
    assert before < 55
    pace.plan_figures(20_000)
    pace.plan_judging(4.0)
    assert 5 < before - pace.search_left() < 6.5


def test_a_fit_must_be_back_early_enough_to_predict():
    pace = Pace(Budget(seconds=60.0), reserve_seconds=0.0)
    pace.note("lightgbm", 100.0, 10.0)
    left = pace.deadline("lightgbm", 1) - pace.deadline("unknown", 1)
    assert -11 < left < -9


def test_without_a_time_limit_the_clock_decides_nothing():
    pace = Pace(Budget(seconds=None, trials=3), reserve_seconds=5.0)
    pace.note("linear", 1e6, 1.0)
    assert pace.deadline("linear", 1) is None
    assert pace.first_deadline() is None
    assert pace.affords(1e9)


def test_the_first_fit_of_a_family_is_not_cut_short_by_a_guess():
    pace = Pace(Budget(seconds=60), 0)
    pace.note("linear", 0.01, 0.001)
    unseen = pace.deadline("network", 5) - time.monotonic()
    pace.note("network", 0.5, 0.01)
    seen = pace.deadline("network", 5) - time.monotonic()
    assert unseen > 1.5 * seen
