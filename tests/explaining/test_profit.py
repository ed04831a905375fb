import json

import numpy as np
import pytest

from upshot.errors import QuestionProblem
from upshot.explaining.facts import ProfitFacts
from upshot.explaining.profit import profit
from upshot.explaining.ranking import gains
from upshot.jsonable import dumps, from_jsonable

TARGET = np.r_[np.ones(40), np.zeros(160)]
CURVE = gains(TARGET, np.linspace(1, 0, 200))


def test_the_best_cut_off_stops_where_people_no_longer_pay() -> None:
    facts = profit(CURVE, cost_per_contact=1, value_per_conversion=10)
    assert facts.best is not None
    assert facts.best.share == 0.2
    assert facts.best.profit == pytest.approx(40 * 10 - 40)
    assert facts.everyone.profit == pytest.approx(40 * 10 - 200)
    assert facts.nobody == 0


def test_more_people_scale_the_money_and_not_the_cut_off() -> None:
    facts = profit(CURVE, 1, 10, people=2_000)
    assert facts.best.share == 0.2
    assert facts.best.contacted == 400
    assert facts.best.profit == pytest.approx(3_600)


def test_it_says_so_when_no_cut_off_pays() -> None:
    facts = profit(CURVE, 10, 5)
    assert facts.best is None
    assert facts.sentence.startswith("No cut-off pays")
    assert all(point.loss_chance == 1.0 for point in facts.points)


def test_every_profit_lies_in_its_range() -> None:
    facts = profit(CURVE, 2, 10)
    assert all(point.low <= point.profit <= point.high for point in facts.points)
    assert facts.points[-1].loss_chance == pytest.approx(0.5, abs=0.1)


def test_contacts_that_cost_nothing_never_lose_money() -> None:
    assert all(point.loss_chance == 0 for point in profit(CURVE, 0, 5).points)


@pytest.mark.parametrize(
    ("cost", "value", "people"), [(-1, 5, None), (1, -5, None), (float("nan"), 5, None), (1, 5, 0)]
)
def test_impossible_figures_are_refused(cost: float, value: float, people: int | None) -> None:
    with pytest.raises(QuestionProblem):
        profit(CURVE, cost, value, people)


def test_profit_facts_survive_json() -> None:
    facts = profit(CURVE, 1, 10)
    assert from_jsonable(json.loads(dumps(facts)), ProfitFacts) == facts


def test_a_capacity_limits_the_best_cut_off() -> None:
    facts = profit(CURVE, 1, 10, people=2_000, capacity=200)
    assert facts.best.contacted == 200
    assert facts.limited
    assert not profit(CURVE, 1, 10, people=2_000, capacity=1_000).limited


def test_sums_carry_the_currency_and_the_risk_is_told() -> None:
    facts = profit(CURVE, 1, 10, currency="€")
    assert "€360" in facts.sentence
    assert facts.loss_sentence == "The chance that it loses money is under 1 in 100."


def test_an_answer_of_an_earlier_release_has_ranges_too() -> None:
    from dataclasses import replace

    facts = profit(replace(CURVE, spread=()), 2, 10)
    assert all(point.low <= point.profit <= point.high for point in facts.points)
    assert facts.points[-1].loss_chance == pytest.approx(0.5, abs=0.1)
