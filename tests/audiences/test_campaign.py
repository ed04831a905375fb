"""Who is chosen, who is set aside, and what the comparison can show."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from upshot.audiences import Choice, Who, add_groups, compare, make_campaign

FIELDS = {"email": "mail", "phone": "tel"}


def people(rows: int = 200) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "mail": [f"p{row}@example.com" for row in range(rows)],
            "tel": [""] * rows,
            "upshot_probability": [row / rows for row in range(rows)],
        }
    )


def choose(frame: pd.DataFrame, **changes):
    given = {"score": "upshot_probability", "fields": FIELDS, "country": "DE", **changes}
    return make_campaign(frame, Choice(**given))


@pytest.mark.parametrize(
    ("who", "amount", "rows"),
    [(Who.TOP, 7, 7), (Who.TENTHS, 2, 40), (Who.ABOVE, 0.9, 20), (Who.TOP, 999, 200)],
)
def test_the_best_are_chosen_best_first(who, amount, rows):
    campaign = choose(people(), who=who, amount=amount)
    assert campaign.rows == tuple(range(199, 199 - rows, -1))


def test_rows_without_a_score_are_not_chosen():
    frame = people(10).assign(upshot_probability=[None, *[0.5] * 9])
    assert 0 not in choose(frame, who=Who.TENTHS, amount=10).rows


def test_nobody_chosen_is_no_error():
    campaign = choose(people(), who=Who.ABOVE, amount=2)
    assert campaign.rows == ()
    assert campaign.mean_score == 0


def test_a_tenth_is_set_aside_and_the_same_seed_sets_aside_the_same():
    first, again, other = (choose(people(), amount=10, seed=seed) for seed in (1, 1, 2))
    assert first.count("control") == 20
    assert first.groups == again.groups != other.groups


def test_rows_of_one_person_stay_in_one_group():
    frame = people(100)
    frame.loc[50:, "mail"] = [f"P{row}@Example.com " for row in range(50)]
    for seed in range(5):
        campaign = choose(frame, amount=10, seed=seed, control=0.3)
        group = dict(zip(campaign.rows, campaign.groups, strict=True))
        assert all(group[row] == group[row + 50] for row in range(50))
        assert (campaign.count("contact"), campaign.count("control")) == (35, 15)


def test_the_whole_file_names_the_group_of_those_chosen_only():
    frame = people()
    written = add_groups(frame, choose(frame, amount=5))["upshot_group"]
    assert written.value_counts().to_dict() == {"": 100, "contact": 90, "control": 10}
    assert set(written[:100]) == {""}


def test_the_smallest_difference_agrees_with_the_textbook():
    # The well-known case without continuity correction: 199 a group tell 20 % from 10 %.
    found = compare(199, 199, 0.10)
    assert math.isclose(found.shows_from, 0.20, abs_tol=0.001)


def test_more_people_show_smaller_differences():
    small, large = compare(900, 100, 0.2), compare(9000, 1000, 0.2)
    assert large.shows_from < small.shows_from
    assert large.enough


@pytest.mark.parametrize(("contact", "control"), [(0, 0), (9, 1), (90, 10)])
def test_few_people_cannot_tell(contact, control):
    assert not compare(contact, control, 0.1).enough


def test_no_campaign_is_promised_to_reach_everybody():
    found = compare(144, 16, 0.87)
    assert found.shows_from is None or found.shows_from > 0.99
    assert not found.enough
