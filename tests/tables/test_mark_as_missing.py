"""A person says which values mean missing; every reading and every later file honours it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from upshot.errors import InputError, Note, Remedy
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.tables.conform import conform
from upshot.tables.infer import infer
from upshot.tables.profile import profile
from upshot.tables.schema import Column, Kind, Schema
from upshot.tables.typed import typed_frame

TRAIN = "age,job\n" + "".join(
    f"{-1 if i % 4 == 0 else 20 + i},{['clerk', 'unknown', 'nurse'][i % 3]}\n" for i in range(60)
)


def missing(values, column):
    raw = pa.table({column.name: values})
    return typed_frame(raw, Schema((column,)))[column.name].isna().tolist()


@pytest.mark.parametrize(
    "values",
    [
        ["-1", "-1.0", " -1 ", "7", "8.5"],
        pa.array([-1, -1, -1, 7, 8]),
        pa.array([-1.0, -1.0, -1.0, 7.0, 8.5]),
    ],
    ids=["text", "integers", "floats"],
)
def test_a_marked_number_is_missing_however_it_is_written(values):
    column = Column("n", Kind.NUMBER, marked_missing=("-1",))
    assert missing(values, column) == [True, True, True, False, False]


def test_a_marked_number_is_read_in_the_columns_own_format(read_text):
    table = read_text("n;c\n" + "1.234,5;x\n-1,0;y\n-1;x\n2,5;y\n" * 10)
    marked = table.with_schema(table.schema.with_missing("n", (-1,)))
    assert marked.data["n"].isna().tolist() == [False, True, True, False] * 10


@pytest.mark.parametrize(
    ("kind", "values", "token"),
    [
        (Kind.CATEGORY, ["a", "Unknown", "b"], "unknown"),
        (Kind.CATEGORY, ["1", "99.0", "2"], "99"),
        (Kind.TEXT, ["some words", "UNKNOWN", "more words"], "unknown"),
        (Kind.IDENTIFIER, ["c-1", "unknown", "c-2"], "unknown"),
        (Kind.CONSTANT, ["x", "unknown", "x"], "unknown"),
        (Kind.BOOLEAN, ["yes", "no", "yes"], "no"),
        (Kind.DATETIME, ["2024-01-01", "1900-01-01", "2024-01-02"], "1900-01-01"),
        (Kind.DATETIME, [0, 86_400_000_000, 1], "1970-01-02"),
    ],
)
def test_every_kind_honours_what_was_marked(kind, values, token):
    array = pa.array(values, type=pa.timestamp("us") if isinstance(values[0], int) else None)
    raw = pa.table({"c": array})
    data = typed_frame(raw, Schema((Column("c", kind),)).with_missing("c", (token,)))
    assert data["c"].isna().tolist() == [False, True, False]


def test_the_profile_counts_it_as_missing(read_text):
    table = read_text(TRAIN)
    schema = table.schema.with_missing("age", ("-1",)).with_missing("job", ("unknown",))
    facts = profile(table.with_schema(schema))
    age, job = facts.column("age"), facts.column("job")
    assert (age.missing, age.unreadable, age.low) == (15, 0, 21.0)
    assert (job.missing, [item.value for item in job.frequent]) == (20, ["clerk", "nurse"])


def test_a_new_file_is_read_by_the_same_marks(read_text):
    learned = read_text(TRAIN).schema.with_missing("age", ("-1",)).with_missing("job", ["Unknown"])
    stored = from_jsonable(to_jsonable(learned), Schema)
    assert stored == learned
    new, notes = conform(read_text("Job;Age\nUNKNOWN;33,5\nclerk;-1,0\nnurse;-1\n"), stored)
    assert notes == ()
    assert new.data["age"].isna().tolist() == [False, True, True]
    assert new.data["job"].isna().tolist() == [True, False, False]


def test_marking_is_a_recorded_version_and_none_at_all_takes_it_back(read_text):
    schema = read_text(TRAIN).schema
    marked = schema.with_missing("job", (" Unknown", "unknown", ""))
    assert (marked.version, marked.column("job").marked_missing) == (2, ("unknown",))
    assert marked.changes[-1].what == "missing"
    assert marked.with_missing("job", "unknown") is marked
    back = marked.with_missing("job", ())
    assert (back.columns, back.version) == (schema.columns, 3)
    with pytest.raises(InputError):
        schema.with_missing("jbo", ("unknown",))


@pytest.mark.parametrize(
    "change",
    [
        lambda schema: schema.with_kind("age", Kind.CATEGORY),
        lambda schema: schema.with_ignored("age"),
        lambda schema: schema.with_missing("age", ("-1",)),
    ],
    ids=["kind", "ignored", "missing"],
)
def test_each_change_of_a_column_is_undone_and_others_stay(read_text, change):
    schema = read_text(TRAIN).schema
    changed = change(schema).with_ignored("job")
    back = changed.undo("age")
    assert back.column("age") == schema.column("age")
    assert back.column("job").ignored
    assert [one.column for one in back.changes] == ["job"]
    assert back.version == changed.version + 1
    assert changed.undo().undo().columns == schema.columns
    assert schema.undo() is schema


def test_suspects_come_with_a_remedy(read_text):
    table = read_text(TRAIN)
    offers = {note.offer for note in table.notes if note.code == "missing-suspect"}
    assert offers == {
        Remedy("treat-missing", "age", ("-1",)),
        Remedy("treat-missing", "job", ("unknown",)),
    }
    assert from_jsonable(to_jsonable(table.notes), tuple[Note, ...]) == table.notes


def test_a_word_in_very_few_rows_asks_nothing(read_text):
    rows = "".join(f"{('admin', 'sales', 'craft')[i % 3]},{i}\n" for i in range(600))
    assert not any(
        note.code == "missing-suspect" for note in read_text(f"job,n\n{rows}unknown,7\n").notes
    )


def test_notes_and_schemas_of_earlier_versions_still_load():
    note = from_jsonable({"code": "c", "message": "m", "column": None}, Note)
    assert note.offer is None
    stored = to_jsonable(infer(pa.table({"a": ["x", "y"] * 9})).schema.with_ignored("a"))
    del stored["columns"][0]["marked_missing"], stored["changes"][0]["was"]
    old = from_jsonable(stored, Schema)
    assert old.column("a").marked_missing == ()
    assert old.undo() is old
