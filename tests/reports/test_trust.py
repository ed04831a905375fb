from upshot.explaining.facts import CalibrationBin
from upshot.learning.outcome import Interval, SplitFacts
from upshot.learning.task import TaskKind
from upshot.reports.trust import amount_sayings, calibration_sayings, limits, method, metric_rows

from .made_up import answer


def test_probabilities_are_told_as_people_who_did_it() -> None:
    bins = (
        CalibrationBin(100, 0.02, 0.01, 0.0, 0.05),
        CalibrationBin(100, 0.1, 0.12, 0.06, 0.2),
        CalibrationBin(100, 0.3, 0.29, 0.2, 0.39),
    )
    assert calibration_sayings(answer(calibration=bins)) == (
        "Of 100 people given 30 %, 29 were buyers.",
        "Of 100 people given 10 %, 12 were buyers.",
        "Of 100 people given 2 %, 1 was among the buyers.",
    )


def test_nobody_is_said_plainly() -> None:
    bins = (CalibrationBin(100, 0.02, 0.0, 0.0, 0.05),)
    assert calibration_sayings(answer(calibration=bins)) == (
        "Of 100 people given 2 %, 0 were buyers.",
    )


def test_classes_speak_of_being_sure() -> None:
    bins = (CalibrationBin(100, 0.7, 0.69, 0.6, 0.8),)
    said = calibration_sayings(answer(TaskKind.MULTICLASS, calibration=bins))
    assert said == ("Of 100 answers it was 70 % sure of, 69 were right.",)


def test_amounts_speak_of_errors_and_ranges() -> None:
    said = amount_sayings(answer(TaskKind.REGRESSION))
    assert "off by 3 on average" in said[0]
    assert said[1].endswith("It held 79.")


def test_figures_stand_beside_their_baseline_and_range() -> None:
    rows = metric_rows(
        answer(holdout={"auc": Interval(0.84, 0.81, 0.86), "accuracy": Interval(0.7)})
    )
    assert (rows[0].value, rows[0].span) == ("84.0 of 100", "81.0 to 86.0")
    assert rows[0].baseline == "50.0 of 100"
    assert rows[1].span == "too few rows to tell"


def test_limits_depend_on_how_rows_were_set_aside() -> None:
    later = answer(split=SplitFacts("time", "The latest rows.", 800, 200, 1, 1))
    assert any("same period" in one for one in limits(answer()))
    assert not any("same period" in one for one in limits(later))
    assert method(later)[0] == "The latest rows."
