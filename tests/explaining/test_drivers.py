from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from upshot.budget import Budget
from upshot.explaining.drivers import drivers
from upshot.explaining.effects import direction, levels, substituted
from upshot.explaining.importance import shares
from upshot.explaining.surrogate import fit_surrogate

from .conftest import WORDING, shop

BUDGET = Budget(seconds=None, cores=1)


@pytest.fixture(scope="module")
def found(binary):
    learned, data = binary
    return drivers(learned, data, WORDING, None, BUDGET)


def test_the_strongest_column_comes_first_and_noise_not_at_all(found) -> None:
    assert [driver.column for driver in found][:3] == ["plan", "tenure", "comment"]
    assert "noise" not in [driver.column for driver in found]


def test_shares_add_up_and_lie_in_their_ranges(found) -> None:
    assert sum(driver.importance.value for driver in found) == pytest.approx(1, abs=0.01)
    for driver in found:
        assert driver.importance.low <= driver.importance.value <= driver.importance.high


def test_the_sentence_compares_the_ends_with_numbers(found) -> None:
    assert found[0].sentence == (
        "Where `plan` is Month-to-month, we predict 40 leavers per 100 customers, "
        "5.2 times as many as where it is Two year."
    )


def test_directions_follow_the_scale(found) -> None:
    by_name = {driver.column: driver for driver in found}
    assert by_name["tenure"].direction == "down"
    assert by_name["plan"].direction == "mixed"


def test_a_text_has_a_sentence_without_levels(found) -> None:
    comment = next(driver for driver in found if driver.column == "comment")
    assert comment.effects == ()
    assert comment.sentence.startswith("What is written in `comment` carries")


def test_an_imitation_screens_the_columns(binary) -> None:
    learned, data = binary
    guide = fit_surrogate(learned.model, data, BUDGET)
    assert drivers(learned, data, WORDING, guide, BUDGET)[0].column == "plan"


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
def test_without_time_the_imitation_is_studied_instead(kind: str, request) -> None:
    learned, data = request.getfixturevalue(kind)
    guide = fit_surrogate(learned.model, data, BUDGET)
    found = drivers(learned, data, WORDING, guide, Budget(seconds=0.0, cores=1))
    assert found[0].column == "plan"
    assert found[0].effects
    assert found[0].importance.low is not None


def test_without_time_and_imitation_nothing_is_claimed(binary) -> None:
    learned, data = binary
    assert drivers(learned, data, WORDING, None, Budget(seconds=0.0, cores=1)) == ()


def test_several_outcomes_name_the_class_spoken_of(multiclass) -> None:
    learned, data = multiclass
    found = drivers(learned, data, WORDING, None, BUDGET)
    assert found[0].about in data.task.classes
    assert f"`{found[0].about}`" in found[0].sentence


def test_amounts_are_compared_by_difference(regression) -> None:
    learned, data = regression
    found = drivers(learned, data, WORDING, None, BUDGET)
    assert "on average, 110 more than where it is Two year" in found[0].sentence


def test_no_loss_means_no_share() -> None:
    zero = shares({"a": np.zeros(50), "b": -np.ones(50)}, np.random.default_rng(0))
    assert all(share.value == 0 for share in zero.values())


def test_numbers_are_cut_into_ranges_people_use() -> None:
    found = levels(pd.Series(np.arange(1_000.0)), "number")
    assert [level.label for level in found] == [
        "under 200",
        "200 to 399",
        "400 to 599",
        "600 to 799",
        "800 or more",
    ]


def test_fractions_are_cut_with_open_ends() -> None:
    found = levels(pd.Series(np.arange(1_000.0) / 100), "number")
    assert [level.label for level in found][1] == "2 to under 4"


def test_few_distinct_numbers_stay_single_values() -> None:
    found = levels(pd.Series([0.0, 1.0, 2.0] * 10), "number")
    assert [level.label for level in found] == ["0", "1", "2"]


def test_missing_cells_are_a_level_of_their_own() -> None:
    found = levels(pd.Series([None, "a", "b", "b"] * 5, dtype="category"), "category")
    assert [level.label for level in found] == ["b", "a", "missing"]


@pytest.mark.parametrize("name", ["plan", "tenure", "newsletter", "joined"])
def test_substituting_keeps_the_type_of_the_column(name: str) -> None:
    rows = shop(300)
    kinds = {"plan": "category", "tenure": "number", "newsletter": "boolean", "joined": "datetime"}
    for level in (*levels(rows[name], kinds[name]), None):
        value = None if level is None else level.value
        copy = substituted(rows, name, kinds[name], value)
        assert copy[name].dtype == rows[name].dtype
        assert copy[name].nunique() == (0 if value is None else 1)


@pytest.mark.parametrize(
    ("ordered", "everything", "said"),
    [
        ([1, 2, 3], [1, 2, 3], "up"),
        ([3, 2, 2.1, 1], [3, 2, 2.1, 1], "down"),
        ([1, 3, 1], [1, 3, 1], "mixed"),
        ([], [1, 2], "mixed"),
        ([1, 1.001], [1, 1.001], "none"),
        ([5], [5], "none"),
    ],
)
def test_direction(ordered: list[float], everything: list[float], said: str) -> None:
    assert direction(np.array(ordered), np.array(everything)) == said


def test_a_table_of_useless_columns_has_no_drivers(binary) -> None:
    learned, data = binary
    empty = replace(data, schema=data.schema.select([]))
    assert drivers(learned, empty, WORDING, None, BUDGET) == ()
