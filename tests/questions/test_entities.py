from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from upshot.budget import Budget
from upshot.questions import check, choose, prepare
from upshot.questions.entities import find_entities
from upshot.tables.schema import Kind, Personal
from upshot.tables.table import Table
from upshot.training import train


@pytest.fixture
def purchases(make_table):
    """Builds 600 made-up purchases of 60 households, each with a brand it mostly buys."""

    def build(rename: dict[str, str] | None = None, **columns: object) -> Table:
        rng = np.random.default_rng(0)
        household = np.arange(600) % 60
        usual = rng.integers(0, 2, 60)[household]
        frame = pd.DataFrame(
            {
                "Household ID": [f"H{i:04d}" for i in household],
                "Price": rng.normal(3, 1, 600).round(2),
                "Bought": np.where(rng.random(600) < 0.2, 1 - usual, usual),
            }
        )
        frame = frame.assign(**columns).rename(columns=rename or {})
        return make_table(frame, kinds={frame.columns[0]: Kind.IDENTIFIER})

    return build


def names(table: Table, **wishes: object) -> tuple[str, ...]:
    return tuple(e.name for e in find_entities(table, choose(table, "Bought", **wishes)))


def test_an_identifier_that_repeats_is_offered_as_a_category(purchases) -> None:
    table = purchases()
    data = prepare(table, choose(table, "Bought"))
    assert data.schema.names == ("Household ID", "Price")
    assert data.schema.column("Household ID").kind is Kind.CATEGORY
    assert isinstance(data.features["Household ID"].dtype, pd.CategoricalDtype)
    assert table.schema.column("Household ID").kind is Kind.IDENTIFIER, "the table stays as it was"


def test_the_marketer_is_told_what_it_means_for_new_customers(purchases) -> None:
    table = purchases()
    readiness = check(table, choose(table, "Bought"))
    notes = {note.code: note for note in readiness.notes}
    assert "repeats about 10 times" in notes["entity"].message
    assert "name `Household ID` as the group" in notes["entity"].remedy
    assert notes.keys().isdisjoint({"identifier", "one-customer-many-rows", "leak-suspect"})
    assert "Household ID" in readiness.facts.features


def test_as_the_group_it_keeps_rows_together_and_is_no_feature(purchases) -> None:
    table = purchases()
    choice = choose(table, "Bought", group="Household ID")
    data = prepare(table, choice)
    assert data.schema.names == ("Price",)
    assert data.groups is not None
    assert "entity" not in {note.code for note in check(table, choice).notes}


@pytest.mark.parametrize("repeats", [1, 2])
def test_one_that_hardly_repeats_stays_out(purchases, repeats: int) -> None:
    table = purchases(**{"Household ID": [f"H{i // repeats}" for i in range(600)]})
    assert names(table) == ()


def test_a_few_heavy_buyers_do_not_make_an_entity(purchases) -> None:
    often = ["H0"] * 300 + [f"H{i // 2}" for i in range(2, 302)]
    assert names(purchases(**{"Household ID": often})) == ()


@pytest.mark.parametrize("name", ["Order ID", "InvoiceNo", "session_id", "Bestell-Nr"])
def test_what_happens_once_stays_out(purchases, name: str) -> None:
    assert names(purchases({"Household ID": name})) == ()


def test_a_value_that_decides_the_outcome_stays_out(purchases) -> None:
    assert names(purchases(Bought=(np.arange(600) % 60) % 2)) == ()


def test_a_rare_outcome_is_not_taken_for_a_decided_one(purchases) -> None:
    rare = (np.random.default_rng(0).random(600) < 0.05).astype(int)
    assert names(purchases(Bought=rare)) == ("Household ID",)


def test_amounts_can_have_entities(purchases) -> None:
    table = purchases()
    assert [e.name for e in find_entities(table, choose(table, "Price"))] == ["Household ID"]


def test_values_that_stay_within_the_group_are_no_entity(purchases) -> None:
    within = purchases(Firm=[f"F{i % 60 // 3}" for i in range(600)])
    across = purchases(Firm=[f"F{i // 30}" for i in range(600)])
    assert names(within, group="Firm") == ()
    assert names(across, group="Firm") == ("Household ID",)
    (entity,) = find_entities(across, choose(across, "Bought", group="Firm"))
    assert "ignore `Household ID`" in entity.note.remedy, "the group is another one already"


def test_personal_and_ignored_identifiers_stay_out(purchases, make_table) -> None:
    table = purchases()
    assert names(table, ignore=["Household ID"]) == ()
    frame = table.data.astype({"Household ID": "str"})
    personal = make_table(
        frame, {"Household ID": Kind.IDENTIFIER}, {"Household ID": Personal.EMAIL}
    )
    assert names(personal, keep_personal=True) == ()


def test_a_bundle_scores_values_it_never_saw(purchases) -> None:
    table = purchases()
    bundle = train(table, "Bought", budget=Budget(trials=1, seed=0, cores=1)).bundle
    assert bundle.schema.column("Household ID").kind is Kind.CATEGORY
    new = purchases(**{"Household ID": [f"N{i}" for i in range(600)]})
    scores = bundle.score(new)
    assert scores.frame["upshot_probability"].between(0, 1).all()
    assert {note.column for note in scores.notes if note.code == "new-category"} == {"Household ID"}
