"""Reliability, method and limits in words."""

from __future__ import annotations

from dataclasses import dataclass

from upshot.explaining.facts import Answer, CalibrationBin
from upshot.explaining.wording import amount, of_hundred, percent, priced
from upshot.learning.outcome import Interval
from upshot.learning.task import TaskKind
from upshot.wording import say

MOST_SAYINGS = 3


@dataclass(frozen=True)
class MetricRow:
    """One figure of the holdout beside the baseline's, with what it means."""

    name: str
    value: str
    span: str
    baseline: str
    meaning: str


@dataclass(frozen=True)
class _Gloss:
    name: str
    meaning: str
    shares: bool = False


GLOSSES = {
    "auc": _Gloss("Ranking (AUC)", "How many of 100 mixed pairs are put in the right order.", True),
    "average_precision": _Gloss(
        "Average precision", "How many of those at the top of the list have the outcome.", True
    ),
    "log_loss": _Gloss("Log-loss", "How far the probabilities are off; lower is better."),
    "brier": _Gloss("Brier score", "Mean squared error of the probabilities; lower is better."),
    "top_decile_lift": _Gloss(
        "Lift of the top tenth", "How many times as many as at random are in the top tenth."
    ),
    "accuracy": _Gloss("Right answers", "How many of 100 are called right.", True),
    "macro_f1": _Gloss(
        "Macro F1", "Balance of finding each outcome and being right about it; 1 is perfect."
    ),
    "rmse": _Gloss("Root mean squared error", "Typical error, large ones count more."),
    "mae": _Gloss("Mean error", "How far predictions are off on average."),
    "r2": _Gloss("Explained differences (R²)", "Share of the differences it explains.", True),
}


def metric_rows(answer: Answer) -> tuple[MetricRow, ...]:
    """Return the holdout's figures with their ranges and the baseline's."""
    return tuple(_metric_row(name, one, answer) for name, one in answer.holdout.items())


def _metric_row(name: str, interval: Interval, answer: Answer) -> MetricRow:
    gloss = GLOSSES.get(name, _Gloss(name.replace("_", " ").capitalize(), ""))
    say = percent if gloss.shares else _digits
    span = "too few rows to tell"
    if interval.low is not None and interval.high is not None:
        span = f"{say(interval.low)} to {say(interval.high)}"
    before = answer.baseline.get(name)
    baseline = "" if before is None else say(before)
    return MetricRow(gloss.name, say(interval.value), span, baseline, gloss.meaning)


def _digits(value: float) -> str:
    return amount(value) if abs(value) >= 10 else f"{value:.3g}"


def calibration_sayings(answer: Answer) -> tuple[str, ...]:
    """Say what became of people given a low, a middle and a high probability."""
    bins = answer.calibration
    if not bins:
        return ()
    places = sorted({0, len(bins) // 2, len(bins) - 1}, reverse=True)[:MOST_SAYINGS]
    return tuple(_saying(bins[place], answer) for place in places)


def _saying(one: CalibrationBin, answer: Answer) -> str:
    observed = of_hundred(one.observed)
    number = observed.split(" of ")[0]
    base = observed.split(" of ")[1]
    if answer.task.kind is TaskKind.MULTICLASS:
        return f"Of {base} answers it was {percent(one.predicted)} sure of, {number} were right."
    were = "was among the" if number == "1" else "were"
    return (
        f"Of {base} {answer.wording.unit} given {percent(one.predicted)}, "
        f"{number} {were} {answer.wording.positives}."
    )


def amount_sayings(answer: Answer) -> tuple[str, ...]:
    """Say how far predicted amounts are off and how often the range holds."""
    facts = answer.amounts
    if facts is None:
        return ()
    currency = answer.wording.currency
    said = [
        say(
            "The average amount is {mean}. A prediction is off by {error} on average; always "
            "guessing the average would be off by {baseline}.",
            mean=priced(facts.mean, currency),
            error=priced(facts.typical_error, currency),
            baseline=priced(facts.baseline_error, currency),
        )
    ]
    if facts.coverage is not None:
        said.append(
            "The range given with each prediction is meant to hold 80 of 100 amounts. "
            f"It held {facts.coverage * 100:.0f}."
        )
    return tuple(said)


def limits(answer: Answer) -> tuple[str, ...]:
    """Say plainly what the answer cannot promise."""
    unit = answer.wording.unit
    said = [
        "What drives a prediction goes together with the outcome; it need not cause it.",
        (
            f"It holds for {unit} like those in {answer.file}. When products, prices or channels "
            "change, learn again from newer data."
        ),
    ]
    if answer.task.kind is TaskKind.BINARY:
        said.append(
            "It tells who is likely, not whom a campaign will change. To measure that, leave a "
            "random part of the list uncontacted and compare."
        )
    if answer.split.scheme != "time":
        said.append(
            "It was checked on rows from the same period. The future may differ more than the "
            "ranges here say; with a date column it can be checked on later rows."
        )
    if answer.drivers and answer.refitted:
        said.append(
            "The final model was fitted once more on all rows after checking. Figures come from "
            "the model before that; the final one should be at least as good."
        )
    return tuple(said)


def method(answer: Answer) -> tuple[str, ...]:
    """Say how the figures were measured."""
    return (
        answer.split.sentence,
        (
            "Every figure in this report comes from the rows set aside; the model checked on them "
            "had not seen them."
        ),
        (
            "Ranges are 95 % ranges: were the check repeated with other rows, most results would "
            "fall inside."
        ),
    )


def recipe(answer: Answer) -> str:
    """Say what the model is made of."""
    members = len(answer.ensemble)
    things = "candidate" if members == 1 else "candidates"
    said = (
        f"The model is a weighted mean of {members} {things}. "
        f"Its predictions are calibrated by: {answer.calibration_method}."
    )
    if answer.reasons_fidelity is not None:
        said += (
            " Reasons of single rows come from a simpler imitation that follows the model with R² "
            f"{answer.reasons_fidelity:.2f}."
        )
    return said
