from __future__ import annotations

import pyarrow as pa
import pytest

from upshot.errors import InputError
from upshot.tables.asking import ASKABLE, answered, questions_on
from upshot.tables.cells import cells_of
from upshot.tables.infer import infer
from upshot.tables.schema import Kind, Personal
from upshot.tables.typed import typed_column

ASKING = {
    "date-order": ["03/04/2024", "05/02/2024", "01/06/2024"],
    "decimal-mark": ["1.234", "2.500", "9.125"],
    "duration-unit": ["03:25", "02:10", "01:05"],
    "excel-date": ["45292", "45300", "45400"],
    "level-order": ["small", "medium", "large"],
    "yes-value": ["bought", "left", "bought"],
    "mailbox": ["a@gmail.com", "b@acme.example", "c@web.de"],
}
NAMES = {"duration-unit": "Avg. duration", "excel-date": "Date"}


def asked(code):
    """The schema of a column that leaves something open, its cells, and the question."""
    name = NAMES.get(code, "x")
    raw = pa.table({name: ASKING[code] * 10})
    schema = infer(raw).schema
    if code == "yes-value":
        schema = schema.with_kind(name, Kind.BOOLEAN)
    examples = cells_of(name, raw.column(name)).texts.to_pylist()
    (question,) = questions_on(schema, name, examples)
    return schema, raw.column(name), question


@pytest.mark.parametrize("code", ASKABLE)
def test_each_question_offers_answers_and_keeps_what_was_said(code):
    schema, cells, question = asked(code)
    name = schema.names[0]
    assert question.code == code
    assert question.words.endswith(("?", "."))
    assert len(question.answers) == 2
    assert len({answer.words for answer in question.answers}) == 2
    for answer in question.answers:
        after = answered(schema, name, code, answer.value)
        assert after.column(name).confidence == 1
        assert len(typed_column(cells, after.column(name))) == len(cells)
        assert after.undo(name).columns == schema.columns or after is schema
    with pytest.raises(InputError):
        answered(schema, name, code, "perhaps")


def test_a_date_is_asked_with_both_days_and_read_as_was_said():
    schema, cells, question = asked("date-order")
    assert question.is_open
    assert question.words == "Is 03/04/2024 in this column 3 April 2024 or 4 March 2024?"
    for value, month in (("day-first", 4), ("month-first", 3)):
        after = answered(schema, "x", "date-order", value)
        assert (
            typed_column(cells, after.column("x"))[0].astype("datetime64[M]").item().month == month
        )
        (again,) = questions_on(after, "x", ASKING["date-order"])
        assert (again.current, again.is_open) == (value, False)


def test_a_mark_is_asked_with_both_numbers():
    schema, cells, question = asked("decimal-mark")
    assert question.words == "Is 1.234 in this column 1,234 or 1.234?"
    assert typed_column(cells, answered(schema, "x", "decimal-mark", ",").column("x"))[0] == 1234
    assert typed_column(cells, answered(schema, "x", "decimal-mark", ".").column("x"))[0] == 1.234


def test_a_duration_is_asked_in_words():
    schema, cells, question = asked("duration-unit")
    assert question.words == "Is 03:25 in this column 3 min 25 s or 3 h 25 min?"
    after = answered(schema, "Avg. duration", "duration-unit", "hours")
    assert typed_column(cells, after.column("Avg. duration"))[0] == 12_300


def test_a_person_says_which_value_means_yes():
    schema, cells, _ = asked("yes-value")
    after = answered(schema, "x", "yes-value", "left⇔bought")
    assert list(typed_column(cells, after.column("x")))[:2] == [False, True]


@pytest.mark.parametrize(
    "texts",
    [
        ["13/04/2024", "05/02/2024"],
        ["1.234,5", "2.500"],
        ["red", "green"],
        ["yes", "no"],
        ["5", "7"],
    ],
)
def test_nothing_is_asked_where_the_file_decides(texts):
    schema = infer(pa.table({"x": texts * 10})).schema
    assert questions_on(schema, "x", texts) == ()


def test_of_an_address_only_the_provider_is_learned_and_only_when_a_person_says_so():
    schema, cells, question = asked("mailbox")
    assert (question.current, question.is_open) == ("nothing", False)
    after = answered(schema, "x", "mailbox", "provider").column("x")
    assert after.personal is Personal.EMAIL
    typed = list(typed_column(cells, after))
    assert set(typed) == {"gmail.com", "company domain", "web.de"}
    kept_out = answered(schema, "x", "mailbox", "nothing").column("x")
    assert (kept_out.kind, kept_out.personal) == (Kind.IDENTIFIER, Personal.EMAIL)
