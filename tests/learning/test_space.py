"""The joint space, the facts that shape it, and the portfolio that starts it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import optuna
import pytest

from upshot.learning.models import FAMILIES
from upshot.learning.portfolio import entries, warm_starts
from upshot.learning.space import sample, trial_params
from upshot.learning.table_facts import TableFacts, table_facts
from upshot.learning.task import TaskKind

from .rich_table import learning_data

ALL = tuple(FAMILIES)
PLAIN = TableFacts(TaskKind.BINARY, rows=20_000, numbers=8, categories=6, rarest_rows=5_000)
TABLES = {
    "plain": PLAIN,
    "rare": replace(PLAIN, rarest_share=0.009, rarest_rows=180),
    "tiny": replace(PLAIN, rows=300, rarest_rows=80),
    "huge": replace(PLAIN, rows=2_000_000, rarest_rows=10**5),
    "numbers only": replace(PLAIN, categories=0),
    "categories only": replace(PLAIN, numbers=0, many_levels=3, most_levels=9_000),
    "texts and dates": replace(PLAIN, texts=2, dates=2, missing_share=0.2, small_integers=3),
    "amounts": TableFacts(
        TaskKind.REGRESSION, 9_000, 5, 5, n_classes=0, rarest_share=1.0, skewed_amount=True
    ),
    "many zeros": TableFacts(
        TaskKind.REGRESSION, 9_000, 5, 5, n_classes=0, rarest_share=1.0, zero_inflated=True
    ),
    "one column": TableFacts(TaskKind.BINARY, rows=500, numbers=1, rarest_rows=100),
}


@pytest.fixture
def study():
    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    yield optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    optuna.logging.set_verbosity(level)


def test_facts_describe_a_table():
    facts = table_facts(learning_data(TaskKind.BINARY, rows=400))
    assert (facts.numbers, facts.categories, facts.dates, facts.texts) == (3, 2, 2, 1)
    assert facts.small_integers == 1
    assert facts.n_classes == 2
    assert 0.02 < facts.missing_share < 0.2
    assert {"tiny", "texts", "missing"} <= facts.traits
    assert table_facts(learning_data(TaskKind.REGRESSION)).skewed_amount


@pytest.mark.parametrize("facts", TABLES.values(), ids=TABLES)
def test_any_point_can_be_drawn(study, facts):
    for _ in range(40):
        candidate = sample(study.ask(), facts, ALL)
        assert candidate.family in ALL
        assert candidate.summary


@pytest.mark.parametrize("facts", TABLES.values(), ids=TABLES)
def test_every_warm_start_is_a_point_of_the_space(study, facts):
    for candidate in warm_starts(facts, ALL):
        study.enqueue_trial(trial_params(candidate))
        drawn = sample(study.ask(), facts, ALL)
        assert (drawn.family, drawn.params) == (candidate.family, candidate.params)


@pytest.mark.parametrize("facts", TABLES.values(), ids=TABLES)
def test_warm_starts_begin_linear_then_boosted_and_never_repeat(facts):
    starts = warm_starts(facts, ALL)
    assert starts[0].name == "linear-first"
    names = [candidate.name for candidate in starts]
    assert len(set(names)) == len(names) >= 15
    assert {"catboost", "lightgbm"} & {candidate.family for candidate in starts[1:4]}
    assert {candidate.family for candidate in starts[:12]} >= {"linear", "catboost", "lightgbm"}


def test_rare_outcomes_begin_cautiously():
    first = warm_starts(TABLES["rare"], ALL, ())[1]
    assert first.params["catboost.depth"] <= 4
    assert first.params["catboost.l2"] >= 10


def test_few_rows_learn_in_smaller_steps():
    # Where no category has many levels, these two are the same.
    by_rows = ("catboost-default", "catboost-simple-categories")
    rates = [
        next(c for c in warm_starts(facts, ALL) if c.name in by_rows).params[
            "catboost.learning_rate"
        ]
        for facts in (TABLES["tiny"], TABLES["plain"], TABLES["huge"])
    ]
    assert rates == sorted(rates)
    assert rates[0] < rates[-1]


def test_the_network_stays_away_from_huge_tables():
    assert all(c.family != "network" for c in warm_starts(TABLES["huge"], ALL))


def test_only_families_that_may_be_used_are_started():
    assert {c.family for c in warm_starts(PLAIN, ("linear", "lightgbm"))} == {"linear", "lightgbm"}


def test_every_entry_of_the_portfolio_names_its_source():
    known = set().union(*(facts.traits for facts in TABLES.values()))
    known |= {"wide", "large", "many_classes"}
    for entry in entries():
        assert entry.source
        assert entry.family in FAMILIES
        assert known.issuperset({*entry.early, *entry.late, *entry.never, *entry.only})


def test_amounts_try_a_logarithmic_scale():
    tried = {c.params.get("target.transform") for c in warm_starts(TABLES["amounts"], ALL)}
    assert tried == {"none", "log1p"}
    assert np.all(["target.transform" not in c.params for c in warm_starts(PLAIN, ALL)])


def test_candidates_that_would_fit_the_same_model_are_tried_once():
    few_levels = replace(PLAIN, most_levels=4)
    names = [candidate.name for candidate in warm_starts(few_levels, ALL)]
    assert ("catboost-default" in names) != ("catboost-simple-categories" in names)
    many = [candidate.name for candidate in warm_starts(replace(PLAIN, most_levels=300), ALL)]
    assert {"catboost-default", "catboost-simple-categories"} <= set(many)
