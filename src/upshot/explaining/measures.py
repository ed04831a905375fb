"""What the measures of the final test mean, in people's terms: for whoever never heard of AUC.

The registry is `MEASURES`; pages, reports and the command line all speak of a measure through it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from upshot.explaining.wording import amount
from upshot.learning.outcome import Interval
from upshot.wording import Figure, Sentence, mark, say


@dataclass(frozen=True)
class Measure:
    """How one measure is spoken of.

    Attributes
    ----------
    label : str
        What it tells, as a heading.
    meaning : str
        One sentence for the curious, with the field's own name at its end.
    clause, short : str
        Templates with `{value}`: a clause of a sentence, and a table cell.
    number : callable
        Writes a value, or a score (greater is better), as the number alone.
    """

    label: str
    meaning: str
    clause: str
    short: str
    number: Callable[[float], str]


def _hundredths(value: float) -> str:
    return Figure(f"{100 * value:.1f}")


def _percent(value: float) -> str:
    return Figure(f"{round(100 * value, 1) + 0.0:.1f} %")


def _size(value: float) -> str:
    return Figure(f"{abs(value):.3f}")


def _times(value: float) -> str:
    return Figure(f"{value:.1f}")


def _amount(value: float) -> str:
    return amount(abs(value))


MEASURES: Mapping[str, Measure] = {
    "auc": Measure(
        mark("Right order, of 100 pairs"),
        mark(
            "Take one person with the outcome and one without: how often does the one with the "
            "outcome get the higher score? 50 of 100 is a coin toss, 100 is perfect. (Area under "
            "the ROC curve.)"
        ),
        mark("it puts {value} of 100 pairs in the right order"),
        mark("{value} of 100"),
        _hundredths,
    ),
    "average_precision": Measure(
        mark("Hits near the top"),
        mark(
            "How clean the top of the list is, averaged over every length of list. (Average "
            "precision.)"
        ),
        mark("{value} of 100 near the top of the list are hits"),
        mark("{value} of 100"),
        _hundredths,
    ),
    "log_loss": Measure(
        mark("Honesty of the chances"),
        mark(
            "How far the stated chances are from what happened; closer to 0 is better. (Log loss.)"
        ),
        mark("its chances miss by {value} on average"),
        mark("{value} off"),
        _size,
    ),
    "brier": Measure(
        mark("Error of the chances"),
        mark(
            "The squared distance between stated chances and what happened; 0 is perfect. (Brier "
            "score.)"
        ),
        mark("the squared error of its chances is {value}"),
        mark("{value}"),
        _size,
    ),
    "top_decile_lift": Measure(
        mark("Hits in the top tenth"),
        mark(
            "How many times as many hits are in the top tenth as in a tenth picked at random. (Top "
            "decile lift.)"
        ),
        mark("its top tenth holds {value} times as many hits as one picked at random"),
        mark("{value} times"),
        _times,
    ),
    "accuracy": Measure(
        mark("Right, of 100"),
        mark("How many rows get the right outcome. (Accuracy.)"),
        mark("it gets {value} of 100 right"),
        mark("{value} of 100"),
        _hundredths,
    ),
    "macro_f1": Measure(
        mark("Found and right, every outcome counted alike"),
        mark(
            "Balances finding every row of an outcome with being right about it; 100 is perfect. "
            "(Macro F1.)"
        ),
        mark("it scores {value} of 100, counting every outcome alike"),
        mark("{value} of 100"),
        _hundredths,
    ),
    "rmse": Measure(
        mark("Typical error, large ones counted more"),
        mark(
            "How far predicted amounts are from the true ones, in the unit of the amount. One "
            "large error counts more than several small ones. (Root mean squared error.)"
        ),
        mark("it is typically off by {value}"),
        mark("{value} off"),
        _amount,
    ),
    "mae": Measure(
        mark("Average error"),
        mark(
            "How far a predicted amount is from the true one on average, in the unit of the "
            "amount. (Mean absolute error.)"
        ),
        mark("it is off by {value} on average"),
        mark("{value} off"),
        _amount,
    ),
    "r2": Measure(
        mark("Differences explained"),
        mark(
            "How much of the difference between amounts the prediction accounts for. 0 % is no "
            "better than the average, 100 % is perfect. (R².)"
        ),
        mark("it explains {value} of the differences"),
        mark("{value}"),
        _percent,
    ),
}


def label(name: str) -> str:
    """Heading for a measure."""
    return say(MEASURES[name].label)


def meaning(name: str) -> str:
    """One sentence that explains a measure."""
    return say(MEASURES[name].meaning)


def number(name: str, value: float) -> str:
    """A value of a measure as the number alone.

    Parameters
    ----------
    name : str
        A key of `MEASURES`.
    value : float
        In the measure's own direction, or as a score (greater is better).
    """
    return MEASURES[name].number(value)


def clause(name: str, value: float) -> str:
    """A value as a clause: "it puts 81.2 of 100 pairs in the right order"."""
    return Sentence(MEASURES[name].clause, {"value": number(name, value)})


def short(name: str, value: float | None) -> str:
    """A value as a table cell: "81.2 of 100"; empty when there is none."""
    if value is None:
        return ""
    return Sentence(MEASURES[name].short, {"value": number(name, value)})


def ranged(name: str, interval: Interval) -> str:
    """A value with its range: "81.2 of 100, probably between 79.0 and 83.1"."""
    value = short(name, interval.value)
    if interval.low is None or interval.high is None:
        return value
    return say(
        "{value}, probably between {low} and {high}",
        value=value,
        low=number(name, interval.low),
        high=number(name, interval.high),
    )
