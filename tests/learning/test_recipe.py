from __future__ import annotations

import pytest

from upshot.budget import Budget
from upshot.learning.learn import learn
from upshot.learning.outcome import CandidateRecord, Member
from upshot.learning.recipe import Plan, recipe_of


def record(name: str, family: str, **params: object) -> CandidateRecord:
    return CandidateRecord(name, family, 1.0, -0.5, "done", params=params)


def test_a_recipe_names_what_the_model_is_made_of_once() -> None:
    records = (
        record("linear-first", "linear", a=1),
        record("catboost-1", "catboost", b=2),
        record("catboost-1 on all rows", "catboost", b=2),
        record("network-1", "network", c=3),
    )
    ensemble = (
        Member("linear-first", 0.2),
        Member("catboost-1 on all rows", 0.5),
        Member("catboost-1", 0.2),
        Member("baseline", 0.1),
    )
    recipe = recipe_of(records, ensemble)
    assert [one.name for one in recipe.candidates] == ["catboost-1", "linear-first"]
    assert dict(recipe.candidates[0].params) == {"b": 2}


@pytest.mark.slow
def test_learning_by_a_recipe_tries_its_candidates_alone(made_up) -> None:
    data = made_up.binary(400)
    first = learn(data, Budget(trials=3, cores=1), reserve_seconds=0)
    recipe = recipe_of(first.candidates, first.ensemble)
    again = learn(data, Budget(cores=1), reserve_seconds=0, plan=Plan(recipe=recipe))
    tried = [one for one in again.candidates if one.state == "done" and one.name != "baseline"]
    assert {one.family for one in tried} <= {one.family for one in recipe.candidates}
    assert len(tried) <= len(recipe.candidates)
    assert again.metrics["auc"].value > 0.6
