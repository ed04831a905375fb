import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upshot.explaining.ranking import cumulative, deciles, gains, reach


def perfect(rows: int = 200, positives: int = 40) -> tuple[np.ndarray, np.ndarray]:
    target = np.zeros(rows)
    target[:positives] = 1
    return target, np.linspace(1, 0, rows)


def test_a_perfect_ranking_reaches_everybody_at_the_base_rate() -> None:
    curve = gains(*perfect())
    point = curve.points[19]
    assert (point.share, point.contacted, point.reached) == (0.2, 40, 40)
    assert point.reach == 1.0
    assert point.lift == pytest.approx(5.0)


def test_the_curve_has_a_point_per_cent_and_ends_with_everybody() -> None:
    curve = gains(*perfect())
    assert [round(point.share * 100) for point in curve.points] == list(range(1, 101))
    assert curve.points[-1].contacted == 200
    assert curve.points[-1].reach == curve.points[-1].reach_low == 1.0


def test_equal_scores_promise_no_more_than_picking_at_random() -> None:
    target, _ = perfect()
    curve = gains(target, np.full(200, 0.2))
    assert all(point.lift == pytest.approx(1.0) for point in curve.points)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=1, max_size=60))
def test_cumulative_sums_never_fall_and_end_at_the_total(rows: list[tuple[bool, int]]) -> None:
    target = np.array([float(one) for one, _ in rows])
    sums = cumulative(target, np.array([float(score) for _, score in rows]))
    assert (np.diff(sums) >= -1e-9).all()
    assert sums[-1] == pytest.approx(target.sum())


def test_a_tiny_holdout_still_has_a_curve_but_no_deciles() -> None:
    target, scores = perfect(7, 2)
    assert len(gains(target, scores).points) == 100
    assert deciles(target, scores) == ()


def test_a_holdout_without_positives_reaches_nobody() -> None:
    curve = gains(np.zeros(50), np.linspace(0, 1, 50))
    assert curve.points[10].reach == 0.0
    assert curve.points[10].lift == 0.0


def test_deciles_hold_every_row_and_all_positives() -> None:
    found = deciles(*perfect(205, 41))
    assert sum(one.rows for one in found) == 205
    assert found[0].outcome == 1.0
    assert found[-1].cumulative_reach == pytest.approx(1.0)


def test_deciles_of_amounts_give_means_and_the_share_of_the_total() -> None:
    amounts = np.arange(100.0)[::-1]
    found = deciles(amounts, amounts)
    assert found[0].outcome == pytest.approx(94.5)
    assert found[0].cumulative_reach == pytest.approx(945 / 4950)


def test_reach_gives_intervals_at_any_cut_off() -> None:
    found = reach(gains(*perfect()), 0.101)
    assert found.share == 0.1
    assert found.precision_low < found.precision <= found.precision_high
    assert found.reach_low < found.reach < found.reach_high
