from __future__ import annotations

import pandas as pd
import pytest

from upshot.tables.conform import conform
from upshot.tables.schema import Kind

TRAIN = "id,cost,when,paid,city\n" + "".join(
    f"u{i},{i}.5,2024-01-{i % 28 + 1:02d},{['yes', 'no'][i % 2]},{['Bonn', 'Ulm'][i % 2]}\n"
    for i in range(40)
)


@pytest.fixture
def schema(read_text):
    return read_text(TRAIN).schema


def codes(notes):
    return {(note.code, note.column) for note in notes}


def test_the_same_file_conforms_without_a_note(read_text, schema):
    table = read_text(TRAIN)
    same, notes = conform(table, schema)
    assert notes == ()
    pd.testing.assert_frame_equal(same.data, table.data)


def test_other_order_and_formats_give_the_same_data(read_text, schema):
    new = "City;Cost;PAID;When;ID\n" + "".join(
        f"{['Bonn', 'Ulm'][i % 2]};1.{i:03d},5;{['ja', 'nein'][i % 2]};{i + 10:02d}.01.2024;u{i}\n"
        for i in range(10)
    )
    table, notes = conform(read_text(new), schema)
    assert table.schema.names == schema.names
    assert [c.kind for c in table.schema.columns] == [c.kind for c in schema.columns]
    assert notes == ()
    assert table.data["cost"].tolist() == [1000.5 + i for i in range(10)]
    assert table.data["paid"].tolist() == [True, False] * 5
    assert table.data["when"].iloc[3] == pd.Timestamp("2024-01-13")


def test_missing_and_extra_columns_are_named(read_text, schema):
    table, notes = conform(read_text("id,cost,extra\nu1,2.5,x\nu2,3.5,y\n"), schema)
    assert table.schema.names == schema.names
    assert table.data["city"].isna().all()
    assert {("column-missing", "when"), ("column-missing", "paid"), ("column-missing", "city")} <= (
        codes(notes)
    )
    extra = next(note for note in notes if note.code == "column-extra")
    assert "`extra`" in extra.message


def test_cells_that_do_not_fit_are_missing_and_named(read_text, schema):
    table, notes = conform(
        read_text("id,cost,when,paid,city\nu1,cheap,soon,maybe,Rome\nu2,3.5,2024-02-03,yes,Bonn\n"),
        schema,
    )
    fits = {column for code, column in codes(notes) if code == "cell-does-not-fit"}
    assert fits == {"cost", "when", "paid"}
    assert table.data["cost"].isna().tolist() == [True, False]
    assert table.data["city"].tolist() == ["Rome", "Bonn"]


def test_one_row_and_no_row_conform(read_text, schema):
    one, _ = conform(read_text("id,cost,when,paid,city\nu1,1.5,2024-05-06,no,Ulm\n"), schema)
    assert one.rows == 1
    assert one.data["paid"].tolist() == [False]
    none, _ = conform(read_text("id,cost,when,paid,city\n"), schema)
    assert none.rows == 0
    assert len(none.data) == 0


def test_an_ambiguous_date_is_read_as_in_the_earlier_file(read_text):
    earlier = read_text("when,n\n" + "13/02/2024,1\n01/03/2024,2\n02/02/2024,3\n" * 10)
    assert earlier.schema.column("when").kind is Kind.DATETIME
    later, _ = conform(read_text("when,n\n03/04/2024,1\n01/02/2024,5\n"), earlier.schema)
    assert later.data["when"].iloc[0] == pd.Timestamp("2024-04-03")


def test_a_persons_choices_survive(read_text, schema):
    chosen = schema.with_ignored("city").with_kind("cost", Kind.CATEGORY)
    table, _ = conform(read_text(TRAIN), chosen)
    assert table.schema.column("city").ignored
    assert table.schema.column("cost").kind is Kind.CATEGORY
    assert table.schema.version == chosen.version
