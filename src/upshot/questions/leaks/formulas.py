"""Amounts that are a plain formula of two other columns (``casual + registered = cnt``)."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from upshot.learning.state import Array

_MOST_COLUMNS = 60
_MOST_ROWS = 2000
_AGREEING = 0.98


def find_formula(columns: dict[str, Array], target: Array) -> tuple[str, str, str] | None:
    """Two columns and the sign (``+``, ``-``, ``×``) that give the outcome in nearly every row."""
    names = list(columns)[:_MOST_COLUMNS]
    step = max(1, len(target) // _MOST_ROWS)
    truth = target[::step]
    thin = {name: columns[name][::step] for name in names}
    tolerance = 1e-6 * np.maximum(1.0, np.abs(truth)) + 0.005
    for one, other in combinations(names, 2):
        a, b = thin[one], thin[other]
        if _trivial(a) or _trivial(b):
            continue
        with np.errstate(over="ignore", invalid="ignore"):
            formulas = (
                ((one, "+", other), a + b),
                ((one, "-", other), a - b),
                ((other, "-", one), b - a),
                ((one, "×", other), a * b),
            )
            for formula, result in formulas:
                if np.mean(np.abs(result - truth) <= tolerance) >= _AGREEING:
                    return formula
    return None


def _trivial(values: Array) -> bool:
    """Mostly one value: a sum with it would only restate the other column."""
    known = values[np.isfinite(values)]
    if len(known) < 0.5 * len(values):
        return True
    most = np.unique(known, return_counts=True)[1].max()
    return bool(most > 0.9 * len(values))
