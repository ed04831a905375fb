"""Numbers with a unit behind them, and what only looks like it."""

from __future__ import annotations

import pytest

from upshot.tables.again import read_like
from upshot.tables.schema import Kind


def column(read_text, cells, name="x"):
    lines = "\n".join(f"r{i}\t{cell}" for i, cell in enumerate(cells * 6))
    return read_text(f"id\t{name}\n{lines}\n")


@pytest.mark.parametrize(
    ("cells", "values", "unit"),
    [
        (["12 kg", "3.5 kg", "1,100.5 kg"], [12, 3.5, 1100.5], "kg"),
        (["12,5 km", "3 km", "7,25 km"], [12.5, 3, 7.25], "km"),
        (["120px", "300px", "50px"], [120, 300, 50], "px"),
        (["12 users", "1 user", "44 Users"], [12, 1, 44], "user"),
        (["12°C", "-15°C", "9°C"], [12, -15, 9], "°c"),
        (["~120 m²", "30 m²", "7 m²"], [120, 30, 7], "m²"),
        (["12/day", "30/day", "7/day"], [12, 30, 7], "/day"),
        (["3 шт.", "4 шт.", "12 шт"], [3, 4, 12], "шт"),
    ],
)
def test_a_unit_behind_every_number(read_text, cells, values, unit):
    table = column(read_text, cells)
    found = table.schema.column("x")
    assert (found.kind, found.number.unit) == (Kind.NUMBER, unit)
    assert table.data["x"].tolist()[:3] == values


@pytest.mark.parametrize(
    "cells",
    [
        ["12 kg", "3 lb", "7 oz"],
        ["12A", "14A", "16A"],
        ["12 Main St", "14 High St", "7 Low St"],
        ["4th", "5th", "6th"],
        ["1 small", "2 large", "3 huge"],
    ],
)
def test_different_words_and_codes_are_no_units(read_text, cells):
    assert column(read_text, cells).schema.column("x").kind is not Kind.NUMBER


def test_a_later_file_is_read_with_and_without_the_unit(read_text, tmp_path):
    first = column(read_text, ["12 kg", "3.5 kg", "100 kg"])
    later = tmp_path / "later.csv"
    later.write_text("id\tx\na\t7 kg\nb\t8\nc\t9 KG\n")
    from upshot.tables.conform import conform

    table, _notes = conform(read_like(later, first.schema), first.schema)
    assert table.data["x"].tolist() == [7, 8, 9]


@pytest.mark.parametrize(
    "cells",
    [
        ["lun 15/03/2024", "mar 16/04/2024", "mer. 01/05/2024"],
        ["Mo., 15.03.2024", "Di., 16.04.2024", "Mi. 01.05.2024"],
        ["Fri, 15 Mar 2024 10:00 +0200", "Tue, 16 Apr 2024 11:00 +0000"],
        ["пт 15.03.2024", "вт 16.04.2024", "ср 01.05.2024"],
    ],
)
def test_a_weekday_before_the_date(read_text, cells):
    table = column(read_text, cells)
    assert table.schema.column("x").kind is Kind.DATETIME
    days = table.data["x"].dt.strftime("%m-%d").tolist()
    assert days[:2] == ["03-15", "04-16"]
