"""The answer in one sentence, with people or money in it, and what to do next."""

from __future__ import annotations

import numpy as np

from upshot.explaining.doubts import check_first, doubted, suspicion
from upshot.explaining.facts import (
    AmountFacts,
    Decile,
    Driver,
    Gains,
    GainsPoint,
    Verdict,
    Wording,
)
from upshot.explaining.intervals import mean_interval, wilson
from upshot.explaining.ranking import point_at
from upshot.explaining.wording import (
    between,
    count,
    in_hundred,
    of_hundred,
    percent,
    priced,
    quoted,
    sentences,
    times,
)
from upshot.learning.metrics import row_losses
from upshot.learning.outcome import Holdout, Interval, Learned
from upshot.learning.task import Task, TaskKind
from upshot.wording import mark, say

FEWEST_POSITIVES = 10
FEWEST_ROWS = 30
CUTS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
CLOSE_TO_BEST = 0.75
TOO_GOOD = 0.98
GOOD_AUC, GOOD_LIFT, GOOD_R2 = 0.75, 2.0, 0.3
WEAK_AUC = 0.55
NEARLY_ALL = 0.8
"""Beyond this share of positives even a perfect ranking lifts by no more than a quarter."""
BOTTOM = 0.1
GOOD_ERRORS_SPARED = 0.25


def recommended(gains: Gains) -> GainsPoint:
    """Choose the cut-off to recommend when costs are not known.

    The smallest round share that gives three quarters of the largest advantage over random
    picking, reach minus share (Youden's J in the language of a gains curve): the point of the
    largest advantage itself is nearly always a far longer list than anybody wants to contact.
    """
    points = [point_at(gains, cut) for cut in CUTS]
    best = max(point.reach - point.share for point in points)
    return next(p for p in points if p.reach - p.share >= CLOSE_TO_BEST * best)


def binary_verdict(
    learned: Learned, gains: Gains, drivers: tuple[Driver, ...], wording: Wording
) -> Verdict:
    """Judge a ranking of people by who has the outcome."""
    rare = min(gains.positives, gains.rows - gains.positives)
    if rare < FEWEST_POSITIVES:
        return _too_little_outcomes(gains, wording)
    holdout = learned.holdout
    auc = learned.metrics["auc"]
    if (auc.low if auc.low is not None else auc.value) <= 0.5 or _gain(
        holdout, TaskKind.BINARY
    ).value <= 0:
        return _nothing_to_rank(auc, wording)
    point = recommended(gains)
    if _is_weak(auc) and point.reach_low <= point.share:
        return _nothing_to_rank(auc, wording)
    if gains.positives > NEARLY_ALL * gains.rows:
        return _ask_the_other_way(learned, gains, wording)
    suspicious = auc.value > TOO_GOOD
    good = auc.value >= GOOD_AUC or point.lift >= GOOD_LIFT
    sentence = say(
        "Contact the top {share}: that reaches {reach} of {positives}, {lift} as many as picking "
        "at random.",
        share=percent(point.share),
        reach=percent(point.reach),
        positives=wording.positives,
        lift=times(point.lift),
    )
    reasons = (
        say(
            "Measured on {rows} {unit} the model had not seen, {number} {positives} among them; "
            "with so many, the reach lies {range}.",
            rows=count(gains.rows),
            unit=wording.unit,
            number=count(gains.positives),
            positives=wording.positives,
            range=between(point.reach_low, point.reach_high),
        ),
        _pairs_sentence(auc, wording),
        *suspicion(suspicious, drivers),
    )
    actions = (
        *check_first(suspicious, drivers),
        say(
            "Score your current list and sort it by probability; the top {share} begin at a "
            "probability of {threshold}.",
            share=percent(point.share),
            threshold=percent(point.threshold),
        ),
        say(
            "In that group expect about {cases} to be {positives}.",
            cases=of_hundred(point.precision),
            positives=wording.positives,
        ),
        say(
            "Leave a small random part of the list uncontacted, so that you can see afterwards "
            "what the campaign itself has moved."
        ),
    )
    level = "good" if good else "modest"
    sentence = doubted(sentence, suspicious, drivers)
    return Verdict(level, sentence, reasons, suspicious, actions, point.share)


