"""What was tried, and how it stands, for someone who knows no model."""

from __future__ import annotations

from collections.abc import Mapping

from upshot.wording import Figure, say

CHART_UNITS: Mapping[str, str] = {
    "top_decile_lift": say(
        "Times as many hits in the top tenth as at random, by seconds since the start"
    ),
    "accuracy": say("Right, of 100, by seconds since the start"),
    "r2": say("Per cent of the differences explained, by seconds since the start"),
}
"""What the chart of a search shows, by the figure it draws."""

FAMILY_WORDS: Mapping[str, str] = {
    "baseline": say("A plain guess"),
    "linear": say("Points for each column, added up"),
    "lightgbm": say("Many small decision trees, each mending the last"),
    "catboost": say("Many small decision trees, made for categories"),
    "extra_trees": say("Many decision trees, averaged"),
    "network": say("A small neural network"),
}
"""By model family; the technical name stands beside it."""


def family_words(family: str) -> str:
    """A model family for someone who knows none; empty for one that has no words yet."""
    return FAMILY_WORDS.get(family, "")


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
