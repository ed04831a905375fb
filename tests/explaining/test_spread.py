import numpy as np
import pytest

from upshot.explaining.intervals import wilson
from upshot.explaining.spread import LEVELS, chance_below, quantile, takers_spread


def test_the_spread_of_everyone_is_that_of_a_plain_share() -> None:
    rng = np.random.default_rng(0)
    target = (rng.random(400) < 0.2).astype(float)
    last = takers_spread(target, rng.random(400))[-1]
    low, high = wilson(target.sum(), 400)
    assert quantile(last, 0.025) == pytest.approx(low, abs=0.015)
    assert quantile(last, 0.975) == pytest.approx(high, abs=0.015)


def test_a_cut_without_a_taker_is_not_certain() -> None:
    target = np.r_[np.zeros(50), np.ones(50)]
    first = takers_spread(target, np.arange(100, 0, -1.0))[9]
    assert 0 < quantile(first, 0.5) < quantile(first, 0.975)
    assert 0 < chance_below(first, 0.02) < 1


def test_quantiles_rise_and_repeat() -> None:
    rng = np.random.default_rng(1)
    target, scores = (rng.random(300) < 0.1).astype(float), rng.random(300)
    spread = takers_spread(target, scores)
    assert len(spread) == 100
    assert all(len(point) == len(LEVELS) and list(point) == sorted(point) for point in spread)
    assert spread == takers_spread(target, scores)


def test_chances_at_the_ends_are_certain() -> None:
    spread = tuple(np.linspace(0.2, 0.4, len(LEVELS)))
    assert chance_below(spread, 0.1) == 0
    assert chance_below(spread, 0.5) == 1