def _ask_the_other_way(learned: Learned, gains: Gains, wording: Wording) -> Verdict:
    """Say that a list of the likely ones is nearly everybody, and what the bottom is good for."""
    other = learned.task.classes[0]
    others = gains.rows - gains.positives
    left = point_at(gains, 1 - BOTTOM)
    # Whom the top leaves out, less the positives among them.
    found = (gains.rows - left.contacted) - (gains.positives - left.reached)
    sentence = say(
        "Ask the other way round: {share} of {unit} are {positives} anyway, so a list of likely "
        "{positives} is nearly everybody. The lowest tenth by probability holds {found} of those "
        "who are not.",
        share=of_hundred(gains.positives / gains.rows),
        unit=wording.unit,
        positives=wording.positives,
        found=percent(found / others),
    )
    reasons = (
        say(
            "Measured on {rows} {unit} the model had not seen, {others} of them not {positives}.",
            rows=count(gains.rows),
            unit=wording.unit,
            others=count(others),
            positives=wording.positives,
        ),
        _pairs_sentence(learned.metrics["auc"], wording),
    )
    actions = (
        say(
            "Ask the question again with “{other}” as the outcome you look for. The few are "
            "whom you can still do something about.",
            other=other,
        ),
        say("Until then, read the ranking from the bottom upwards."),
    )
    return Verdict("modest", sentence, reasons, False, actions, 1 - BOTTOM, other)


def _too_little_outcomes(gains: Gains, wording: Wording) -> Verdict:
    others = gains.rows - gains.positives
    few = (
        mark(
            "Too little to tell: only {number} of the {rows} {unit} set aside for checking are "
            "{positives}."
        )
        if gains.positives <= others
        else mark(
            "Too little to tell: only {number} of the {rows} {unit} set aside for checking are not "
            "{positives}."
        )
    )
    return Verdict(
        "too-little",
        say(
            few,
            number=count(min(gains.positives, others)),
            rows=count(gains.rows),
            unit=wording.unit,
            positives=wording.positives,
        ),
        (
            say(
                "With fewer than {number} of either outcome any figure would be chance.",
                number=FEWEST_POSITIVES,
            ),
        ),
        actions=(say("Add rows until at least 50 to 100 of each outcome are in the file."),),
    )


def _is_weak(auc: Interval) -> bool:
    """Whether the ranking may be next to useless; then the advised cut must beat random picking."""
    return (auc.low if auc.low is not None else auc.value) < WEAK_AUC


def _nothing_to_rank(auc: Interval, wording: Wording) -> Verdict:
    return Verdict(
        "nothing",
        say(
            "These columns do not tell {positives} from the others better than chance.",
            positives=wording.positives,
        ),
        (sentences(_pairs_sentence(auc, wording), say("Tossing a coin gives 50.")),),
        actions=(
            say(
                "Add columns about what people did before the outcome: visits, purchases, replies."
            ),
            say("Until then, choose whom to contact by other means; this ranking will not help."),
        ),
    )


def _pairs_sentence(auc: Interval, wording: Wording) -> str:
    if auc.low is None or auc.high is None:
        return say(
            "Of 100 pairs of one of the {positives} and one of the others, the model puts the "
            "right one first in {number}.",
            positives=wording.positives,
            number=in_hundred(auc.value),
        )
    return say(
        "Of 100 pairs of one of the {positives} and one of the others, the model puts the right "
        "one first in {number} (between {low} and {high}).",
        positives=wording.positives,
        number=in_hundred(auc.value),
        low=in_hundred(auc.low),
        high=in_hundred(auc.high),
    )


def _gain(holdout: Holdout, kind: TaskKind) -> Interval:
    """Loss spared per row by not using the baseline, with its 95 % interval."""
    plain = row_losses(holdout.target, holdout.baseline, kind)
    return mean_interval(plain - row_losses(holdout.target, holdout.predictions, kind))


def _surely_positive(gain: Interval) -> bool:
    return (gain.value if gain.low is None else gain.low) > 0


