from __future__ import annotations

import numpy as np
import pytest

from upshot.bundles.cutoff import best_cutoff


def f1(target: np.ndarray, predictions: np.ndarray, cutoff: float) -> float:
    chosen = predictions >= cutoff
    return 2 * (target[chosen] == 1).sum() / (chosen.sum() + target.sum())


def test_it_finds_the_highest_f1_of_all_cutoffs() -> None:
    rng = np.random.default_rng(0)
    predictions = rng.beta(1, 20, 2000)
    target = (rng.random(2000) < predictions).astype(int)
    cutoff = best_cutoff(target, predictions)
    assert 0 < cutoff < 0.3
    assert f1(target, predictions, cutoff) == pytest.approx(
        max(f1(target, predictions, p) for p in predictions)
    )


def test_a_rare_outcome_is_still_predicted_for_somebody() -> None:
    predictions = np.linspace(0, 0.08, 1000)
    target = (np.arange(1000) >= 980).astype(int)
    assert best_cutoff(target, predictions) < 0.08


def test_it_lies_between_two_predictions_so_that_rounding_flips_no_label() -> None:
    assert best_cutoff(np.array([0, 0, 1, 1]), np.array([0.1, 0.2, 0.4, 0.8])) == pytest.approx(0.3)


def test_ties_fall_on_the_same_side() -> None:
    cutoff = best_cutoff(np.array([1, 0, 1, 0]), np.array([0.5, 0.5, 0.5, 0.1]))
    assert cutoff == pytest.approx(0.3)


@pytest.mark.parametrize("target", [[0, 0, 0], [1, 1, 1], []])
def test_without_both_outcomes_it_is_one_half(target: list[int]) -> None:
    assert best_cutoff(np.array(target), np.linspace(0, 1, len(target))) == 0.5
