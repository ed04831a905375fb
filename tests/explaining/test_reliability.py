import numpy as np
import pytest

from upshot.explaining.reliability import amount_facts, calibration_bins, class_facts


def test_groups_hold_equally_many_rows_and_the_truth_lies_in_range() -> None:
    rng = np.random.default_rng(0)
    said = rng.random(2_000)
    bins = calibration_bins((rng.random(2_000) < said).astype(float), said)
    assert [one.rows for one in bins] == [200] * 10
    assert sum(one.low <= one.predicted <= one.high for one in bins) >= 8


def test_few_positives_make_fewer_groups() -> None:
    outcome = np.r_[np.ones(30), np.zeros(970)]
    assert len(calibration_bins(outcome, np.linspace(1, 0, 1_000))) == 3


def test_too_few_positives_make_no_group() -> None:
    assert calibration_bins(np.r_[np.ones(5), np.zeros(95)], np.linspace(1, 0, 100)) == ()


def test_rows_with_one_prediction_stay_together() -> None:
    said = np.repeat([0.1, 0.9], [500, 500])
    outcome = np.tile([0.0, 1.0], 500)
    assert [one.rows for one in calibration_bins(outcome, said)] == [500, 500]


def test_every_class_is_counted(multiclass) -> None:
    learned, data = multiclass
    facts = class_facts(data.task, learned.holdout)
    assert [one.name for one in facts] == list(data.task.classes)
    assert sum(one.rows for one in facts) == len(learned.holdout.target)
    assert sum(one.predicted_rows for one in facts) == len(learned.holdout.target)


def test_amounts_are_measured_in_their_unit_with_coverage(regression) -> None:
    learned, _ = regression
    facts = amount_facts(learned, np.random.default_rng(0))
    assert facts.typical_error == pytest.approx(16, abs=2)
    assert facts.typical_error < facts.baseline_error
    assert facts.coverage == pytest.approx(0.8, abs=0.05)
    assert len(facts.pairs) == 400