def amount_verdict(
    learned: Learned,
    facts: AmountFacts,
    deciles: tuple[Decile, ...],
    drivers: tuple[Driver, ...],
    currency: str = "",
) -> Verdict:
    """Judge predicted amounts against always guessing the average."""
    holdout = learned.holdout
    if len(holdout.target) < FEWEST_ROWS:
        return _too_few_rows(len(holdout.target))
    r2 = learned.metrics["r2"].value
    gain = _gain(holdout, TaskKind.REGRESSION)
    spared = 1 - facts.typical_error / facts.baseline_error if facts.baseline_error else 0.0
    if not _surely_positive(gain) and spared <= 0:
        return Verdict(
            "nothing",
            say("These columns predict the amount no better than always guessing the average."),
            (
                say(
                    "Either way the guess is off by about {error}.",
                    error=priced(facts.baseline_error, currency),
                ),
            ),
            actions=(say("Add columns about earlier purchases or use; they usually tell most."),),
        )
    suspicious = r2 > TOO_GOOD
    reasons = (
        say("Measured on {rows} rows the model had not seen.", rows=count(len(holdout.target))),
        say(
            "The model explains {share} of the differences between amounts.",
            share=percent(max(r2, 0)),
        ),
        *suspicion(suspicious, drivers),
    )
    actions = (
        *check_first(suspicious, drivers),
        say("Spend your time and budget from the top of the predicted amounts downwards."),
        *_plan_with_range(facts),
    )
    level = "good" if r2 >= GOOD_R2 or spared >= GOOD_ERRORS_SPARED else "modest"
    sentence = doubted(_errors_sentence(facts, deciles, currency), suspicious, drivers)
    return Verdict(level, sentence, reasons, suspicious, actions)


def _errors_sentence(facts: AmountFacts, deciles: tuple[Decile, ...], currency: str) -> str:
    errors = say(
        "Predictions are off by {error} on average; always guessing the average would be off by "
        "{baseline}.",
        error=priced(facts.typical_error, currency),
        baseline=priced(facts.baseline_error, currency),
    )
    if not deciles or not 0 < deciles[0].cumulative_reach <= 1:
        return errors
    top = say(
        "The top tenth by prediction holds {share} of the total.",
        share=percent(deciles[0].cumulative_reach),
    )
    return sentences(errors, top)


def _plan_with_range(facts: AmountFacts) -> tuple[str, ...]:
    if facts.coverage is None:
        return ()
    return (
        say(
            "Plan with the range, not the single figure: it is meant to hold 80 of 100 amounts and "
            "held {number}.",
            number=in_hundred(facts.coverage),
        ),
    )


def _too_few_rows(rows: int) -> Verdict:
    return Verdict(
        "too-little",
        say(
            "Too little to tell: only {rows} rows could be set aside for checking.",
            rows=count(rows),
        ),
        (say("With so few rows any figure would be chance."),),
        actions=(say("Add rows until there are at least a few hundred."),),
    )


def classes_verdict(task: Task, holdout: Holdout, drivers: tuple[Driver, ...]) -> Verdict:
    """Judge predicted classes against always guessing the most frequent one."""
    rows = len(holdout.target)
    if rows < FEWEST_ROWS:
        return _too_few_rows(rows)
    right = holdout.predictions.argmax(axis=1) == holdout.target
    guess = holdout.baseline.argmax(axis=1)
    plain = guess == holdout.target
    gain = _gain(holdout, TaskKind.MULTICLASS)
    most_frequent = task.classes[int(np.bincount(guess).argmax())]
    low, high = wilson(float(right.sum()), rows)
    compared = say(
        "Right in {right} of 100 cases, against {guessed} by always guessing the most frequent "
        "({outcome}).",
        right=in_hundred(float(right.mean())),
        guessed=in_hundred(float(plain.mean())),
        outcome=quoted(most_frequent),
    )
    if not _surely_positive(gain) and right.mean() <= plain.mean():
        return Verdict(
            "nothing",
            say(
                "These columns do not tell the outcomes apart better than always guessing the most "
                "frequent one."
            ),
            (compared,),
            actions=(say("Add columns about what people did before the outcome."),),
        )
    suspicious = float(right.mean()) > TOO_GOOD and float(plain.mean()) < 0.9
    reasons = (
        say(
            "Measured on {rows} rows the model had not seen; with so many, it is right in {low} to "
            "{high} of 100.",
            rows=count(rows),
            low=in_hundred(low),
            high=in_hundred(high),
        ),
        *suspicion(suspicious, drivers),
    )
    wrong = 1 - float(plain.mean())
    spared = (float(right.mean()) - float(plain.mean())) / wrong if wrong else 0.0
    return Verdict(
        "good" if spared >= GOOD_ERRORS_SPARED else "modest",
        doubted(compared, suspicious, drivers),
        reasons,
        suspicious,
        (
            *check_first(suspicious, drivers),
            say("Act on the outcomes the model is sure of; check the others by hand."),
        ),
    )
