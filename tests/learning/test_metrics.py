import numpy as np
import pytest
from sklearn import metrics as reference

from upshot.learning import metrics
from upshot.learning.task import Task, TaskKind

_BINARY = Task(TaskKind.BINARY, "y", ("no", "yes"))


def _binary(rows=500, seed=0):
    rng = np.random.default_rng(seed)
    target = (rng.random(rows) < 0.2).astype(np.int64)
    predictions = np.clip(0.2 + 0.2 * target + rng.normal(0, 0.15, rows), 0.01, 0.99).round(2)
    return target, predictions


def test_binary_metrics_equal_scikit_learns_with_ties():
    target, predictions = _binary()
    found = metrics.values(_BINARY, target, predictions)
    assert found["auc"] == pytest.approx(reference.roc_auc_score(target, predictions))
    assert found["average_precision"] == pytest.approx(
        reference.average_precision_score(target, predictions)
    )
    assert found["log_loss"] == pytest.approx(reference.log_loss(target, predictions))
    assert found["brier"] == pytest.approx(reference.brier_score_loss(target, predictions))


def test_top_decile_lift_of_perfect_and_of_constant_predictions():
    target = np.r_[np.ones(10, int), np.zeros(190, int)]
    assert metrics.values(_BINARY, target, target * 0.9)["top_decile_lift"] == pytest.approx(10)
    constant = metrics.values(_BINARY, target, np.full(200, 0.05))
    assert constant["top_decile_lift"] == pytest.approx(1)
    assert constant["auc"] == pytest.approx(0.5)


def test_multiclass_metrics_equal_scikit_learns():
    rng = np.random.default_rng(0)
    target = rng.integers(0, 3, 300)
    predictions = rng.dirichlet([1, 1, 1], 300)
    task = Task(TaskKind.MULTICLASS, "y", ("a", "b", "c"))
    found = metrics.values(task, target, predictions)
    chosen = predictions.argmax(axis=1)
    assert found["log_loss"] == pytest.approx(reference.log_loss(target, predictions))
    assert found["accuracy"] == pytest.approx(reference.accuracy_score(target, chosen))
    assert found["macro_f1"] == pytest.approx(reference.f1_score(target, chosen, average="macro"))


def test_regression_metrics_equal_scikit_learns(made_up):
    data = made_up.regression(200)
    predictions = data.target * 0.8 + 10
    found = metrics.values(data.task, data.target, predictions)
    assert found["rmse"] == pytest.approx(
        reference.root_mean_squared_error(data.target, predictions)
    )
    assert found["mae"] == pytest.approx(reference.mean_absolute_error(data.target, predictions))
    assert found["r2"] == pytest.approx(reference.r2_score(data.target, predictions))


def test_a_score_is_greater_when_better():
    target, predictions = _binary()
    assert metrics.LOG_LOSS.score(target, predictions) < 0
    assert metrics.LOG_LOSS.score(target, predictions) > metrics.LOG_LOSS.score(
        target, 1 - predictions
    )


def test_intervals_hold_the_estimate_and_narrow_with_rows():
    widths = []
    for rows in (300, 4_800):
        target, predictions = _binary(rows)
        interval = metrics.intervals(_BINARY, target, predictions, seed=0)["auc"]
        assert interval.low < interval.value < interval.high
        widths.append(interval.high - interval.low)
    assert 2 < widths[0] / widths[1] < 8


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    covered = 0
    truth = metrics.values(_BINARY, *_binary(200_000, seed=999))["auc"]
    for seed in range(60):
        interval = metrics.intervals(_BINARY, *_binary(400, seed), seed=seed)["auc"]
        covered += interval.low <= truth <= interval.high
    assert covered >= 52


def test_the_same_seed_gives_the_same_interval():
    target, predictions = _binary()
    first = metrics.intervals(_BINARY, target, predictions, seed=5)
    assert first == metrics.intervals(_BINARY, target, predictions, seed=5)


def test_too_few_positives_leave_the_ends_open():
    target = np.r_[np.ones(9, int), np.zeros(300, int)]
    interval = metrics.intervals(_BINARY, target, np.linspace(1, 0, 309), seed=0)["auc"]
    assert interval.value == pytest.approx(1)
    assert interval.low is None
    assert interval.high is None
