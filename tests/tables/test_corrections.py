"""What a person corrected survives another reading of the file."""

from __future__ import annotations

import pytest

from upshot.errors import Remedy
from upshot.tables import read
from upshot.tables.asking import answered
from upshot.tables.conform import conform
from upshot.tables.corrections import carried_over
from upshot.tables.options import ReadOptions
from upshot.tables.remedies import apply_remedy, is_applied, take_back
from upshot.tables.schema import Kind, RowRule

LINES = ["city;day;zip;spend;code"] + [
    f"{['NYC', 'New York', 'Boston', 'nyc'][i % 4]};0{i % 9 + 1}/0{i % 9 + 1}/2024;{1000 + i};"
    f"{i},5;c{i % 3}"
    for i in range(40)
]


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("\n".join(LINES) + "\n")
    return file


def corrected(schema):
    schema = schema.with_kind("zip", Kind.CATEGORY).with_ignored("code")
    schema = schema.with_missing("city", ["Boston"])
    schema = answered(schema, "day", "date-order", "day-first")
    schema = apply_remedy(schema, Remedy("join-values", "city", ("New York", "NYC")))
    return schema.with_row_rule(RowRule("repeats"))


def test_every_correction_is_made_again_on_another_reading(path):
    first = corrected(read(path).schema)
    again = read(path, options=ReadOptions(decimal=",", header=1)).schema
    assert again.column("zip").kind is not Kind.CATEGORY
    carried = carried_over(again, first)
    assert carried.column("zip").kind is Kind.CATEGORY
    assert carried.column("code").ignored
    assert carried.column("city").marked_missing == ("boston",)
    assert carried.column("city").joined == (("NYC", "New York"),)
    assert carried.column("day").date.ambiguous is False
    assert carried.row_rules == first.row_rules
    assert carried.reading == again.reading
    # Each can be taken back by itself, as before.
    assert carried.undo("zip").column("zip").kind is again.column("zip").kind


def test_what_does_not_suit_the_new_reading_is_dropped(path):
    first = corrected(read(path).schema)
    other = read(path, options=ReadOptions(header_rows=0)).schema
    assert carried_over(other, first).columns == other.columns


def test_nothing_corrected_is_nothing_changed(path):
    schema = read(path).schema
    assert carried_over(schema, schema) is schema


def test_values_that_mean_the_same_are_joined_and_parted(path):
    table = read(path)
    remedy = Remedy("join-values", "city", ("New York", "NYC"))
    joined = table.with_schema(apply_remedy(table.schema, remedy))
    assert is_applied(joined.schema, remedy)
    assert joined.data["city"].value_counts().to_dict() == {"New York": 30, "Boston": 10}
    parted = take_back(joined.schema, remedy)
    assert parted.columns == table.schema.columns
    assert parted.changes == ()


def test_joined_values_follow_the_value_that_stays(path):
    schema = apply_remedy(read(path).schema, Remedy("join-values", "city", ("NYC", "nyc")))
    schema = apply_remedy(schema, Remedy("join-values", "city", ("New York", "NYC")))
    assert dict(schema.column("city").joined) == {"nyc": "New York", "NYC": "New York"}
    schema = apply_remedy(schema, Remedy("join-values", "city", ("nyc", "New York")))
    assert dict(schema.column("city").joined) == {"New York": "nyc", "NYC": "nyc"}


def test_a_later_file_is_read_with_the_same_values_joined(path, tmp_path):
    schema = apply_remedy(read(path).schema, Remedy("join-values", "city", ("New York", "NYC")))
    later = tmp_path / "later.csv"
    later.write_text(
        "city;day;zip;spend;code\n NYC ;01/01/2025;1;1,5;c1\nBoston;02/01/2025;2;2,5;c\n"
    )
    table, _notes = conform(read(later), schema)
    assert table.data["city"].tolist() == ["New York", "Boston"]


def test_joined_values_go_with_the_kind_that_had_them(path):
    schema = apply_remedy(read(path).schema, Remedy("join-values", "city", ("New York", "NYC")))
    assert schema.with_kind("city", Kind.IDENTIFIER).column("city").joined == ()
    assert schema.with_kind("city", Kind.TEXT).column("city").joined
