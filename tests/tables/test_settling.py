from __future__ import annotations

import pytest

from upshot.tables.conform import conform
from upshot.tables.schema import Kind
from upshot.tables.settling import settled


@pytest.mark.parametrize(
    ("texts", "kind", "first"),
    [
        (["bought", "left", "left"], Kind.BOOLEAN, True),
        (["not bought", "bought"], Kind.BOOLEAN, False),
        (["0", "3", "7"], Kind.BOOLEAN, False),
        (["45292", "45293", "45300"], Kind.DATETIME, "2024-01-01"),
        (["1704067200", "1704153600"], Kind.DATETIME, "2024-01-01"),
        (["2023", "2024"], Kind.DATETIME, "2023-01-01"),
        (["1.234,5 €", "many", "few", "so", "so so"], Kind.NUMBER, 1234.5),
        (["1h 20m", "well", "2h", "3h"], Kind.NUMBER, 4800.0),
    ],
)
def test_a_corrected_kind_gives_right_values_and_later_files_are_read_alike(
    read_text, texts, kind, first
):
    table = read_text("a;x\n" + "\n".join(f"{i};{text}" for i, text in enumerate(texts * 20)))
    told = settled(table.with_schema(table.schema.with_kind("x", kind)))
    value = told.data["x"][0]
    assert (str(value)[:10] if kind is Kind.DATETIME else value) == first
    # In a later file the other value is the frequent one, and none decides by itself.
    later = read_text("a;x\n" + "\n".join(f"{i};{texts[0]}" for i in range(40)))
    again, _ = conform(later, told.schema)
    assert again.data["x"].iloc[0] == value


def test_what_is_known_stays_as_it_is(read_text):
    table = read_text("a;b\n" + "\n".join(f"{i};x{i % 3}" for i in range(30)))
    assert settled(table) is table
