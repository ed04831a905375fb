"""Sentences keep their template, so that a page can say them in the reader's language."""

import gettext
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upshot import wording
from upshot.jsonable import from_jsonable, to_jsonable
from upshot.wording import (
    Figure,
    comma_list,
    quoted,
    say,
    say_count,
    say_day,
    say_list,
    speaking,
)

WORDS = {
    "{rows} rows of `{column}`.": "Строк в `{column}`: {rows}.",
    "about {share}": "около {share}",
    "{items} and {last}": "{items} и {last}",
}


class Russian(gettext.NullTranslations):
    def gettext(self, message):
        return WORDS.get(message, message)

    def ngettext(self, one, many, number):
        forms = ("{number} строка", "{number} строки", "{number} строк")
        if number % 10 == 1 and number % 100 != 11:
            return forms[0]
        few = 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14
        return forms[1] if few else forms[2]


@pytest.fixture(autouse=True)
def _russian(monkeypatch):
    monkeypatch.setattr(wording, "_catalogue", lambda language: Russian())


def test_a_sentence_is_its_english_text():
    said = say("{rows} rows of `{column}`.", rows=1234, column="Lead Score")
    assert said == "1,234 rows of `Lead Score`."
    assert f"{said}" == "1,234 rows of `Lead Score`."
    assert json.dumps([said]) == '["1,234 rows of `Lead Score`."]'


def test_str_says_it_in_the_readers_language_and_only_there():
    said = say("{rows} rows of `{column}`.", rows=1234, column="Lead Score")
    with speaking("ru"):
        assert str(said) == f"{said}" == "Строк в `Lead Score`: 1\N{NO-BREAK SPACE}234."
        assert said == "1,234 rows of `Lead Score`."
    assert str(said) == "1,234 rows of `Lead Score`."


def test_sentences_and_figures_inside_a_sentence_are_said_too():
    said = say(
        "{rows} rows of `{column}`.", rows=say("about {share}", share=Figure("1.5")), column="a"
    )
    with speaking("ru"):
        assert str(said) == "Строк в `a`: около 1,5."
        assert str(say_list(["a", "b", "c"])) == "a, b и c"
    assert say_list(["a", "b", "c"]) == "a, b and c"
    assert say_list(["a"]) == "a"


@pytest.mark.parametrize(
    ("number", "english", "russian"),
    [(1, "1 row", "1 строка"), (3, "3 rows", "3 строки"), (25, "25 rows", "25 строк")],
)
def test_the_number_decides_the_form(number, english, russian):
    said = say_count("{number} row", "{number} rows", number)
    assert said == english
    with speaking("ru"):
        assert str(said) == russian


def test_an_unknown_language_is_english():
    with speaking("xx"):
        assert str(say("about {share}", share="9")) == "about 9"


def test_values_are_filled_by_name_only():
    assert say("{a.__class__} {0} {b}", a="x") == "{a.__class__} {0} {b}"
    assert say("{a}", a="{a}") == "{a}"


def test_a_float_must_be_written_by_somebody_who_knows_its_digits():
    with pytest.raises(TypeError):
        say("{share}", share=0.123456789)


def test_facts_keep_their_sentences_when_stored():
    from upshot.errors import Note

    note = Note("rows", say("{rows} rows of `{column}`.", rows=5, column="ü"), remedy="plain")
    stored = json.loads(json.dumps(to_jsonable(note, sentences=True)))
    again = from_jsonable(stored, Note)
    assert again == note
    with speaking("ru"):
        assert str(again.message) == "Строк в `ü`: 5."
    assert to_jsonable(note)["message"] == "5 rows of `ü`."


def test_what_is_no_stored_sentence_is_refused():
    for plain in (
        3,
        {"say": 4},
        {"say": "{a}", "with": {"a": 0.5}},
        {"say": "x", "with": 3},
        {"say": "{a}", "with": {"a": [1]}},
    ):
        with pytest.raises(ValueError, match="neither text"):
            wording.from_plain(plain)


@given(st.text(), st.dictionaries(st.from_regex(r"\A[a-z]\w{0,5}\Z"), st.text() | st.integers()))
def test_any_sentence_survives_storing_and_pickling(template, values):
    said = say(template, **values)
    for again in (
        wording.from_plain(json.loads(json.dumps(wording.to_plain(said)))),
        pickle.loads(pickle.dumps(said)),
    ):
        assert again == said
        with speaking("ru"):
            assert str(again) == str(said)


def test_days_and_quoted_words_are_written_as_the_reader_writes_them(monkeypatch):
    words = {"'{text}'": "«{text}»", "{year}-{month}-{day}": "{day}.{month}.{year}"}
    monkeypatch.setattr(Russian, "gettext", lambda self, message: words.get(message, message))
    day, listed = say_day("2026-03-01"), comma_list(quoted(["a", "b"]))
    assert (day, listed, say_day("NaT")) == ("2026-03-01", "'a', 'b'", "NaT")
    with speaking("ru"):
        assert (str(day), str(listed)) == ("01.03.2026", "«a», «b»")
