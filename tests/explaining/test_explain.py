import json
import time
from dataclasses import replace

import pytest

from upshot.budget import Budget
from upshot.errors import Note
from upshot.explaining.explain import AnswerContext, explain
from upshot.explaining.facts import Answer
from upshot.jsonable import dumps, from_jsonable

from .conftest import WORDING, KnowingModel, probability

CONTEXT = AnswerContext(
    question="who-will",
    file="shop.csv",
    rows=1_500,
    created="2026-01-02T03:04:05+00:00",
    seconds=12.3,
    seed=0,
    cores=1,
    notes=(Note("leak-suspect", "It leaks.", "plan", "Ignore it.", "warning"),),
)


def answered(case, seconds: float | None = None) -> Answer:
    learned, data = case
    budget = Budget(seconds=seconds, cores=1)
    return explain(learned, data, wording=WORDING, context=CONTEXT, budget=budget)


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
def test_an_answer_is_complete_and_survives_json(kind: str, request) -> None:
    answer = answered(request.getfixturevalue(kind))
    assert from_jsonable(json.loads(dumps(answer)), Answer) == answer
    assert (answer.gains is not None) == (kind == "binary")
    assert (answer.amounts is not None) == (kind == "regression")
    assert bool(answer.classes) == (kind == "multiclass")
    assert bool(answer.deciles) == (kind != "multiclass")
    assert answer.drivers
    assert answer.reasons_fidelity > 0.8
    assert answer.warnings[0].code == "leak-suspect"


def test_the_same_run_gives_the_same_answer(binary) -> None:
    assert answered(binary) == answered(binary)


def test_a_slow_model_is_explained_in_time(binary) -> None:
    learned, data = binary

    def slowly(features):
        time.sleep(0.02 + 0.0005 * len(features))
        return probability(features)

    slow = replace(learned, model=KnowingModel(data.task, slowly))
    started = time.monotonic()
    answer = answered((slow, data), seconds=5.0)
    assert time.monotonic() - started < 4.5
    assert answer.drivers[0].column == "plan"
    assert answer.drivers[0].effects


def test_it_keeps_to_its_share_of_the_time(binary) -> None:
    started = time.monotonic()
    answered(binary, seconds=2.0)
    assert time.monotonic() - started < 2.0
