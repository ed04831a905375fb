from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from upshot.questions import suggest
from upshot.questions.meanings import meaning_of
from upshot.tables.schema import Kind, Personal


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("converted", "convert"),
        ("is_canceled", "cancel"),
        ("Purchased", "buy"),
        ("Response", "respond"),
        ("y", "label"),
        ("gekündigt", "leave"),
        ("Umsatz", "earn"),
        ("chiffre d'affaires", "earn"),
        ("abandonó", "leave"),
        ("Comprou", "buy"),
        ("выручка", "earn"),
        ("Customer Lifetime Value", "lifetime"),
        ("spentAmount", "spend"),
    ],
)
def test_outcome_names_are_understood_in_several_languages(name: str, slug: str) -> None:
    meaning, clarity = meaning_of(name)
    assert meaning is not None
    assert meaning.slug == slug
    assert clarity >= 0.4


@pytest.mark.parametrize(
    "name", ["age", "previous_purchases", "last_purchase_date", "subscribing_channel", "zip"]
)
def test_names_of_the_past_and_of_causes_do_not_read_like_outcomes(name: str) -> None:
    assert meaning_of(name)[1] < 0.4


def test_the_outcome_comes_first_with_a_reason_in_plain_words(make_table, leads) -> None:
    first = suggest(make_table(leads))[0]
    assert (first.question, first.target, first.positive) == ("who_will", "Converted", "1")
    assert first.reason == "`Converted` holds 0 and 1 and reads like an outcome."


def test_the_place_of_a_column_does_not_outweigh_its_name(make_table, leads) -> None:
    moved = leads[["Converted", *leads.columns.drop("Converted")]]
    assert suggest(make_table(moved))[0].target == "Converted"


def test_identifiers_constants_dates_and_personal_columns_are_never_suggested(
    make_table, leads
) -> None:
    frame = leads.assign(converted_email=[f"a{i % 30}@example.com" for i in range(len(leads))])
    frame["Revenue"] = 1
    table = make_table(frame, personal={"converted_email": Personal.EMAIL})
    named = {suggestion.target for suggestion in suggest(table)}
    assert named.isdisjoint({"Lead ID", "Created", "converted_email", "Revenue"})


def test_a_saved_row_number_is_not_an_outcome(make_table, leads) -> None:
    frame = leads.copy()
    frame.insert(0, "value", np.arange(len(leads), dtype=float))
    named = {suggestion.target for suggestion in suggest(make_table(frame))}
    assert "value" not in named


def test_amounts_and_labels_get_their_own_questions(make_table) -> None:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "visits": rng.integers(0, 99, 300).astype(float),
            "Preferred plan": rng.choice(["Basic", "Plus", "Pro"], 300),
            "Revenue": rng.gamma(2, 50, 300),
        }
    )
    found = {s.target: s.question for s in suggest(make_table(frame))}
    assert found["Revenue"] == "how_much"
    assert found["Preferred plan"] == "which_one"


def test_a_table_without_rows_has_no_suggestions(make_table, leads) -> None:
    kinds = dict.fromkeys(leads.columns, Kind.CATEGORY)
    assert suggest(make_table(leads.iloc[:0], kinds=kinds)) == ()


def test_what_marketers_ask_of_a_known_export_comes_first(make_table) -> None:
    rng = np.random.default_rng(3)
    table = make_table(
        pd.DataFrame(
            {
                "Contact owner": rng.choice(["Ann Lee", "Bo Hill"], 200),
                "Lifecycle Stage": rng.choice(["Lead", "Customer", "Opportunity"], 200),
                "Number of Sessions": rng.integers(0, 40, 200).astype(float),
            }
        )
    )
    table = replace(table, source=replace(table.source, export="hubspot-contacts"))
    first = suggest(table)[0]
    assert (first.question, first.target, first.positive) == (
        "who_will",
        "Lifecycle Stage",
        "Customer",
    )
    assert "Who will become a customer?" in first.reason
