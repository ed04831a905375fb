"""Questions, readiness and suspicions are whole sentences in the reader's language."""

from __future__ import annotations

import re

import pytest

from upshot.jsonable import from_jsonable, to_jsonable
from upshot.questions import check, choose, suggest, wording
from upshot.questions.asked import AMOUNTS, DEEDS
from upshot.questions.base import Readiness
from upshot.questions.leaks.telling_names import TELLING_NAMES
from upshot.questions.meanings import MEANINGS
from upshot.questions.registry import QUESTIONS
from upshot.samples import SAMPLES, write_sample
from upshot.tables import read
from upshot.wording import Sentence, say, speaking


def test_every_meaning_has_its_question_and_every_question_a_meaning():
    assert set(DEEDS) == {meaning.verb for meaning in MEANINGS if meaning.verb}
    assert set(AMOUNTS) == {meaning.amount for meaning in MEANINGS if meaning.amount}
    for verb, asked in DEEDS.items():
        assert asked.will == f"Who will {verb}?"
        assert asked.will_not == f"Who will not {verb}?"
        assert asked.negatives == f"{{unit}} who will not {verb}"
    assert all(asked == f"How much will {amount}?" for amount, asked in AMOUNTS.items())


def test_all_words_of_questions_are_russian_to_a_russian_reader():
    texts = [text for asked in DEEDS.values() for text in (asked.will, asked.positives)]
    texts += [*AMOUNTS.values(), *(telling.says for telling in TELLING_NAMES)]
    told = [text for q in QUESTIONS.values() for text in (q.title, q.explanation)]
    told += [text for sample in SAMPLES.values() for text in (sample.title, sample.story)]
    with speaking("ru"):
        assert [text for text in texts if not re.search("[а-я]", str(say(text)))] == []
        assert [text for text in told if not re.search("[а-я]", str(text))] == []


SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def leads(tmp_path_factory):
    return read(write_sample("leads", tmp_path_factory.mktemp("sample")))


def test_a_question_and_its_readiness_are_said_in_russian(leads):
    choice = choose(leads, "Converted")
    asked = wording(leads, choice)
    readiness = check(leads, choice)
    suspect = readiness.leak_suspects[0]
    with speaking("ru"):
        assert str(asked.title) == "Кто совершит целевое действие?"
        assert str(asked.unit) == "лидов"
        assert str(asked.outcome) == "`Converted` — 1"
        assert str(suspect.remedy) == (
            "Исключите этот столбец, если его заполняют, когда исход уже известен."
        )
        texts = [note.message for note in readiness.notes] + [
            s.example for s in readiness.leak_suspects
        ]
        assert [text for text in texts if not re.search("[а-я]", str(text))] == []
    assert asked.title == "Who will convert?"


def test_stored_readiness_is_said_again(leads):
    readiness = check(leads, choose(leads, "Converted"))
    stored = to_jsonable(readiness, sentences=True)
    loaded = from_jsonable(stored, Readiness)
    assert loaded == readiness
    with speaking("ru"):
        assert [str(note.message) for note in loaded.notes] == [
            str(note.message) for note in readiness.notes
        ]


def test_reasons_of_suggestions_are_sentences(leads):
    found = suggest(leads)
    assert found
    assert all(isinstance(one.reason, Sentence) for one in found)
    with speaking("ru"):
        said = [str(one.reason) for one in found]
    assert any("В столбце" in reason for reason in said)
    assert not any("people ask" in reason for reason in said)


def test_large_numbers_in_examples_are_written_out():
    from upshot.questions.leaks.evidence import _figure

    assert _figure(133_800.4, 4) == "133,800"
    assert (_figure(98.251, 4), _figure(0.00012, 4)) == ("98.25", "0.00012")
    with speaking("ru"):
        assert str(_figure(4290.5, 4)) == f"4{SPACE}290"
        assert str(_figure(12.5, 4)) == "12,5"
