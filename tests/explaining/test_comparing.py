import json

import numpy as np

from upshot.explaining.comparing import ComparedFacts, compare_models
from upshot.jsonable import dumps, from_jsonable
from upshot.learning.task import Task, TaskKind

BINARY = Task(TaskKind.BINARY, "bought", ("no", "yes"))


def ranked(rows: int = 1_000):
    rng = np.random.default_rng(2)
    chance = rng.beta(1, 4, rows)
    return (rng.random(rows) < chance).astype(np.int64), chance, rng


def test_the_clearly_better_model_is_named() -> None:
    target, chance, rng = ranked()
    facts = compare_models(BINARY, target, rng.random(len(target)), chance)
    assert facts.better == "newer"
    assert facts.reach_newer > facts.reach_older
    assert facts.metrics[0].name == "auc"
    assert compare_models(BINARY, target, chance, rng.random(len(target))).better == "older"


def test_a_difference_within_noise_is_a_tie() -> None:
    target, chance, rng = ranked()
    noisy = np.clip(chance + rng.normal(0, 0.01, len(chance)), 0, 1)
    facts = compare_models(BINARY, target, chance, noisy)
    assert facts.better == "tie"
    assert "may be chance" in facts.advice


def test_few_outcomes_are_too_little() -> None:
    target, chance, _ = ranked(40)
    target[:] = 0
    target[:3] = 1
    assert compare_models(BINARY, target, chance, chance).better == "too-little"


def test_amounts_and_classes_are_compared_in_their_own_words() -> None:
    rng = np.random.default_rng(0)
    truth = rng.normal(100, 20, 300)
    amounts = Task(TaskKind.REGRESSION, "spent")
    facts = compare_models(amounts, truth, np.full(300, 100.0), truth + rng.normal(0, 2, 300), "€")
    assert facts.better == "newer"
    assert "€" in facts.sentence
    codes = rng.integers(0, 3, 300)
    sure = np.eye(3)[codes] * 0.9 + 0.1 / 3
    classes = Task(TaskKind.MULTICLASS, "plan", ("a", "b", "c"))
    facts = compare_models(classes, codes, np.full((300, 3), 1 / 3), sure)
    assert facts.better == "newer"
    assert facts.sentence.startswith("On the same 300 rows, the newer one is right in 100 %")


def test_facts_survive_json() -> None:
    target, chance, rng = ranked()
    facts = compare_models(BINARY, target, rng.random(len(target)), chance)
    assert from_jsonable(json.loads(dumps(facts)), ComparedFacts) == facts
