import json
import re
from dataclasses import replace

import numpy as np
import pytest

from upshot.budget import Budget
from upshot.explaining.surrogate import Surrogate, fit_surrogate
from upshot.learning.state import State

from .conftest import KnowingModel, pull, shop

BUDGET = Budget(seconds=None, cores=1)


@pytest.fixture(scope="module")
def imitation(binary) -> Surrogate:
    learned, data = binary
    return fit_surrogate(learned.model, data, BUDGET)


def test_it_follows_the_model_on_rows_it_has_not_seen(imitation) -> None:
    assert imitation.fidelity > 0.9
    fresh = shop(300, seed=9)
    assert np.corrcoef(imitation.predict(fresh), pull(fresh))[0, 1] > 0.95


def test_reasons_name_the_columns_that_count(imitation) -> None:
    rows = imitation.reasons(shop(50, seed=9), 3)
    assert len(rows) == 50
    assert all(len(row) <= 3 for row in rows)
    everything = " ".join(phrase for row in rows for phrase in row)
    assert "`plan` is Month-to-month (raises)" in everything
    assert "`plan` is Two year (lowers)" in everything
    assert "`noise`" not in " ".join(row[0] for row in rows)


def test_every_reason_reads_the_same_way(imitation) -> None:
    shape = re.compile(r"^`[^`]+` is .+ \((raises|lowers)\)$")
    for row in imitation.reasons(shop(80, seed=3), 2):
        assert all(shape.match(phrase) for phrase in row)


def test_a_missing_cell_is_called_missing(imitation) -> None:
    rows = shop(20, seed=5)
    rows["tenure"] = np.nan
    told = " ".join(phrase for row in imitation.reasons(rows, 5) for phrase in row)
    assert "`tenure` is missing" in told


def test_contributions_add_up_to_the_prediction(imitation) -> None:
    rows = shop(60, seed=2)
    contributions, _ = imitation.contributions(rows)
    gap = imitation.predict(rows) - contributions.sum(axis=1)
    assert np.ptp(gap) < 1e-6


def test_its_state_is_json_and_a_native_model(imitation) -> None:
    state = imitation.state()
    values = json.loads(json.dumps(state.values))
    again = Surrogate.from_state(State(values, {}, state.blobs))
    rows = shop(40, seed=4)
    assert again.reasons(rows, 3) == imitation.reasons(rows, 3)
    assert again.fidelity == imitation.fidelity
    assert state.blobs["model.cbm"][:4] == b"CBM1"


def test_unseen_levels_and_no_rows_are_no_trouble(imitation) -> None:
    rows = shop(5, seed=1)
    rows["plan"] = rows["plan"].cat.rename_categories({"Two year": "Ten years"})
    assert len(imitation.reasons(rows, 2)) == 5
    assert imitation.reasons(rows.iloc[:0], 2) == []


def test_several_outcomes_are_explained_for_the_class_predicted(multiclass) -> None:
    learned, data = multiclass
    imitation = fit_surrogate(learned.model, data, BUDGET)
    assert imitation.fidelity > 0.8
    told = " ".join(phrase for row in imitation.reasons(shop(60), 2) for phrase in row)
    assert "(for Basic)" in told


def test_amounts_are_imitated_in_their_unit(regression) -> None:
    learned, data = regression
    imitation = fit_surrogate(learned.model, data, BUDGET)
    assert imitation.fidelity > 0.9
    assert np.median(imitation.predict(shop(100))) == pytest.approx(160, abs=40)


def test_the_same_seed_gives_the_same_imitation(binary, imitation) -> None:
    learned, data = binary
    again = fit_surrogate(learned.model, data, BUDGET)
    rows = shop(30)
    assert (again.predict(rows) == imitation.predict(rows)).all()


def test_time_cuts_boosting_short(binary) -> None:
    learned, data = binary
    hurried = fit_surrogate(learned.model, data, Budget(seconds=60, cores=1), seconds=1e-3)
    assert hurried is not None


def test_a_model_that_always_says_the_same_has_no_reasons(binary) -> None:
    _, data = binary
    constant = KnowingModel(data.task, lambda features: np.full(len(features), 0.3))
    assert fit_surrogate(constant, data, BUDGET) is None


def test_a_handful_of_rows_has_no_reasons(binary) -> None:
    learned, data = binary
    few = replace(data, features=data.features.iloc[:20], target=data.target[:20])
    assert fit_surrogate(learned.model, few, BUDGET) is None
