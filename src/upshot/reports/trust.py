"""Reliability, method and limits in words."""

from __future__ import annotations

from dataclasses import dataclass

from upshot.explaining import measures
from upshot.explaining.facts import Answer, CalibrationBin
from upshot.explaining.wording import (
    cases,
    in_hundred,
    percent,
    priced,
    quoted,
    sentences,
)
from upshot.learning.outcome import Interval
from upshot.learning.task import TaskKind
from upshot.wording import comma_list, say, say_count

MOST_SAYINGS = 3
UNCHANGED = "identity"
"""The method of `upshot.learning.calibration` that leaves probabilities as they are."""


@dataclass(frozen=True)
class MetricRow:
    """One figure of the holdout beside the baseline's, with what it means."""

    name: str
    value: str
    span: str
    baseline: str
    meaning: str


def metric_rows(answer: Answer) -> tuple[MetricRow, ...]:
    """Return the holdout's figures with their ranges and the baseline's."""
    return tuple(_metric_row(name, one, answer) for name, one in answer.holdout.items())


def _metric_row(name: str, interval: Interval, answer: Answer) -> MetricRow:
    span = say("too few rows to tell")
    if interval.low is not None and interval.high is not None:
        low, high = (measures.number(name, end) for end in (interval.low, interval.high))
        span = say("{low} to {high}", low=low, high=high)
    return MetricRow(
        name=measures.label(name),
        value=measures.short(name, interval.value),
        span=span,
        baseline=measures.short(name, answer.baseline.get(name)),
        meaning=measures.meaning(name),
    )


def calibration_sayings(answer: Answer) -> tuple[str, ...]:
    """Say what became of people given a low, a middle and a high probability."""
    bins = answer.calibration
    if not bins:
        return ()
    places = sorted({0, len(bins) // 2, len(bins) - 1}, reverse=True)[:MOST_SAYINGS]
    return tuple(_saying(bins[place], answer) for place in places)


def _saying(one: CalibrationBin, answer: Answer) -> str:
    number, base = cases(one.observed)
    told: dict[str, str | int] = {
        "base": base,
        "share": percent(one.predicted),
        "number": number or say("fewer than {number}", number=1),
    }
    if answer.task.kind is TaskKind.MULTICLASS:
        return say("Of {base} answers it was {share} sure of, {number} were right.", **told)
    told |= {"unit": answer.wording.unit, "positives": answer.wording.positives}
    if number == "1":
        return say("Of {base} {unit} given {share}, {number} was among the {positives}.", **told)
    return say("Of {base} {unit} given {share}, {number} were {positives}.", **told)


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
            say(
                "The range given with each prediction is meant to hold 80 of 100 amounts. It held "
                "{number}.",
                number=in_hundred(facts.coverage),
            )
        )
    return tuple(said)


def limits(answer: Answer) -> tuple[str, ...]:
    """Say plainly what the answer cannot promise."""
    unit = answer.wording.unit
    said = [
        say("What drives a prediction goes together with the outcome; it need not cause it."),
        say(
            "It holds for {unit} like those in {file}. When products, prices or channels change, "
            "learn again from newer data.",
            unit=unit,
            file=answer.file,
        ),
    ]
    if answer.task.kind is TaskKind.BINARY:
        said.append(
            say(
                "It tells who is likely, not whom a campaign will change. To measure that, leave a "
                "random part of the list uncontacted and compare."
            )
        )
    if answer.split.scheme != "time":
        said.append(
            say(
                "It was checked on rows from the same period. The future may differ more than the "
                "ranges here say; with a date column it can be checked on later rows."
            )
        )
    if answer.drivers and answer.refitted:
        said.append(
            say(
                "The final model was fitted once more on all rows after checking. Figures come "
                "from the model before that; the final one should be at least as good."
            )
        )
    return tuple(said)


def method(answer: Answer) -> tuple[str, ...]:
    """Say how the figures were measured."""
    return (
        answer.split.sentence,
        say(
            "Every figure in this report comes from the rows set aside; the model checked on them "
            "had not seen them."
        ),
        say(
            "Ranges are 95 % ranges: were the check repeated with other rows, most results would "
            "fall inside."
        ),
    )


def target(answer: Answer) -> str:
    """Say what was predicted."""
    column = quoted(answer.task.target)
    if not answer.wording.outcome:
        return say("The target is {column}.", column=column)
    outcome = answer.wording.outcome
    return say("The target is {column}; {outcome}.", column=column, outcome=outcome)


def used(answer: Answer) -> str:
    """Say what was learned from."""
    return say(
        "{number} columns were used: {columns}.",
        number=str(len(answer.columns)),
        columns=comma_list([quoted(name) for name in answer.columns]),
    )


def recipe(answer: Answer) -> str:
    """Say what the model is made of."""
    members = say_count(
        "The model is a weighted mean of {number} candidate.",
        "The model is a weighted mean of {number} candidates.",
        len(answer.ensemble),
    )
    calibrated = ""
    if answer.calibration_method not in ("", UNCHANGED):
        calibrated = say("Its probabilities were adjusted to what really happened.")
    imitated = ""
    if answer.reasons_fidelity is not None:
        imitated = say(
            "Reasons of single rows come from a simpler imitation, which explains {share} of the "
            "differences between predictions.",
            share=percent(max(0.0, answer.reasons_fidelity)),
        )
    return sentences(members, calibrated, imitated)
