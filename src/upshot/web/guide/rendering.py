"""A chapter as a page: Markdown in, safe HTML out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from upshot.web.guide.chapters import CHAPTERS, GLOSSARY, picture_of, text_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_CHAPTER = re.compile(r"([a-z-]+)\.md(#.*)?")
_PICTURE = re.compile(r"pictures/([a-z-]+)\.png")
_NOT_IN_AN_ID = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Text:
    """A chapter below its title, and the language it is written in."""

    html: SafeString
    language: str


@cache
def rendered(slug: str, language: str) -> Text:
    """The text of a chapter in `language`, or in English where nobody has translated it yet.

    HTML in the source is shown as text and unsafe addresses are no links: markdown-it's
    ``commonmark`` rules with ``html`` off, whose output needs no cleaning.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    path, spoken = text_of(slug, language)
    tokens = parser.parse(path.read_text(encoding="utf-8"))
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        tokens = tokens[3:]
    _name_headings(tokens)
    for token in tokens:
        for child in token.children or ():
            _point_home(child, spoken)
    html = parser.renderer.render(tokens, parser.options, {})
    framed = html.replace("<table>", '<div class="table-frame" tabindex="0"><table class="table">')
    return Text(mark_safe(framed.replace("</table>", "</table></div>")), spoken)  # noqa: S308


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give every heading an address of its own, in its own letters."""
    for token, words in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _NOT_IN_AN_ID.sub("-", words.content.lower()).strip("-"))


def _point_home(token: Token, language: str) -> None:
    """Files beside the chapter become addresses of the site."""
    href, src = str(token.attrGet("href") or ""), str(token.attrGet("src") or "")
    if (found := _CHAPTER.fullmatch(href)) and found[1] in {*CHAPTERS, GLOSSARY}:
        token.attrSet("href", reverse("guide:chapter", args=[found[1]]) + (found[2] or ""))
    if found := _PICTURE.fullmatch(src):
        _, shown = picture_of(found[1], language)
        token.attrSet("src", reverse("guide:picture", args=[shown, found[1]]))
        token.attrSet("loading", "lazy")
        token.attrSet("class", "guide__picture")
