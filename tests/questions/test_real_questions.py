"""Suggestions and leak suspects on real marketing files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from upshot.errors import QuestionProblem
from upshot.questions import check, choose, suggest
from upshot.tables import read

SHEETS = {"ecommerce_churn": "E Comm"}


def entries(shared_data: Path) -> list[dict]:
    catalog = json.loads((shared_data / "catalog.json").read_text(encoding="utf-8"))
    return [entry for entry in catalog["datasets"] if entry["target"]]


def assess(entry: dict, folder: Path) -> dict:
    table = read(folder / entry["file"], sheet=SHEETS.get(entry["name"]))
    target = next(name for name in table.schema.names if name.strip() == entry["target"])
    ranked = [suggestion.target for suggestion in suggest(table)]
    try:
        found = {s.column for s in check(table, choose(table, target)).leak_suspects}
    except QuestionProblem as problem:
        pytest.fail(f"{entry['name']}: {problem}")
    return {
        "name": entry["name"],
        "rank": ranked.index(target) + 1 if target in ranked else None,
        "missed": set(entry["leaking_columns"]) - found,
        "extra": found - set(entry["leaking_columns"]),
    }


def report(results: list[dict]) -> tuple[int, int]:
    first = sum(result["rank"] == 1 for result in results)
    third = sum(result["rank"] is not None and result["rank"] <= 3 for result in results)
    lines = [f"outcome first: {first} of {len(results)}, among the first three: {third}"]
    lines += [str(r) for r in results if r["missed"] or r["extra"] or r["rank"] != 1]
    sys.stdout.write("\n".join(["", *lines, ""]))
    return first, third


@pytest.mark.slow
def test_outcomes_are_suggested_and_leaks_named_on_all_files(shared_data: Path) -> None:
    results = [assess(entry, shared_data) for entry in entries(shared_data)]
    first, third = report(results)
    assert third >= 0.95 * len(results)
    assert first >= 0.85 * len(results)
    assert not [result for result in results if result["missed"]]
    innocent = [r for r in results if r["extra"] and r["name"] in QUIET]
    assert not innocent


# Files whose columns were all known beforehand: a suspect here is a false alarm.
QUIET = {
    "telco_churn_ibm",
    "telco_churn_portuguese",
    "adult_census_income",
    "marketing_campaign_ifood",
    "messy_marketing_data_currency",
    "in_vehicle_coupon",
    "retail_rfm_purchase",
    "social_network_ads",
    "big_mart_sales",
    "direct_marketing_spend",
    "brand_choice_cracker",
    "orange_juice_choice",
    "media_subscription_outcome",
    "bike_sharing_hour",
}


def test_the_small_files_are_understood(shared_data: Path) -> None:
    small = [entry for entry in entries(shared_data) if entry["bytes"] < 100_000]
    results = [assess(entry, shared_data) for entry in small]
    assert len(results) >= 5
    assert all(result["rank"] in {1, 2} for result in results)
    assert not [result for result in results if result["missed"]]


def test_the_length_of_the_call_is_named_in_bank_marketing(shared_data: Path) -> None:
    table = read(shared_data / "bank_marketing_full" / "bank-full.csv")
    suspects = check(table, choose(table, "y")).leak_suspects
    assert [suspect.column for suspect in suspects] == ["duration"]
    assert "known only when it is over" in suspects[0].evidence
