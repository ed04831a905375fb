"""Learning as it goes: each candidate's score, the best so far, the combination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from upshot.explaining.wording import digits
from upshot.reports.charts.base import MUTED, WIDTH, Chart, Spec, hidden, quantity
from upshot.reports.charts.marks import DOT, LINE, label, layer, words
from upshot.wording import say, say_count


@dataclass(frozen=True)
class Progress:
    """One finished candidate: seconds since the start, its score, and the best score so far.

    Scores are greater-is-better; ``best`` is the combination's score where there is one.
    """

    seconds: float
    name: str
    score: float | None
    best: float | None


def progress_chart(points: Sequence[Progress], metric: str) -> Chart:
    """Draw the scores of candidates over time with the best so far as a step line."""
    unit = say("Score (higher is better) by seconds since the start")
    if metric:
        unit = say("Score ({metric}, higher is better) by seconds since the start", metric=metric)
    return Chart(
        name="progress",
        title=_title(points),
        unit=unit,
        spec=_spec(points),
        headers=(say("Seconds"), say("Candidate"), say("Score"), say("Best so far")),
        rows=tuple(
            (
                digits(p.seconds, ".0f"),
                p.name,
                say("failed") if p.score is None else digits(p.score, ".4g"),
                "" if p.best is None else digits(p.best, ".4g"),
            )
            for p in points
        ),
    )


def _title(points: Sequence[Progress]) -> str:
    best = [point for point in points if point.best is not None]
    if not best:
        return say("No candidate has finished yet")
    first = next(point for point in best if point.best == best[-1].best)
    return say_count(
        "{number} candidate tried; the best answer so far came after {seconds} seconds",
        "{number} candidates tried; the best answer so far came after {seconds} seconds",
        len(points),
        seconds=digits(first.seconds, ".0f"),
    )


def _spec(points: Sequence[Progress]) -> Spec:
    dots = [{"seconds": p.seconds, "score": p.score} for p in points if p.score is not None]
    line = [{"seconds": p.seconds, "score": p.best} for p in points if p.best is not None]
    scale: Spec = {"zero": False, "nice": True}
    low = _floor(points)
    if low is not None:
        scale["domainMin"] = low
    x = quantity("seconds", say("seconds"), "~s")
    y = {**quantity("score", None, ".3~g"), "scale": scale}
    at: Spec = {"x": hidden("seconds"), "y": hidden("score")}
    dot = {**DOT, "size": 44, "color": MUTED, "clip": True}
    last = [{**line[-1], "said": say("answer so far")}] if line else []
    mark = label(align="right", baseline="bottom", dy=-6, fontSize=12)
    return {
        "width": WIDTH,
        "height": 200,
        "layer": [
            layer(dots, dot, x=x, y=y),
            layer(line, {**LINE, "interpolate": "step-after"}, **at),
            layer(last, mark, **at, text=words()),
        ],
    }


def _floor(points: Sequence[Progress]) -> float | None:
    """Let a few very bad candidates fall off the chart rather than flatten it."""
    best = [p.best for p in points if p.best is not None]
    if len(best) < 2 or best[-1] == best[0]:
        return None
    return best[0] - 0.5 * abs(best[-1] - best[0])
