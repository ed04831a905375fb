"""What a marketer would wave away is not said."""

from __future__ import annotations

import pytest

from tests.tables.findings.test_contract import HEADER, adding, csv_of, found_in, setting


def codes(read_text, text: str) -> set[str]:
    return {one.code for one in found_in(read_text(text))}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("profit", lambda row, _: str(row % 50 - 4)),
        ("balance change", lambda row, _: str(row % 50 - 4)),
        ("account age days", lambda row, _: str(row * 3)),
        ("page", lambda row, _: str(row)),
        ("growth rate", lambda row, _: str(row % 300)),
        ("conversion rate", lambda row, _: f"0.{row % 90:02d}"),
    ],
)
def test_names_that_allow_such_numbers(read_text, name, value):
    assert codes(read_text, csv_of(adding(value), f"{HEADER},{name}")) == set()


def test_a_sentinel_that_is_offered_as_missing_is_not_told_twice(read_text):
    text = csv_of(
        adding(lambda row, _: "-1" if row % 4 == 0 else str(20 + row % 40)), f"{HEADER},age"
    )
    assert codes(read_text, text) == set()


def test_skewed_amounts_are_no_slips(read_text):
    text = csv_of(
        adding(lambda row, _: f"{2 ** (row * 7919 % 600 / 40):.2f}"), f"{HEADER},lifetime value"
    )
    assert codes(read_text, text) == set()


@pytest.mark.parametrize("name", ["next renewal", "subscription end", "expires", "departure date"])
def test_dates_that_may_lie_ahead(read_text, name):
    text = csv_of(adding(lambda row, _: f"2027-{1 + row % 12:02d}-03"), f"{HEADER},{name}")
    assert codes(read_text, text) == set()


def test_people_who_are_alike_by_chance_are_no_repeats(read_text):
    rows = [f"{'mf'[row % 2]},{20 + row * 31 % 50},{row * 13 % 5},{row % 2}" for row in range(600)]
    assert "repeats" not in codes(read_text, "sex,age,visits,bought\n" + "\n".join(rows) + "\n")


def test_a_file_made_of_examples_is_no_test(read_text):
    text = csv_of(adding(lambda row, _: f"p{row}@example.com"), f"{HEADER},email")
    assert codes(read_text, text) == {"personal"}


def test_codes_differ_in_case_on_purpose(read_text):
    links = adding(lambda row, _: f"https://shop.org/{'aAbB'[row % 4]}")
    assert codes(read_text, csv_of(links, f"{HEADER},link")) == set()


def test_one_row_per_customer_is_as_it_should_be(read_text):
    text = csv_of(adding(lambda row, _: f"K{row:05d}"), f"{HEADER},customer_id")
    assert codes(read_text, text) == set()


def test_a_column_that_a_person_ignores_is_no_longer_judged(read_text):
    table = read_text(csv_of(setting(2, "berlin", 3)))
    assert found_in(table.with_schema(table.schema.with_ignored("city"))) == ()


def test_a_row_is_numbered_as_a_spreadsheet_does(read_text):
    text = "Report of May\n\n" + csv_of(setting(2, "berlin", 3))
    (found,) = found_in(read_text(text))
    assert text.split("\n")[found.row - 1].split(",")[2] == "berlin"
    assert found.counted_in == "file"


def test_a_row_is_numbered_within_the_table_where_rows_were_left_out_in_between(read_text):
    lines = csv_of(setting(2, "berlin", 3)).split("\n")
    (found,) = found_in(read_text("\n".join([*lines[:3], ",,,,,,", *lines[3:]])))
    assert (found.row, found.counted_in) == (4, "table")


def test_rows_left_out_keep_the_numbers_of_the_others(read_text):
    from upshot.tables.schema import RowRule

    change = lambda row, cells: cells if row != 2 else csv_of().split("\n")[2].split(",")  # noqa: E731
    text = csv_of(lambda row, cells: setting(2, "berlin", 3)(row, change(row, cells)))
    table = read_text(text)
    left_out = table.with_schema(table.schema.with_row_rule(RowRule("repeats")))
    assert left_out.for_learning.rows == table.rows - 1
    (found,) = found_in(left_out)
    assert (found.code, found.row) == ("variants", 5)


def test_large_tables_are_looked_at_in_part_and_say_so(read_text, monkeypatch):
    from upshot.tables.findings import base

    monkeypatch.setattr(base, "MOST_ROWS", 100)
    text = csv_of(adding(lambda row, _: str(-5 if row % 90 == 0 else 30)), f"{HEADER},clicks")
    found = {one.code: one for one in found_in(read_text(text))}
    assert found["impossible"].looked_at == 100
    assert found["impossible"].row == 2


def test_a_minus_sign_is_no_spelling(read_text):
    text = csv_of(adding(lambda row, _: ("-5 %x", "5 %x", "x")[row % 3]), f"{HEADER},step")
    assert "variants" not in codes(read_text, text)


def test_many_columns_that_tell_the_same_are_one_finding(read_text):
    names = [f"city {number}" for number in range(5)]
    text = csv_of(
        lambda _, cells: [*cells, *(f"{cells[2]} {name}" for name in names)],
        ",".join([HEADER, *names]),
    )
    (found,) = found_in(read_text(text))
    assert (found.code, found.columns) == ("copy-many", ("city", *names))
