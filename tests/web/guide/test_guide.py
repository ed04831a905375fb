"""The guide explains every page, its links lead somewhere, and its words are the pages' words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client

import upshot.web
from upshot.web.guide import rendering
from upshot.web.guide.chapters import CHAPTERS, FOLDER, GLOSSARY, PICTURES, chapter_for
from upshot.web.guide.terms import TERMS

TEMPLATES = Path(upshot.web.__file__).parent
GLOSS = re.compile(r'{% gloss "([a-z]+)"')


def test_every_chapter_has_its_file_and_every_file_its_chapter() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(CHAPTERS)


@pytest.mark.parametrize("slug", [*CHAPTERS, GLOSSARY])
def test_strangers_may_read_it_and_every_link_leads_somewhere(
    cast: Any, client: Client, slug: str
) -> None:
    page = client.get(f"/guide/{slug}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert ".md" not in text
    for address in set(re.findall(r'(?:href|src)="(/guide/[^"#]*)', text)):
        answer = client.get(address)
        answer.close()
        assert answer.status_code == 200, address
    for chapter, place in re.findall(r'href="/guide/([a-z-]+)/#([^"]+)"', text):
        assert f'id="{place}"' in client.get(f"/guide/{chapter}/").content.decode()


def test_every_picture_is_small_and_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    used = set(re.findall(r"pictures/([a-z-]+)\.png", text))
    assert {path.stem for path in PICTURES.glob("*.png")} == used
    assert all(path.stat().st_size < 100_000 for path in PICTURES.glob("*.png"))


def test_a_source_cannot_bring_code_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "# T\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick=x>\n"
    (tmp_path / "bad.md").write_text(source)
    monkeypatch.setattr(rendering, "FOLDER", tmp_path)
    html = rendering.rendered.__wrapped__("bad")
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
    assert client.get("/guide/pictures/nothing.png").status_code == 404
