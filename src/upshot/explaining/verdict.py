"""The answer in one sentence, with people or money in it, and what to do next."""

from __future__ import annotations

import numpy as np

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
    of_hundred,
    percent,
    priced,
    quoted,
    times,
)
from upshot.learning.metrics import row_losses
from upshot.learning.outcome import Holdout, Interval, Learned
from upshot.learning.task import Task, TaskKind
from upshot.wording import say

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
    sentence = (
        f"Contact the top {percent(point.share)}: that reaches {percent(point.reach)} of "
        f"{wording.positives}, {times(point.lift)} as many as picking at random."
    )
    reasons = (
        (
            f"Measured on {count(gains.rows)} {wording.unit} the model had not seen, "
            f"{count(gains.positives)} {wording.positives} among them; with so many, the reach "
            f"lies {between(point.reach_low, point.reach_high)}."
        ),
        _pairs_sentence(auc, wording),
        *_suspicion(suspicious, drivers),
    )
    actions = (
        *_check_first(suspicious, drivers),
        (
            "Score your current list and sort it by probability; the top "
            f"{percent(point.share)} begin at a probability of {percent(point.threshold)}."
        ),
        f"In that group expect about {of_hundred(point.precision)} to be {wording.positives}.",
        (
            "Leave a small random part of the list uncontacted, so that you can see afterwards "
            "what the campaign itself has moved."
        ),
    )
    level = "good" if good else "modest"
    sentence = _doubted(suspicious, drivers) + sentence
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
    rarer = wording.positives if gains.positives <= others else f"not {wording.positives}"
    return Verdict(
        "too-little",
        f"Too little to tell: only {count(min(gains.positives, others))} of the "
        f"{count(gains.rows)} {wording.unit} set aside for checking are {rarer}.",
        (f"With fewer than {FEWEST_POSITIVES} of either outcome any figure would be chance.",),
        actions=("Add rows until at least 50 to 100 of each outcome are in the file.",),
    )


def _is_weak(auc: Interval) -> bool:
    """Whether the ranking may be next to useless; then the advised cut must beat random picking."""
    return (auc.low if auc.low is not None else auc.value) < WEAK_AUC


def _nothing_to_rank(auc: Interval, wording: Wording) -> Verdict:
    return Verdict(
        "nothing",
        f"These columns do not tell {wording.positives} from the others better than chance.",
        (_pairs_sentence(auc, wording) + " Tossing a coin gives 50.",),
        actions=(
            "Add columns about what people did before the outcome: visits, purchases, replies.",
            "Until then, choose whom to contact by other means; this ranking will not help.",
        ),
    )


def _pairs_sentence(auc: Interval, wording: Wording) -> str:
    span = ""
    if auc.low is not None and auc.high is not None:
        span = f" (between {auc.low * 100:.0f} and {auc.high * 100:.0f})"
    return (
        f"Of 100 pairs of one of the {wording.positives} and one of the others, the model puts "
        f"the right one first in {auc.value * 100:.0f}{span}."
    )


def _gain(holdout: Holdout, kind: TaskKind) -> Interval:
    """Loss spared per row by not using the baseline, with its 95 % interval."""
    plain = row_losses(holdout.target, holdout.baseline, kind)
    return mean_interval(plain - row_losses(holdout.target, holdout.predictions, kind))


def _surely_positive(gain: Interval) -> bool:
    return (gain.value if gain.low is None else gain.low) > 0


def _suspicion(suspicious: bool, drivers: tuple[Driver, ...]) -> tuple[str, ...]:
    if not suspicious:
        return ()
    where = f" Look first at {quoted(drivers[0].column)}." if drivers else ""
    return (
        (
            "Results like this nearly always come from a column that became known only after the "
            f"outcome.{where}"
        ),
    )


def _doubted(suspicious: bool, drivers: tuple[Driver, ...]) -> str:
    if not suspicious:
        return ""
    what = quoted(drivers[0].column) if drivers else "some column"
    return f"Too good to be true: {what} probably gives the outcome away. If it does not: "


def _check_first(suspicious: bool, drivers: tuple[Driver, ...]) -> tuple[str, ...]:
    if not suspicious:
        return ()
    what = quoted(drivers[0].column) if drivers else "the columns"
    return (f"Check {what} before anything else; if in doubt, leave it out and learn again.",)


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
            "These columns predict the amount no better than always guessing the average.",
            (f"Either way the guess is off by about {priced(facts.baseline_error, currency)}.",),
            actions=("Add columns about earlier purchases or use; they usually tell most.",),
        )
    top = deciles[0] if deciles else None
    holds = top is not None and 0 < top.cumulative_reach <= 1
    sentence = (
        f"Predictions are off by {priced(facts.typical_error, currency)} on average; always "
        f"guessing the average would be off by {priced(facts.baseline_error, currency)}."
    )
    if top is not None and holds:
        sentence += (
            f" The top tenth by prediction holds {percent(top.cumulative_reach)} of the total."
        )
    suspicious = r2 > TOO_GOOD
    reasons = (
        f"Measured on {count(len(holdout.target))} rows the model had not seen.",
        f"The model explains {percent(max(r2, 0))} of the differences between amounts.",
        *_suspicion(suspicious, drivers),
    )
    actions: tuple[str, ...] = (
        *_check_first(suspicious, drivers),
        "Spend your time and budget from the top of the predicted amounts downwards.",
    )
    if facts.coverage is not None:
        actions += (
            (
                "Plan with the range, not the single figure: it is meant to hold 80 of 100 amounts "
                f"and held {facts.coverage * 100:.0f}."
            ),
        )
    level = "good" if r2 >= GOOD_R2 or spared >= GOOD_ERRORS_SPARED else "modest"
    sentence = _doubted(suspicious, drivers) + sentence
    return Verdict(level, sentence, reasons, suspicious, actions)


def _too_few_rows(rows: int) -> Verdict:
    return Verdict(
        "too-little",
        f"Too little to tell: only {count(rows)} rows could be set aside for checking.",
        ("With so few rows any figure would be chance.",),
        actions=("Add rows until there are at least a few hundred.",),
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
    compared = (
        f"against {plain.mean() * 100:.0f} by always guessing the most frequent "
        f"({quoted(most_frequent)})"
    )
    if not _surely_positive(gain) and right.mean() <= plain.mean():
        return Verdict(
            "nothing",
            "These columns do not tell the outcomes apart better than always guessing the most "
            "frequent one.",
            (f"Right in {right.mean() * 100:.0f} of 100 cases, {compared}.",),
            actions=("Add columns about what people did before the outcome.",),
        )
    suspicious = float(right.mean()) > TOO_GOOD and float(plain.mean()) < 0.9
    reasons = (
        (
            f"Measured on {count(rows)} rows the model had not seen; with so many, it is right in "
            f"{low * 100:.0f} to {high * 100:.0f} of 100."
        ),
        *_suspicion(suspicious, drivers),
    )
    wrong = 1 - float(plain.mean())
    spared = (float(right.mean()) - float(plain.mean())) / wrong if wrong else 0.0
    return Verdict(
        "good" if spared >= GOOD_ERRORS_SPARED else "modest",
        f"{_doubted(suspicious, drivers)}Right in {right.mean() * 100:.0f} of 100 cases, "
        f"{compared}.",
        reasons,
        suspicious,
        (
            *_check_first(suspicious, drivers),
            "Act on the outcomes the model is sure of; check the others by hand.",
        ),
    )
