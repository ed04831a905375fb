import json

import numpy as np
import pytest

from reports.made_up import answer as made_up
from upshot.explaining.facts import Answer
from upshot.explaining.filters import Comparison, Condition, Filter
from upshot.explaining.rules import Judged, with_rule, without_rule
from upshot.jsonable import dumps, from_jsonable

RULE = Filter((Condition("score", Comparison.ABOVE, ("50",)),))


def judged(rows: int = 2_000) -> tuple[np.ndarray, np.ndarray, np.random.Generator]:
    rng = np.random.default_rng(3)
    chance = rng.beta(1, 4, rows)
    return (rng.random(rows) < chance).astype(float), chance, rng


def test_a_clearly_better_model_stays_and_the_rule_is_told() -> None:
    target, chance, rng = judged()
    answer = with_rule(made_up(), RULE, Judged(target, chance, rng.random(len(target)) < 0.2))
    assert answer.rule.better == "model"
    assert answer.rule.gain_low > 0
    assert answer.verdict.level == made_up().verdict.level
    assert answer.rule.sentence in answer.verdict.reasons


def test_on_a_tie_the_rule_is_recommended() -> None:
    target, chance, rng = judged()
    noisy = chance + rng.normal(0, 1e-3, len(chance))
    answer = with_rule(made_up(), RULE, Judged(target, chance, noisy > np.quantile(noisy, 0.8)))
    assert answer.rule.better == "tie"
    assert answer.rule.gain_low <= 0 <= answer.rule.gain_high
    assert answer.verdict.sentence.startswith("Keep your rule")
    assert "`score` is over 50" in answer.verdict.sentence


def test_a_rule_that_beats_the_model_is_kept_with_a_warning() -> None:
    target, _, rng = judged()
    answer = with_rule(made_up(), RULE, Judged(target, rng.random(len(target)), target == 1))
    assert answer.rule.better == "rule"
    assert any("before the outcome" in action for action in answer.verdict.actions)


@pytest.mark.parametrize("everybody", [True, False])
def test_a_rule_without_a_choice_is_not_compared(everybody: bool) -> None:
    target, chance, _ = judged()
    picked = np.full(len(target), everybody)
    answer = with_rule(made_up(), RULE, Judged(target, chance, picked))
    assert answer.rule.better == "none"
    assert answer.verdict.sentence == made_up().verdict.sentence


def test_the_rule_can_be_taken_away_and_survives_json() -> None:
    target, chance, _ = judged()
    answer = with_rule(made_up(), RULE, Judged(target, chance, chance > 0.3))
    assert from_jsonable(json.loads(dumps(answer)), Answer) == answer
    assert without_rule(answer) == made_up()
    again = with_rule(answer, RULE, Judged(target, chance, chance > 0.3))
    assert again == answer
