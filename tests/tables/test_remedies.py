"""Every remedy is a recorded version of the schema, is repeated in new files, and can be undone."""

from __future__ import annotations

import pytest

from upshot.errors import Remedy
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables.conform import conform
from upshot.tables.profile import profile
from upshot.tables.remedies import REMEDIES, apply_remedy, fits, is_applied, take_back
from upshot.tables.schema import Schema

ROWS = [
    "c1,a@shop.org,2024-01-01,2024-01-09,40,Berlin",
    "c2,b@shop.org,2024-01-02,2024-01-08,-5,berlin ",
    "c2,b@shop.org,2024-01-02,2024-01-08,-5,berlin ",
    "c1,test@shop.org,2024-01-03,2024-01-07,9000,Málaga",
    "c3,c@shop.org,2024-01-05,2024-01-04,31,malaga",
] + [
    f"c{n},p{n}@shop.org,2024-02-{n % 28 + 1:02d},2024-03-01,{20 + n},{['Berlin', 'Rome'][n % 2]}"
    for n in range(4, 60)
]
CSV = "customer_id,email,start,end,age,city\n" + "\n".join(ROWS) + "\n"

EXAMPLES = {
    "treat-missing": Remedy("treat-missing", "city", ("Rome",)),
    "ignore": Remedy("ignore", "city"),
    "join-values": Remedy("join-values", "city", ("Ulm", "Bonn")),
    "merge-spellings": Remedy("merge-spellings", "city", ("Berlin", "Málaga")),
    "treat-impossible": Remedy("treat-impossible", "age", ("0", "120")),
    "cap": Remedy("cap", "age", ("", "80")),
    "drop-repeats": Remedy("drop-repeats", ""),
    "drop-tests": Remedy("drop-tests", "email"),
    "drop-reversed": Remedy("drop-reversed", "start", ("end",)),
    "keep-last": Remedy("keep-last", "customer_id", ("start",)),
}
LEAVES_OUT = {"drop-repeats": 1, "drop-tests": 1, "drop-reversed": 1, "keep-last": 2}


@pytest.fixture
def table(read_text):
    return read_text(CSV)


def mended(table, *actions):
    schema = table.schema
    for action in actions:
        schema = apply_remedy(schema, EXAMPLES[action])
    return table.with_schema(schema)


def test_every_remedy_has_an_example():
    assert EXAMPLES.keys() == REMEDIES.keys()


@pytest.mark.parametrize("action", REMEDIES)
def test_every_remedy_can_be_applied_and_taken_back(table, action):
    remedy, schema = EXAMPLES[action], table.schema.with_missing("age", ("77",))
    assert fits(schema, remedy)
    assert not is_applied(schema, remedy)
    assert take_back(schema, remedy) is schema
    applied = apply_remedy(schema, remedy)
    assert is_applied(applied, remedy)
    assert applied.version == schema.version + 1
    assert apply_remedy(applied, remedy) is applied
    assert from_jsonable(to_jsonable(applied), Schema) == applied
    back = take_back(applied, remedy)
    assert (back.columns, back.row_rules) == (schema.columns, schema.row_rules)
    assert not is_applied(back, remedy)
    assert applied.undo().columns == schema.columns
    assert applied.undo().row_rules == schema.row_rules


@pytest.mark.parametrize("action", REMEDIES)
def test_undoing_one_leaves_the_others(table, action):
    schema = table.schema
    for remedy in EXAMPLES.values():
        schema = apply_remedy(schema, remedy)
    schema = take_back(schema, EXAMPLES[action])
    applied = {name for name, remedy in EXAMPLES.items() if is_applied(schema, remedy)}
    assert applied == EXAMPLES.keys() - {action}


@pytest.mark.parametrize("action", LEAVES_OUT)
def test_rows_are_left_out_of_learning_only(table, action):
    changed = mended(table, action)
    assert changed.for_learning.rows == table.rows - LEAVES_OUT[action]
    assert changed.for_learning.for_learning is changed.for_learning
    assert changed.rows == table.rows
    new, _ = conform(table, changed.schema)
    assert len(new.data) == table.rows
    assert new.schema.row_rules == changed.schema.row_rules


def test_without_rules_no_row_is_copied(table):
    assert table.for_learning is table


def test_the_last_row_of_a_customer_is_the_latest(table):
    kept = mended(table, "keep-last").for_learning.data
    assert kept.loc[kept["customer_id"] == "c1", "age"].tolist() == [9000.0]


def test_the_last_row_is_the_last_of_the_file_where_no_date_is_named(table):
    rule = Remedy("keep-last", "customer_id")
    kept = table.with_schema(apply_remedy(table.schema, rule)).for_learning.data
    assert kept["customer_id"].tolist()[:2] == ["c2", "c1"]


def test_merged_spellings_are_one_value_in_every_file(table, read_text):
    changed = mended(table, "merge-spellings")
    cities = {"Berlin", "Málaga", "Rome"}
    assert set(changed.data["city"].cat.categories) == cities
    figures = profile(changed).column("city")
    assert figures.distinct == 3
    assert set(figures.examples) == cities
    new, _ = conform(
        read_text("customer_id,email,start,end,age,city\nx,y@z.org,2024-01-01,,3,BERLIN\n"),
        changed.schema,
    )
    assert new.data["city"].tolist() == ["Berlin"]


def test_impossible_numbers_are_missing_and_caps_draw_in(table):
    changed = mended(table, "treat-impossible")
    assert changed.data["age"].isna().tolist()[:5] == [False, True, True, True, False]
    figures = profile(changed).column("age")
    assert (figures.missing, figures.unreadable) == (3, 0)
    capped = mended(table, "cap")
    assert capped.data["age"].max() == 80
    again, _ = conform(table, capped.schema)
    assert again.data["age"].max() == 80


def test_numbers_of_a_native_type_are_mended_too(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    from upshot.tables import read

    path = tmp_path / "ages.parquet"
    pq.write_table(
        pa.table({"age": [31.5, -5.0, 9000.0, None] * 10, "city": ["a", "b"] * 20}), path
    )
    table = read(path)
    impossible, capped = mended(table, "treat-impossible"), mended(table, "cap")
    assert impossible.data["age"].isna().tolist()[:4] == [False, True, True, True]
    assert capped.data["age"].tolist()[:3] == [31.5, -5.0, 80.0]


def test_a_remedy_for_columns_that_are_gone_does_not_fit(table):
    schema = table.schema.select([name for name in table.schema.names if name != "end"])
    assert not fits(schema, EXAMPLES["drop-reversed"])
    assert not fits(schema, Remedy("nonsense", "age"))
    assert fits(schema, EXAMPLES["drop-repeats"])
