"""Every sentence has a Russian translation that keeps its values; the catalogues are compiled."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[1] / "tools" / "messages.py"


def _messages():
    spec = importlib.util.spec_from_file_location("upshot_messages", TOOL)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


messages = _messages()


@pytest.mark.parametrize("domain", messages.DOMAINS, ids=lambda domain: domain.name)
@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_nothing_is_left_to_translate_or_mend(domain, language):
    assert messages.problems(domain, language) == []


def test_words_of_a_filter_are_collected_and_an_outdated_translation_counts_as_missing(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('{% load i18n %}{{ name|default:_("Nobody yet") }}{% translate "Save" %}')
    django = next(domain for domain in messages.DOMAINS if domain.templates)
    assert [said for said, _ in messages._messages(django, page)] == ["Nobody yet", "Save"]
    old = messages.Message("Save", "Сохранить", flags={"fuzzy"})
    assert list(messages._wrong(old)) == ["no translation: 'Save'"]
    old.flags.clear()
    assert list(messages._wrong(old)) == []
