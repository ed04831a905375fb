"""Sentences in the database are read in every reader's language."""

from __future__ import annotations

import pickle

import pytest

from upshot.web.jobs.models import Job
from upshot.web.sentences import SentenceField, unmarked
from upshot.wording import Figure, Sentence, say, speaking


@pytest.fixture
def russian(monkeypatch):
    """A catalogue of one sentence."""

    class Catalogue:
        def gettext(self, text: str) -> str:
            return {"`{column}` is full.": "`{column}` заполнен."}.get(text, text)

    monkeypatch.setattr("upshot.wording._catalogue", lambda language: Catalogue())


@pytest.mark.django_db
def test_a_message_of_a_job_is_read_in_the_language_of_the_reader(russian):
    job = Job.objects.create(name="echo", message=say("`{column}` is full.", column="Age"))
    read = Job.objects.get(pk=job.pk).message
    assert read == "`Age` is full."
    with speaking("ru"):
        assert str(read) == "`Age` заполнен."


@pytest.mark.django_db
def test_a_sentence_is_stored_by_an_update_too(russian):
    job = Job.objects.create(name="echo")
    Job.objects.filter(pk=job.pk).update(message=say("`{column}` is full.", column="Age"))
    assert isinstance(Job.objects.get(pk=job.pk).message, Sentence)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "Plain words.", '{"not": "ours"}'])
def test_other_text_stays_as_it_is(text):
    job = Job.objects.create(name="echo", message=text)
    assert Job.objects.get(pk=job.pk).message == text


def test_a_figure_is_a_figure_again():
    field = SentenceField()
    stored = field.get_prep_value(Figure("1,234.5"))
    with speaking("ru"):
        assert str(field.to_python(stored)) == "1\N{NO-BREAK SPACE}234,5"


def test_a_title_has_no_marks_in_any_language(russian):
    title = unmarked(say("`{column}` is full.", column="Age"))
    assert title == "Age is full."
    with speaking("ru"):
        assert str(title) == "Age заполнен."
        assert str(pickle.loads(pickle.dumps(title))) == "Age заполнен."


def test_a_field_of_titles_reads_them_without_marks(russian):
    field = SentenceField(marked=False)
    stored = field.get_prep_value(unmarked(say("`{column}` is full.", column="Age")))
    assert field.to_python(stored) == "Age is full."
