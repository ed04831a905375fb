from dataclasses import replace

import numpy as np
import pytest

from upshot.explaining.ranking import deciles, gains
from upshot.explaining.reliability import amount_facts
from upshot.explaining.verdict import amount_verdict, binary_verdict, classes_verdict, recommended
from upshot.learning.metrics import intervals
from upshot.learning.outcome import Holdout, Learned
from upshot.learning.task import LearningData

from .conftest import WORDING


def with_predictions(learned: Learned, predictions, target=None) -> Learned:
    target = learned.holdout.target if target is None else target
    holdout = Holdout(learned.holdout.rows, target, predictions, learned.holdout.baseline)
    metrics = intervals(learned.task, target, predictions, seed=0)
    return replace(learned, holdout=holdout, metrics=metrics)


def judged(learned: Learned):
    curve = gains(learned.holdout.target, learned.holdout.predictions)
    return binary_verdict(learned, curve, (), WORDING)


def test_a_useful_ranking_says_whom_to_contact(binary) -> None:
    verdict = judged(binary[0])
    assert verdict.level == "good"
    assert verdict.sentence.startswith("Contact the top 25 %: that reaches 49 % of leavers, 1.9")
    assert verdict.share == 0.25
    assert verdict.actions


def test_a_coin_has_nothing_to_say(binary) -> None:
    learned = binary[0]
    coin = np.random.default_rng(0).uniform(0.2, 0.4, len(learned.holdout.target))
    assert judged(with_predictions(learned, coin)).level == "nothing"


def test_a_constant_has_nothing_to_say(binary) -> None:
    learned = binary[0]
    assert judged(with_predictions(learned, learned.holdout.baseline)).level == "nothing"


def test_a_cut_that_may_reach_no_more_than_chance_is_not_recommended(binary) -> None:
    """Clearly above a coin by its AUC, and still of no use: the Zoho leads gave such a case."""
    learned = binary[0]
    rng = np.random.default_rng(1)
    target = (rng.random(20_000) < 0.93).astype(int)
    seen = 0.18 * target + rng.standard_normal(len(target))
    faint = 1 / (1 + np.exp(-(np.log(0.93 / 0.07) + 0.18 * seen - 0.18**2 / 2)))
    wide = replace(learned.holdout, baseline=np.full(len(target), 0.93))
    found = with_predictions(replace(learned, holdout=wide), faint, target)
    assert found.metrics["auc"].low > 0.5
    assert judged(found).level == "nothing"


def test_a_handful_of_positives_is_too_little(binary) -> None:
    learned = binary[0]
    target = np.zeros_like(learned.holdout.target)
    target[:4] = 1
    verdict = judged(with_predictions(learned, learned.holdout.predictions, target))
    assert verdict.level == "too-little"
    assert "only 4 of the 750 customers" in verdict.sentence


def test_a_handful_of_others_is_too_little_too(binary) -> None:
    learned = binary[0]
    target = np.ones_like(learned.holdout.target)
    target[:3] = 0
    verdict = judged(with_predictions(learned, learned.holdout.predictions, target))
    assert "only 3 of the 750 customers set aside for checking are not leavers" in verdict.sentence


def test_a_perfect_ranking_is_suspicious(binary) -> None:
    learned = binary[0]
    leaked = np.where(learned.holdout.target == 1, 0.95, 0.05)
    verdict = judged(with_predictions(learned, leaked))
    assert verdict.suspicious
    assert verdict.sentence.startswith("Too good to be true: some column probably gives")
    assert verdict.actions[0].startswith("Check the columns before anything else")


def test_the_cut_off_recommended_is_a_round_share(binary) -> None:
    learned = binary[0]
    point = recommended(gains(learned.holdout.target, learned.holdout.predictions))
    assert round(point.share * 100) % 5 == 0


def amounts_judged(learned: Learned):
    facts = amount_facts(learned, np.random.default_rng(0))
    found = deciles(learned.holdout.target, learned.holdout.predictions)
    return amount_verdict(learned, facts, found, ())


def test_amounts_are_judged_in_their_unit(regression) -> None:
    verdict = amounts_judged(regression[0])
    assert verdict.level == "good"
    assert "off by 15.8 on average" in verdict.sentence
    assert "The top tenth by prediction holds 16 % of the total." in verdict.sentence


def test_guessing_the_average_is_nothing(regression) -> None:
    learned = regression[0]
    assert amounts_judged(with_predictions(learned, learned.holdout.baseline)).level == "nothing"


def test_exact_amounts_are_suspicious(regression) -> None:
    learned = regression[0]
    assert amounts_judged(with_predictions(learned, learned.holdout.target * 1.001)).suspicious


def test_classes_are_compared_with_the_most_frequent(
    multiclass: tuple[Learned, LearningData],
) -> None:
    learned, data = multiclass
    verdict = classes_verdict(data.task, learned.holdout, ())
    assert verdict.sentence == (
        "Right in 71 of 100 cases, against 67 by always guessing the most frequent (`Basic`)."
    )
    assert verdict.level in ("good", "modest")


def test_always_guessing_the_most_frequent_is_nothing(multiclass) -> None:
    learned, data = multiclass
    lazy = with_predictions(learned, learned.holdout.baseline)
    assert classes_verdict(data.task, lazy.holdout, ()).level == "nothing"


@pytest.mark.parametrize("rows", [5, 20])
def test_few_rows_are_too_little(regression, rows: int) -> None:
    learned = regression[0]
    holdout = learned.holdout
    few = replace(
        learned,
        holdout=Holdout(
            holdout.rows[:rows],
            holdout.target[:rows],
            holdout.predictions[:rows],
            holdout.baseline[:rows],
        ),
    )
    assert amounts_judged(few).level == "too-little"


def test_when_nearly_all_are_positive_it_advises_to_ask_the_other_way(binary) -> None:
    learned, _ = binary
    rng = np.random.default_rng(0)
    rows = len(learned.holdout.target)
    said = np.clip(rng.normal(0.9, 0.15, rows), 0.01, 0.99)
    target = (rng.random(rows) < said).astype(np.int64)
    verdict = judged(with_predictions(learned, said, target))
    assert verdict.ask_instead == "no"
    assert verdict.sentence.startswith("Ask the other way round: 8")
    assert any("“no”" in action for action in verdict.actions)
