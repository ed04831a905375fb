"""Calibration: when the model says 20 %, it should happen to 20 of 100.

A map is chosen by cross-validated log-loss on out-of-fold predictions, and only when it gains
more than chance would (refine first, then calibrate: arXiv 2501.19195, 2601.19944). With few
outcomes the predictions stay as they are. Chances of two outcomes are mapped by Beta calibration
(Kull et al. 2017) or Venn-Abers (Vovk, Petej & Fedorova 2015), those of several by a temperature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from upshot.learning.metrics import SMALLEST_PROBABILITY, clip_probability, row_losses
from upshot.learning.splits import minority
from upshot.learning.state import Array, State, contiguous
from upshot.learning.task import TaskKind

FEWEST_OUTCOMES = 200
FEWEST_OUTCOMES_VENN_ABERS = 1_000
_FOLDS = 5
# Venn-Abers: rows are grouped so that a map takes milliseconds, and asked for at so many levels.
_GROUPS = 500
_LEVELS = 100
# Levels whose log-odds agree to so many decimals are one step of the map.
_STEP_DECIMALS = 3


@dataclass(frozen=True, eq=False)
class Calibrator:
    """A monotone map of predictions.

    Attributes
    ----------
    method : {"identity", "beta", "venn-abers", "temperature", "platt", "isotonic"}
        Its shape; the last two are found in bundles of earlier versions only.
    figures : numpy.ndarray
        Its parameters; Venn-Abers and isotonic: two rows, predictions and what they become.
    """

    method: str
    figures: Array

    def apply(self, predictions: Array) -> Array:
        """Return calibrated predictions."""
        return _APPLY[self.method](predictions, self.figures)

    def state(self) -> State:
        """Return method and figures."""
        return State({"method": self.method}, {"figures": contiguous(self.figures, np.float64)})

    @classmethod
    def from_state(cls, state: State) -> Calibrator:
        """Rebuild the map."""
        return cls(str(state.values["method"]), state.arrays["figures"])


IDENTITY = Calibrator("identity", np.zeros(0))


def choose_calibrator(
    target: Array, predictions: Array, kind: TaskKind, *, seed: int
) -> Calibrator:
    """Pick the map with the best cross-validated log-loss, or none when none clearly gains."""
    if kind is TaskKind.REGRESSION:
        return IDENTITY
    outcomes = minority(target, kind)
    if outcomes < FEWEST_OUTCOMES:
        return IDENTITY
    methods = ["temperature"] if kind is TaskKind.MULTICLASS else ["beta"]
    if kind is TaskKind.BINARY and outcomes >= FEWEST_OUTCOMES_VENN_ABERS:
        methods.append("venn-abers")
    before = row_losses(target, predictions, kind)
    best, best_gain = IDENTITY, 0.0
    for method in methods:
        gains = before - row_losses(target, _nested(method, target, predictions, seed), kind)
        gain, noise = float(gains.mean()), float(gains.std() / np.sqrt(len(gains)))
        if gain > max(best_gain, 2 * noise):
            best, best_gain = _FIT[method](target, predictions), gain
    return best


def _nested(method: str, target: Array, predictions: Array, seed: int) -> Array:
    """Predictions of each part calibrated by a map fitted on the others."""
    rng = np.random.default_rng([seed, 3])
    order = np.lexsort((rng.random(len(target)), target))
    labels = np.empty(len(target), dtype=np.int64)
    labels[order] = np.arange(len(target)) % _FOLDS
    calibrated = np.array(predictions, dtype=np.float64)
    for fold in range(_FOLDS):
        rest, own = labels != fold, labels == fold
        calibrated[own] = _FIT[method](target[rest], predictions[rest]).apply(predictions[own])
    return calibrated


def _logit(predictions: Array) -> Array:
    clipped = clip_probability(predictions)
    return np.asarray(np.log(clipped) - np.log1p(-clipped))


def _sigmoid(values: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -40, 40))))


def _beta_terms(predictions: Array) -> Array:
    clipped = clip_probability(predictions)
    return np.column_stack([np.log(clipped), -np.log1p(-clipped)])


def _logistic(terms: Array, target: Array) -> Array:
    """Coefficients and intercept of an unpenalised logistic regression."""
    from scipy.optimize import minimize

    design = np.column_stack([terms, np.ones(len(terms))])

    def loss(figures: Array) -> tuple[float, Array]:
        margin = design @ figures
        value = np.logaddexp(0, margin) - target * margin
        slope = design.T @ (_sigmoid(margin) - target) / len(target)
        return float(value.mean()), slope

    start = np.r_[np.ones(terms.shape[1]), 0.0]
    bounds = [(0.0, None)] * terms.shape[1] + [(None, None)]
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def _apply_platt(predictions: Array, figures: Array) -> Array:
    return _sigmoid(_logit(predictions) * figures[0] + figures[1])


def _fit_beta(target: Array, predictions: Array) -> Calibrator:
    return Calibrator("beta", _logistic(_beta_terms(predictions), target))


def _apply_beta(predictions: Array, figures: Array) -> Array:
    return _sigmoid(_beta_terms(predictions) @ figures[:2] + figures[2])


def _fit_venn_abers(target: Array, predictions: Array) -> Calibrator:
    """Venn-Abers at some levels, joined by lines, so that no two people become tied.

    At each level, isotonic regression is fitted twice: with one more row there that had the
    outcome, and with one more that had not. Both chances become the one that errs least in either
    case.
    """
    parts = np.array_split(np.argsort(predictions, kind="stable"), min(_GROUPS, len(predictions)))
    places = np.array([predictions[part].mean() for part in parts])
    counts = np.array([float(len(part)) for part in parts])
    shares = np.array([target[part].mean() for part in parts])
    levels = np.unique(np.quantile(places, np.linspace(0, 1, _LEVELS)))
    chances = np.array([_venn_abers_at(level, places, shares, counts) for level in levels])
    _, own = np.unique(np.round(_logit(chances), _STEP_DECIMALS), return_inverse=True)
    many = np.bincount(own)
    middles, steps = (np.bincount(own, weights=values) / many for values in (levels, chances))
    ends = (np.r_[0.0, middles, 1.0], np.r_[0.0, steps, 1.0])
    return Calibrator("venn-abers", np.vstack(ends))


def _venn_abers_at(level: float, places: Array, shares: Array, counts: Array) -> float:
    from sklearn.isotonic import isotonic_regression

    at = int(np.searchsorted(places, level))
    weights = np.insert(counts, at, 1.0)
    without, having = (
        float(isotonic_regression(np.insert(shares, at, outcome), sample_weight=weights)[at])
        for outcome in (0.0, 1.0)
    )
    return having / (1.0 - without + having)


def _apply_points(predictions: Array, figures: Array) -> Array:
    return np.asarray(np.interp(predictions, figures[0], figures[1]))


def _fit_temperature(target: Array, predictions: Array) -> Calibrator:
    from scipy.optimize import minimize_scalar

    def loss(log_power: float) -> float:
        scaled = _apply_temperature(predictions, np.array([np.exp(log_power)]))
        return float(row_losses(target, scaled, TaskKind.MULTICLASS).mean())

    found = minimize_scalar(loss, bounds=(-1.5, 1.5), method="bounded")
    return Calibrator("temperature", np.array([np.exp(found.x)]))


def _apply_temperature(predictions: Array, figures: Array) -> Array:
    margin = figures[0] * np.log(np.clip(predictions, SMALLEST_PROBABILITY, 1))
    powered = np.exp(margin - margin.max(axis=1, keepdims=True))
    return np.asarray(powered / powered.sum(axis=1, keepdims=True))


def _apply_identity(predictions: Array, figures: Array) -> Array:
    return predictions


_FIT: Mapping[str, Callable[[Array, Array], Calibrator]] = {
    "beta": _fit_beta,
    "venn-abers": _fit_venn_abers,
    "temperature": _fit_temperature,
}
_APPLY: Mapping[str, Callable[[Array, Array], Array]] = {
    "identity": _apply_identity,
    "beta": _apply_beta,
    "venn-abers": _apply_points,
    "temperature": _apply_temperature,
    # Bundles of earlier versions.
    "platt": _apply_platt,
    "isotonic": _apply_points,
}
