"""What the page of a scored list shows: scores in, small plain facts out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from upshot.learning.task import Task, TaskKind
from upshot.wording import Figure, Sentence, say

if TYPE_CHECKING:
    import pandas as pd

    from upshot.bundles import Scores

PREVIEW_ROWS = 20
PREVIEW_COLUMNS = 12
PREVIEW_FIRST = 4
PREVIEW_LETTERS = 120

COLUMN_WORDS = {
    "upshot_probability": say("Chance"),
    "upshot_prediction": say("Prediction"),
    "upshot_low": say("Probably at least"),
    "upshot_high": say("Probably at most"),
}


def preview_of(scores: Scores, task: Task) -> dict[str, Any]:
    """The highest rows: predictions, who it is, why, and the other columns of the file."""
    frame = scores.frame
    order = np.argsort(-_rank_values(frame, task), kind="stable")[:PREVIEW_ROWS]
    top = frame.iloc[order]
    reasons = [name for name in scores.predictions if name.startswith("upshot_reason_")]
    # A yes at half chance says nothing beside the chance, and seldom is where a list is cut.
    hidden = {"upshot_decile", *(["upshot_prediction"] if task.kind is TaskKind.BINARY else [])}
    added = [name for name in scores.predictions if name not in {*reasons, *hidden}]
    own = [name for name in frame.columns if name not in scores.predictions]
    columns = [
        *(_column(top, name, ours=True) for name in added),
        *(_column(top, name) for name in own[:PREVIEW_FIRST]),
        *([_reasons(top, reasons)] if reasons else []),
        *(_column(top, name) for name in own[PREVIEW_FIRST:PREVIEW_COLUMNS]),
    ]
    heads = [{key: column[key] for key in ("name", "ours", "why")} for column in columns]
    cells = zip(*(column["cells"] for column in columns), strict=True)
    rows = [
        {"row": int(position) + 2, "cells": list(row)}
        for position, row in zip(order, cells, strict=True)
    ]
    return {"columns": heads, "rows": rows, "hidden": max(0, len(own) - PREVIEW_COLUMNS)}


def _column(top: pd.DataFrame, name: str, *, ours: bool = False) -> dict[str, Any]:
    cells = [_cell(str(name), value) for value in top[name].tolist()]
    return {"name": _column_words(str(name)), "ours": ours, "why": False, "cells": cells}


def _reasons(top: pd.DataFrame, names: list[str]) -> dict[str, Any]:
    """All reasons of a row in one cell."""
    rows = top[names].itertuples(index=False, name=None)
    cells = [
        _listed([reason for reason in row if isinstance(reason, str) and reason]) for row in rows
    ]
    return {"name": say("Why"), "ours": True, "why": True, "cells": cells}


def _listed(reasons: list[str]) -> str:
    """Reasons one after the other, as one sentence to be said later."""
    names = [f"reason_{at}" for at in range(len(reasons))]
    template = ", ".join(f"{{{name}}}" for name in names)
    return Sentence(template, dict(zip(names, reasons, strict=True))) if reasons else ""


def summary_of(scores: Scores, task: Task) -> list[dict[str, Any]]:
    """The list in tenths, or by predicted outcome when there are several."""
    if task.kind is TaskKind.MULTICLASS:
        return _by_class(scores.frame["upshot_prediction"])
    return _by_tenth(_rank_values(scores.frame, task))


def _by_class(predicted: pd.Series) -> list[dict[str, Any]]:
    counts = predicted.value_counts()
    total = max(int(counts.sum()), 1)
    return [
        {"label": str(name), "rows": int(rows), "value": rows / total, "height": rows / total}
        for name, rows in counts.items()
    ]


def _by_tenth(values: np.ndarray) -> list[dict[str, Any]]:
    ordered = np.sort(values)[::-1]
    tenths = []
    for number, part in enumerate(np.array_split(ordered, 10), start=1):
        if len(part) == 0:
            continue
        mean = float(part.mean())
        tenths.append(
            {
                "label": str(number),
                "rows": len(part),
                "value": mean,
                "height": max(mean, 0.0),
                "expected": float(part.sum()),
                "lowest": float(part[-1]),
            }
        )
    return tenths


def _rank_values(frame: pd.DataFrame, task: Task) -> np.ndarray:
    if task.kind is TaskKind.BINARY:
        return frame["upshot_probability"].to_numpy(dtype=float)
    if task.kind is TaskKind.REGRESSION:
        return frame["upshot_prediction"].to_numpy(dtype=float)
    names = [name for name in frame.columns if str(name).startswith("upshot_probability_")]
    return frame[names].to_numpy(dtype=float).max(axis=1)


def _column_words(name: str) -> str:
    if name in COLUMN_WORDS:
        return COLUMN_WORDS[name]
    if name.startswith("upshot_probability_"):
        return say("Chance of {outcome}", outcome=name.removeprefix("upshot_probability_"))
    return str(name)


def _cell(name: str, value: Any) -> str:
    import pandas as pd

    if pd.isna(value):
        return ""
    if name.startswith("upshot_probability"):
        return Figure(f"{100 * value:.1f} %")
    if name in ("upshot_prediction", "upshot_low", "upshot_high") and isinstance(value, float):
        return Figure(f"{value:,.2f}")
    return str(value)[:PREVIEW_LETTERS]
