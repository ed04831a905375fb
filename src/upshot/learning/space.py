"""The joint space: preprocessing and model are parameters of the same trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from upshot.learning.candidate import Candidate
from upshot.learning.models import FAMILIES
from upshot.learning.models.base import Trial
from upshot.learning.table_facts import TableFacts

ENCODINGS = (
    "native",
    "onehot",
    "target",
    "ordinal",
    "onehot+target",
    "native+target",
    "native+frequency",
    "target+frequency",
)
# Families for which the size of numbers matters; trees only see their order.
_SCALE_SENSITIVE = frozenset({"linear", "network"})


def sample(trial: Trial, facts: TableFacts, families: Sequence[str]) -> Candidate:
    """Draw one candidate.

    Only parameters that can matter for this table and family are drawn, so that no trial is spent
    on a difference that makes none. A parameter has the same range in every trial of a study.

    Parameters
    ----------
    trial : optuna.trial.Trial
        Or anything that suggests like one.
    facts : TableFacts
        What the table looks like.
    families : sequence of str
        Families to draw from.
    """
    family = str(trial.suggest_categorical("family", tuple(families)))
    params = {
        **_numbers(trial, facts, family),
        **_categories(trial, facts),
        **_dates_and_texts(trial, facts),
        **_generated(trial, facts),
        **_outcome(trial, facts),
        **FAMILIES[family].sample(trial, facts),
    }
    number = getattr(trial, "number", 0)
    return Candidate(f"{family}-t{number}", family, params)


def trial_params(candidate: Candidate) -> dict[str, Any]:
    """Return what ``study.enqueue_trial`` takes to draw this candidate again."""
    return {"family": candidate.family, **candidate.params}


def _numbers(trial: Trial, facts: TableFacts, family: str) -> dict[str, Any]:
    params: dict[str, Any] = {}
    if facts.missing_share > 0:
        params["number.missing"] = trial.suggest_categorical(
            "number.missing", ("native", "median", "indicators")
        )
    if facts.numbers + facts.dates and family in _SCALE_SENSITIVE:
        params["number.scale"] = trial.suggest_categorical(
            "number.scale", ("standard", "quantile", "log", "robust")
        )
    if facts.small_integers:
        params["number.as_category"] = trial.suggest_categorical("number.as_category", (0, 10, 25))
    return params


def _categories(trial: Trial, facts: TableFacts) -> dict[str, Any]:
    params: dict[str, Any] = {}
    if not facts.categories + facts.small_integers:
        return params
    encoding = str(trial.suggest_categorical("category.encoding", ENCODINGS))
    params["category.encoding"] = encoding
    params["category.rare"] = trial.suggest_categorical("category.rare", (1, 3, 10, 30))
    if "target" in encoding or facts.many_levels:
        params["category.smoothing"] = trial.suggest_float(
            "category.smoothing", 1.0, 300.0, log=True
        )
    return params


def _dates_and_texts(trial: Trial, facts: TableFacts) -> dict[str, Any]:
    params: dict[str, Any] = {}
    if facts.dates:
        params["date.parts"] = trial.suggest_categorical("date.parts", ("full", "basic", "none"))
    if facts.dates > 1:
        params["date.gaps"] = trial.suggest_categorical("date.gaps", (True, False))
    if facts.texts:
        params["text.encoding"] = trial.suggest_categorical(
            "text.encoding", ("characters", "words", "length")
        )
        params["text.dimensions"] = trial.suggest_categorical("text.dimensions", (8, 16, 32))
    return params


def _generated(trial: Trial, facts: TableFacts) -> dict[str, Any]:
    params: dict[str, Any] = {}
    if not facts.may_generate:
        return params
    if facts.numbers + facts.dates >= 2:
        params["number.combinations"] = trial.suggest_categorical("number.combinations", (0, 6, 16))
    if facts.categories >= 2:
        params["category.crosses"] = trial.suggest_categorical("category.crosses", (0, 4, 10))
    if facts.categories and facts.numbers:
        params["group.statistics"] = trial.suggest_categorical("group.statistics", (0, 6))
    if facts.numbers + facts.categories + facts.dates >= 4:
        params["select.keep"] = trial.suggest_categorical("select.keep", (1.0, 0.75, 0.5))
    return params


def _outcome(trial: Trial, facts: TableFacts) -> Mapping[str, Any]:
    choices = ["none"]
    if facts.skewed_amount:
        choices.append("log1p")
    if facts.zero_inflated:
        choices.append("two_part")
    if len(choices) == 1:
        return {}
    return {"target.transform": trial.suggest_categorical("target.transform", tuple(choices))}
