"""The guide explains every page, its links lead somewhere, and its words are the pages' words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils import translation

import upshot.web
from upshot.web.guide import chapters as guide_chapters
from upshot.web.guide import rendering
from upshot.web.guide.chapters import CHAPTERS, GLOSSARY, chapter_for, folder_of
from upshot.web.guide.terms import TERMS
from upshot.wording import LANGUAGES, SOURCE

TEMPLATES = Path(upshot.web.__file__).parent
GLOSS = re.compile(r'{% gloss "([a-z]+)"')


HEADING = re.compile(r"^(#+) ", re.MULTILINE)
PICTURE = re.compile(r"pictures/([a-z-]+)\.png")
LABEL = re.compile(r"\*{1,2}([^*]+)\*{1,2}")


def source(slug: str, language: str) -> str:
    return (folder_of(language) / f"{slug}.md").read_text(encoding="utf-8")


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_has_its_file_and_every_file_its_chapter(language: str) -> None:
    assert {path.stem for path in folder_of(language).glob("*.md")} == set(CHAPTERS)


@pytest.mark.parametrize("slug", CHAPTERS)
@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != SOURCE])
def test_a_translated_chapter_has_the_same_parts(slug: str, language: str) -> None:
    english, own = source(slug, SOURCE), source(slug, language)
    assert HEADING.findall(own) == HEADING.findall(english)
    assert PICTURE.findall(own) == PICTURE.findall(english)
    for mark in (r"\]\(([a-z-]+\.md)", r"^\|", r"^> ", r"^(?:\d\.|-) "):
        found = re.findall(mark, own, re.MULTILINE)
        assert sorted(found) == sorted(re.findall(mark, english, re.MULTILINE)), mark


# The chapter on exports names the buttons of other tools, which are in English.
@pytest.mark.parametrize("slug", [slug for slug in CHAPTERS if slug != "exports"])
@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != SOURCE])
def test_a_chapter_calls_title_and_buttons_as_the_pages_do(slug: str, language: str) -> None:
    with translation.override(language):
        said = one_line(source(slug, language))
        assert said.startswith(f"# {CHAPTERS[slug].title} ")
        for label in map(one_line, LABEL.findall(source(slug, SOURCE))):
            if (own := translation.gettext(label)) != label and label != label.lower():
                assert own in said, label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [*CHAPTERS, GLOSSARY])
def test_strangers_may_read_it_and_every_link_leads_somewhere(
    cast: Any, client: Client, slug: str, language: str
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(f"/guide/{slug}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert ".md" not in text
    if slug != GLOSSARY:
        assert f'<article class="guide" lang="{language}">' in text
    for address in set(re.findall(r'(?:href|src)="(/guide/[^"#]*)', text)):
        answer = client.get(address)
        answer.close()
        assert answer.status_code == 200, address
    for chapter, place in re.findall(r'href="/guide/([a-z-]+)/#([^"]+)"', text):
        assert f'id="{unquote(place)}"' in client.get(f"/guide/{chapter}/").content.decode()


def test_what_is_not_translated_is_shown_in_english_and_says_so(
    cast: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guide_chapters, "folder_of", lambda _language: Path("nowhere"))
    monkeypatch.setattr("upshot.web.guide.views.rendered", rendering.rendered.__wrapped__)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    page = client.get("/guide/answer/").content.decode()
    assert '<article class="guide" lang="en">' in page
    with translation.override("ru"):
        note = translation.gettext("This chapter is not yet translated. Here it is in English.")
    assert note in page
    assert "/guide/pictures/en/answer.png" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_small_and_used(language: str) -> None:
    used = {name for slug in CHAPTERS for name in PICTURE.findall(source(slug, language))}
    pictures = list((folder_of(language) / "pictures").glob("*.png"))
    assert {path.stem for path in pictures} == used
    assert all(path.stat().st_size < 100_000 for path in pictures)


def test_a_source_cannot_bring_code_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# T\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick=x>\n"
    (tmp_path / "bad.md").write_text(text)
    monkeypatch.setattr(guide_chapters, "FOLDER", tmp_path)
    html = rendering.rendered.__wrapped__("bad", SOURCE).html
    assert "<script" not in html
    assert "<b " not in html
    assert 'href="javascript' not in html


def test_every_page_of_the_road_has_its_chapter() -> None:
    from web.test_isolation import object_routes

    for name, _route in object_routes():
        assert chapter_for(name), name
    assert chapter_for("runs:detail") == "answer"
    assert chapter_for("runs:question") == "leaks"


def test_a_page_leads_to_its_chapter(owner_client: Client) -> None:
    assert 'href="/guide/answer/"' in owner_client.get("/runs/").content.decode()


def test_a_term_is_explained_to_eyes_and_ears() -> None:
    html = Template('{% gloss "lift" %} {% gloss "lift" "more" %}').render(Context())
    ids = re.findall(r' id="(gloss-lift-\d+)"', html)
    assert len(set(ids)) == 2
    assert [f'aria-describedby="{one}"' in html for one in ids] == [True, True]
    assert ">more</button>" in html
    assert "at random" in html
    assert "onclick" not in html
    assert "style=" not in html


def test_pages_use_every_term_and_no_other() -> None:
    used = {
        term
        for path in TEMPLATES.glob("**/templates/**/*.html")
        for term in GLOSS.findall(path.read_text(encoding="utf-8"))
    }
    assert used == set(TERMS)


def test_meanings_are_short_and_plain() -> None:
    for key, term in TERMS.items():
        meaning = str(term.meaning)
        assert meaning.endswith("."), key
        assert len(meaning) <= 160, key


def test_an_unknown_chapter_or_picture_is_not_there(client: Client, cast: Any) -> None:
    assert client.get("/guide/nothing/").status_code == 404
    for address in ("en/nothing", "ru/nothing", "de/answer", "pictures/answer"):
        assert client.get(f"/guide/pictures/{address}.png").status_code == 404
