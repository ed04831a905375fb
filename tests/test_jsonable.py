"""Facts survive JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass

from upshot.jsonable import dumps, from_jsonable, to_jsonable
from upshot.learning.outcome import Interval
from upshot.tables.schema import Column, Kind, NumberFormat, Schema


@dataclass(frozen=True)
class Figures:
    values: tuple[float | None, ...]
    named: dict[str, Interval]


def test_facts_come_back_equal() -> None:
    facts = Figures((1.0, None), {"auc": Interval(0.8, 0.7, None)})
    assert from_jsonable(json.loads(dumps(facts)), Figures) == facts


def test_numbers_json_cannot_hold_become_null() -> None:
    assert to_jsonable(Figures((float("nan"), float("inf")), {}))["values"] == [None, None]


def test_a_schema_with_corrections_comes_back_equal() -> None:
    columns = (
        Column("Kosten", Kind.NUMBER, role="money", number=NumberFormat(",", ".", "EUR")),
        Column("Plan", Kind.CATEGORY),
    )
    schema = Schema(columns).with_kind("Plan", Kind.TEXT).with_ignored("Kosten")
    assert schema.version == 3
    assert from_jsonable(json.loads(dumps(schema)), Schema) == schema
