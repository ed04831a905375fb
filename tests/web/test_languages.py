"""The interface speaks the reader's language, whatever language the data speaks."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from upshot import wording
from upshot.web.common.middleware import OneLanguage
from upshot.wording import say

pytestmark = pytest.mark.django_db


def test_a_page_says_its_language_and_offers_the_others(client):
    page = client.get(reverse("accounts:login"), follow=True).content.decode()
    assert '<html lang="en">' in page
    assert 'value="ru" lang="ru">Русский</button>' in page


def test_the_choice_holds_for_the_next_page_without_an_account(client):
    there = reverse("accounts:login")
    answer = client.post(reverse("common:language"), {"language": "ru", "next": there})
    assert answer.status_code == 302
    assert answer["Location"] == there
    assert '<html lang="ru">' in client.get(there, follow=True).content.decode()


def test_choosing_a_language_never_leads_to_another_site(client):
    answer = client.post(
        reverse("common:language"), {"language": "ru", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


def test_the_librarys_sentences_follow_the_request(monkeypatch):
    said = say("about {share}", share="9")
    monkeypatch.setattr(type(said), "in_language", lambda self, language: language)
    from django.utils import translation

    with translation.override("ru"):
        answer = OneLanguage(lambda request: HttpResponse(str(said)))(RequestFactory().get("/"))
    assert answer.content == b"ru"
    assert wording.current() == "en"
