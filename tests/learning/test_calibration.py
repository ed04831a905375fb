import numpy as np
import pytest

from upshot.learning.calibration import IDENTITY, Calibrator, choose_calibrator
from upshot.learning.metrics import row_losses
from upshot.learning.task import TaskKind


def _skewed(rows, power, seed=0):
    rng = np.random.default_rng(seed)
    logit = rng.normal(-1, 1.5, rows)
    target = (rng.random(rows) < 1 / (1 + np.exp(-logit))).astype(np.int64)
    return target, 1 / (1 + np.exp(-logit * power))


def test_overconfident_predictions_are_pulled_back():
    target, predictions = _skewed(4_000, 2.5)
    calibrator = choose_calibrator(target, predictions, TaskKind.BINARY, seed=0)
    assert calibrator.method != "identity"
    fresh, raw = _skewed(20_000, 2.5, seed=1)
    after = row_losses(fresh, calibrator.apply(raw), TaskKind.BINARY).mean()
    assert after < row_losses(fresh, raw, TaskKind.BINARY).mean() - 0.05
    assert calibrator.apply(raw).mean() == pytest.approx(fresh.mean(), abs=0.02)


def test_good_predictions_stay_as_they_are():
    target, predictions = _skewed(4_000, 1.0)
    assert choose_calibrator(target, predictions, TaskKind.BINARY, seed=0).method == "identity"


def test_few_outcomes_are_never_calibrated():
    target, predictions = _skewed(300, 3.0)
    assert choose_calibrator(target, predictions, TaskKind.BINARY, seed=0) is IDENTITY


@pytest.mark.parametrize("power", [0.4, 2.5])
def test_calibration_never_turns_the_ranking_round(power):
    target, predictions = _skewed(8_000, power)
    calibrated = choose_calibrator(target, predictions, TaskKind.BINARY, seed=0).apply(predictions)
    order = np.argsort(predictions)
    assert (np.diff(calibrated[order]) >= -1e-12).all()
    assert calibrated.min() >= 0
    assert calibrated.max() <= 1


def test_several_classes_are_tempered_and_still_add_up_to_one():
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 1, (3_000, 3))
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    target = np.array([rng.choice(3, p=row) for row in shares])
    sharp = np.exp(3 * logits) / np.exp(3 * logits).sum(axis=1, keepdims=True)
    calibrator = choose_calibrator(target, sharp, TaskKind.MULTICLASS, seed=0)
    assert calibrator.method == "temperature"
    assert calibrator.figures[0] == pytest.approx(1 / 3, abs=0.06)
    assert np.allclose(calibrator.apply(sharp).sum(axis=1), 1)


@pytest.mark.parametrize("power", [0.3, 2.5])
def test_a_stored_calibrator_does_the_same(power):
    target, predictions = _skewed(8_000, power)
    calibrator = choose_calibrator(target, predictions, TaskKind.BINARY, seed=0)
    again = Calibrator.from_state(calibrator.state())
    assert np.array_equal(again.apply(predictions), calibrator.apply(predictions))


def _bent(rows, seed=0):
    """Chances right in the middle and far off on both sides: no Beta map has that shape."""
    rng = np.random.default_rng(seed)
    said = rng.uniform(0.02, 0.98, rows)
    true = np.where(said < 0.3, 0.25, np.where(said > 0.7, 0.6, 0.45))
    return (rng.random(rows) < true).astype(np.int64), said


def test_odd_shapes_are_mended_by_venn_abers():
    calibrator = choose_calibrator(*_bent(20_000), TaskKind.BINARY, seed=0)
    assert calibrator.method == "venn-abers"
    target, said = _bent(20_000, seed=1)
    for low, high in ((0.05, 0.25), (0.35, 0.65), (0.75, 0.95)):
        here = (said > low) & (said < high)
        assert calibrator.apply(said)[here].mean() == pytest.approx(target[here].mean(), abs=0.02)


def test_people_whose_chances_differ_are_not_tied():
    calibrator = choose_calibrator(*_bent(20_000), TaskKind.BINARY, seed=0)
    assert len(np.unique(calibrator.apply(np.linspace(0.01, 0.99, 500)))) == 500


@pytest.mark.parametrize(
    ("method", "figures"), [("platt", [1.1, -0.1]), ("isotonic", [[0, 1]] * 2)]
)
def test_maps_of_earlier_bundles_still_apply(method, figures):
    chances = Calibrator(method, np.array(figures, dtype=float)).apply(np.array([0.2, 0.7]))
    assert chances == pytest.approx([0.2, 0.7], abs=0.05)
