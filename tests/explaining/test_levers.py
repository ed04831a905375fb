from dataclasses import replace

import pytest

from reports.made_up import answer as made_up
from upshot.explaining.levers import CHANGE, CONSEQUENCE, FIXED, lever_of, with_marks


@pytest.mark.parametrize(
    ("column", "lever"),
    [
        ("MonthlyCharges", CHANGE),
        ("Do Not Email", CHANGE),
        ("contract_type", CHANGE),
        ("Age", FIXED),
        ("Income_Group", FIXED),
        ("Возраст", FIXED),
        ("Last Notable Activity", CONSEQUENCE),
        ("cancel_reason", CONSEQUENCE),
        ("page_views", ""),
        ("Engagement", ""),
        ("x17", ""),
    ],
)
def test_a_name_tells_whether_a_driver_can_be_changed(column: str, lever: str) -> None:
    assert lever_of(column, ()) == lever


def test_a_suspect_is_probably_a_consequence() -> None:
    assert lever_of("Age", {"Age"}) == CONSEQUENCE


def test_what_a_person_says_counts_more_than_the_guess() -> None:
    answer = made_up()
    drivers = tuple(replace(one, lever=CHANGE) for one in answer.drivers)
    marked = with_marks(replace(answer, drivers=drivers), {"visits": FIXED, "comment": ""})
    assert [one.lever for one in marked.drivers] == [FIXED, ""]


def test_somebodys_status_in_life_is_no_consequence() -> None:
    assert lever_of("Marital_Status", ()) == "fixed"
    assert lever_of("order_status", ()) == "consequence"
