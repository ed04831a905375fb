"""Figures in people's terms: for someone who has never heard of AUC."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from upshot.learning.outcome import Interval


@dataclass(frozen=True)
class MetricWords:
    """How one metric is spoken of.

    Attributes
    ----------
    label : str
        What it tells, as a table heading.
    explain : str
        One sentence for the curious.
    sentence, short : callable
        A score as a clause and as a table cell.
    """

    label: str
    explain: str
    sentence: Callable[[float], str]
    short: Callable[[float], str]


def _hundred(score: float) -> str:
    return f"{100 * score:.0f}"


def _per_cent(score: float) -> str:
    return f"{100 * score:.1f} %"


RANKING = MetricWords(
    "Right order, of 100 pairs",
    "Take one person with the outcome and one without: how often does the one with the outcome get "
    "the higher score? 50 of 100 is a coin toss, 100 is perfect. (Area under the ROC curve.)",
    lambda score: f"it puts {_hundred(score)} of 100 pairs in the right order",
    lambda score: f"{100 * score:.1f} of 100",
)
AVERAGE_PRECISION = MetricWords(
    "Hits near the top",
    "How clean the top of the list is, averaged over every length of list. (Average precision.)",
    lambda score: f"{_hundred(score)} of 100 near the top of the list are hits",
    lambda score: f"{100 * score:.1f} of 100",
)
ACCURACY = MetricWords(
    "Right, of 100",
    "How many rows get the right outcome. (Accuracy.)",
    lambda score: f"it gets {_hundred(score)} of 100 right",
    lambda score: f"{100 * score:.1f} of 100",
)
BALANCED_ACCURACY = MetricWords(
    "Right, every outcome counted alike",
    "How many rows get the right outcome, with rare outcomes counted as much as common ones. "
    "(Balanced accuracy.)",
    lambda score: f"it gets {_hundred(score)} of 100 right, counting every outcome alike",
    lambda score: f"{100 * score:.1f} of 100",
)
EXPLAINED = MetricWords(
    "Differences explained",
    "How much of the difference between amounts the prediction accounts for. 0 % is no better than "
    "the average, 100 % is perfect. (R².)",
    lambda score: f"it explains {_hundred(score)} % of the differences",
    _per_cent,
)
LOG_LOSS = MetricWords(
    "Honesty of the chances",
    "How far the stated chances are from what happened; closer to 0 is better. (Log loss.)",
    lambda score: f"its chances miss by {abs(score):.3f} on average",
    lambda score: f"{abs(score):.3f} off",
)
BRIER = MetricWords(
    "Error of the chances",
    "The squared distance between stated chances and what happened; 0 is perfect. (Brier score.)",
    lambda score: f"the squared error of its chances is {abs(score):.3f}",
    lambda score: f"{abs(score):.3f}",
)
TOP_TENTH = MetricWords(
    "Hits in the top tenth",
    "How many times as many hits are in the top tenth as in a tenth picked at random. "
    "(Top decile lift.)",
    lambda score: f"its top tenth holds {score:.1f} times as many hits as one picked at random",
    lambda score: f"{score:.1f} times",
)
FOUND_AND_RIGHT = MetricWords(
    "Found and right, every outcome counted alike",
    "Balances finding every row of an outcome with being right about it; 100 is perfect. "
    "(Macro F1.)",
    lambda score: f"it scores {_hundred(score)} of 100, counting every outcome alike",
    lambda score: f"{100 * score:.1f} of 100",
)
TYPICAL_ERROR = MetricWords(
    "Typical error",
    "How far a predicted amount is from the true one, in the unit of the amount.",
    lambda score: f"it is off by {amount(abs(score))} on average",
    lambda score: amount(abs(score)),
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
    return f"{value:,.{digits}f}"


def score_words(metric: str, score: float | None, *, short: bool = False) -> str:
    """A score in people's terms; empty when there is none."""
    if score is None:
        return ""
    words = METRICS.get(metric)
    if words is None:
        return f"{score:.3f}" if short else f"{metric.replace('_', ' ')} {score:.3f}"
    return words.short(score) if short else words.sentence(score)


def metric_label(metric: str) -> str:
    """Heading for a metric."""
    words = METRICS.get(metric)
    return words.label if words else metric.replace("_", " ")


def metric_help(metric: str) -> str:
    """One sentence that explains a metric; empty for an unknown one."""
    words = METRICS.get(metric)
    return words.explain if words else ""


def interval_words(metric: str, figure: Interval) -> str:
    """A figure with its range: "81.2 of 100, between 79.0 and 83.1"."""
    value = score_words(metric, figure.value, short=True)
    if figure.low is None or figure.high is None:
        return value
    low, high = sorted(
        (score_words(metric, end, short=True) for end in (figure.low, figure.high)), key=_leading
    )
    return f"{value}, probably between {_bare(low)} and {_bare(high)}"


def _leading(text: str) -> float:
    return float(_bare(text).replace(",", "").rstrip(" %"))


def _bare(text: str) -> str:
    return text.removesuffix(" of 100").removesuffix(" off").removesuffix(" times")


def behind_words(score: float | None, best: float | None) -> str:
    """How far a score is behind the best one; both greater-is-better."""
    if score is None or best is None:
        return ""
    gap = 100 * (best - score) / max(abs(best), 1e-12)
    if gap <= 0:
        return "best"
    if gap < 1:
        return "as good as the best"
    return f"{gap:.0f} % behind" if gap < 100 else "far behind"


def plain(sentence: str) -> str:
    """A sentence without the marks around names, for titles."""
    return sentence.replace("`", "")
