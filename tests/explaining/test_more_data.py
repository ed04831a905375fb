from dataclasses import replace

import numpy as np
import pytest

from upshot.budget import Budget
from upshot.explaining import more_data as module
from upshot.explaining.more_data import more_data
from upshot.learning.outcome import CandidateRecord, Member


def with_linear(case):
    learned, data = case
    record = CandidateRecord("linear-1", "linear", 0.2, -0.5, "done", "", "", {})
    members = (Member("linear-1", 1.0),)
    return replace(learned, candidates=(record,), ensemble=members), data


@pytest.mark.parametrize(
    ("kind", "measure"), [("binary", "pairs"), ("multiclass", "right"), ("regression", "explained")]
)
def test_the_curve_is_measured_and_drawn_on(kind: str, measure: str, request) -> None:
    learned, data = with_linear(request.getfixturevalue(kind))
    facts = more_data(learned, data, Budget(seconds=None, trials=1, cores=1))
    assert facts.measure == measure
    assert [point.rows for point in facts.measured] == [93, 187, 375, 750]
    assert [point.rows for point in facts.expected] == [3_000, 6_000]
    assert facts.outlook in ("helps", "little", "unclear")
    assert facts.sentence
    assert all(p.low <= p.value <= p.high for p in facts.measured)


def test_without_time_there_is_no_curve(binary) -> None:
    learned, data = with_linear(binary)
    assert more_data(learned, data, Budget(seconds=0.5, cores=1)) is None


def test_a_family_that_fails_gives_no_curve(binary) -> None:
    learned, data = with_linear(binary)
    broken = replace(learned.candidates[0], params={"linear.strength": "nonsense"}, family="none")
    assert (
        more_data(
            replace(learned, candidates=(broken,)), data, Budget(seconds=None, trials=1, cores=1)
        )
        is None
    )


def test_a_power_law_is_drawn_on_exactly() -> None:
    sizes = np.array([100.0, 200.0, 400.0, 800.0])
    errors = 0.1 + 0.2 * (sizes / 800) ** -0.5
    found = module._extrapolated(sizes, errors[None], np.array([800.0, 1_600.0]))
    assert found[0] == pytest.approx(0.1 + 0.2 * np.array([1, 0.5**0.5]), abs=0.01)


@pytest.mark.parametrize(
    ("gain", "outlook"),
    [((0.02, 0.01, 0.03), "helps"), ((0.001, 0.0, 0.004), "little"), ((0.02, 0.0, 0.1), "unclear")],
)
def test_the_outlook_says_when_it_is_too_little_to_tell(gain, outlook) -> None:
    assert module._outlook(*gain) == outlook
