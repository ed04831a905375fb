"""Figures in people's terms: for someone who has never heard of AUC."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from upshot.learning.outcome import Interval
from upshot.wording import Figure, Sentence, say


@dataclass(frozen=True)
class MetricWords:
    """How one metric is spoken of.

    Attributes
    ----------
    label : str
        What it tells, as a table heading.
    explain : str
        One sentence for the curious.
    sentence, short, bare : callable
        A score as a clause, as a table cell, and as the number alone.
    """

    label: str
    explain: str
    sentence: Callable[[float], str]
    short: Callable[[float], str]
    bare: Callable[[float], str]


def _hundred(score: float) -> str:
    return Figure(f"{100 * score:.0f}")


def _hundred_finely(score: float) -> str:
    return Figure(f"{100 * score:.1f}")


def _of_hundred(score: float) -> str:
    return say("{score} of 100", score=_hundred_finely(score))


def _per_cent(score: float) -> str:
    return Figure(f"{100 * score:.1f} %")


def _size(score: float) -> str:
    return Figure(f"{abs(score):.3f}")


def _times(score: float) -> str:
    return Figure(f"{score:.1f}")


def _typical(score: float) -> str:
    return amount(abs(score))


RANKING = MetricWords(
    say("Right order, of 100 pairs"),
    say(
        "Take one person with the outcome and one without: how often does the one with the outcome "
        "get the higher score? 50 of 100 is a coin toss, 100 is perfect. (Area under the ROC "
        "curve.)"
    ),
    lambda score: say("it puts {score} of 100 pairs in the right order", score=_hundred(score)),
    _of_hundred,
    _hundred_finely,
)
AVERAGE_PRECISION = MetricWords(
    say("Hits near the top"),
    say(
        "How clean the top of the list is, averaged over every length of list. (Average precision.)"
    ),
    lambda score: say("{score} of 100 near the top of the list are hits", score=_hundred(score)),
    _of_hundred,
    _hundred_finely,
)
ACCURACY = MetricWords(
    say("Right, of 100"),
    say("How many rows get the right outcome. (Accuracy.)"),
    lambda score: say("it gets {score} of 100 right", score=_hundred(score)),
    _of_hundred,
    _hundred_finely,
)
BALANCED_ACCURACY = MetricWords(
    say("Right, every outcome counted alike"),
    say(
        "How many rows get the right outcome, with rare outcomes counted as much as common ones. "
        "(Balanced accuracy.)"
    ),
    lambda score: say(
        "it gets {score} of 100 right, counting every outcome alike", score=_hundred(score)
    ),
    _of_hundred,
    _hundred_finely,
)
EXPLAINED = MetricWords(
    say("Differences explained"),
    say(
        "How much of the difference between amounts the prediction accounts for. 0 % is no better "
        "than the average, 100 % is perfect. (R².)"
    ),
    lambda score: say(
        "it explains {share} of the differences", share=Figure(f"{100 * score:.0f} %")
    ),
    _per_cent,
    _per_cent,
)
LOG_LOSS = MetricWords(
    say("Honesty of the chances"),
    say("How far the stated chances are from what happened; closer to 0 is better. (Log loss.)"),
    lambda score: say("its chances miss by {size} on average", size=_size(score)),
    lambda score: say("{size} off", size=_size(score)),
    _size,
)
BRIER = MetricWords(
    say("Error of the chances"),
    say(
        "The squared distance between stated chances and what happened; 0 is perfect. "
        "(Brier score.)"
    ),
    lambda score: say("the squared error of its chances is {size}", size=_size(score)),
    _size,
    _size,
)
TOP_TENTH = MetricWords(
    say("Hits in the top tenth"),
    say(
        "How many times as many hits are in the top tenth as in a tenth picked at random. "
        "(Top decile lift.)"
    ),
    lambda score: say(
        "its top tenth holds {times} times as many hits as one picked at random",
        times=_times(score),
    ),
    lambda score: say("{times} times", times=_times(score)),
    _times,
)
FOUND_AND_RIGHT = MetricWords(
    say("Found and right, every outcome counted alike"),
    say(
        "Balances finding every row of an outcome with being right about it; 100 is perfect. "
        "(Macro F1.)"
    ),
    lambda score: say(
        "it scores {score} of 100, counting every outcome alike", score=_hundred(score)
    ),
    _of_hundred,
    _hundred_finely,
)
TYPICAL_ERROR = MetricWords(
    say("Typical error"),
    say("How far a predicted amount is from the true one, in the unit of the amount."),
    lambda score: say("it is off by {amount} on average", amount=_typical(score)),
    _typical,
    _typical,
)

METRICS: Mapping[str, MetricWords] = {
    "auc": RANKING,
    "roc_auc": RANKING,
    "average_precision": AVERAGE_PRECISION,
    "pr_auc": AVERAGE_PRECISION,
    "accuracy": ACCURACY,
    "balanced_accuracy": BALANCED_ACCURACY,
    "r2": EXPLAINED,
    "log_loss": LOG_LOSS,
    "logloss": LOG_LOSS,
    "neg_log_loss": LOG_LOSS,
    "brier": BRIER,
    "top_decile_lift": TOP_TENTH,
    "macro_f1": FOUND_AND_RIGHT,
    "mae": TYPICAL_ERROR,
    "neg_mae": TYPICAL_ERROR,
    "rmse": TYPICAL_ERROR,
    "neg_rmse": TYPICAL_ERROR,
}


def amount(value: float) -> str:
    """A number as a person writes it: thousands apart, no more digits than they mean."""
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 4
    return Figure(f"{value:,.{digits}f}")


def score_words(metric: str, score: float | None, *, short: bool = False) -> str:
    """A score in people's terms; empty when there is none."""
    if score is None:
        return ""
    words = METRICS.get(metric)
    if words is None:
        bare = Figure(f"{score:.3f}")
        return bare if short else Sentence("{name} {score}", {"name": _name(metric), "score": bare})
    return words.short(score) if short else words.sentence(score)


def metric_label(metric: str) -> str:
    """Heading for a metric."""
    words = METRICS.get(metric)
    return words.label if words else _name(metric)


def metric_help(metric: str) -> str:
    """One sentence that explains a metric; empty for an unknown one."""
    words = METRICS.get(metric)
    return words.explain if words else ""


def interval_words(metric: str, figure: Interval) -> str:
    """A figure with its range: "81.2 of 100, between 79.0 and 83.1"."""
    value = score_words(metric, figure.value, short=True)
    if figure.low is None or figure.high is None:
        return value
    low, high = sorted((_bare(metric, end) for end in (figure.low, figure.high)), key=_number)
    return say("{value}, probably between {low} and {high}", value=value, low=low, high=high)


def _bare(metric: str, score: float) -> str:
    words = METRICS.get(metric)
    return words.bare(score) if words else Figure(f"{score:.3f}")


def _number(figure: str) -> float:
    return float(figure.replace(",", "").rstrip(" %"))


def _name(metric: str) -> str:
    return metric.replace("_", " ")


def behind_words(score: float | None, best: float | None) -> str:
    """How far a score is behind the best one; both greater-is-better."""
    if score is None or best is None:
        return ""
    gap = 100 * (best - score) / max(abs(best), 1e-12)
    if gap <= 0:
        return say("best")
    if gap < 1:
        return say("as good as the best")
    if gap < 100:
        return say("{gap} behind", gap=Figure(f"{gap:.0f} %"))
    return say("far behind")
