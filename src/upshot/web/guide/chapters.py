"""The chapters of the guide, in reading order, and the pages each of them explains.

A chapter is written in English in ``<slug>.md``, and in another language in a folder named for it,
with the pictures of the pages in that language.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upshot.wording import SOURCE

FOLDER = Path(__file__).resolve().parent / "chapters"


@dataclass(frozen=True)
class Chapter:
    """One chapter: its title, and in `pages` the view names it explains.

    A namespace such as ``"accounts"`` stands for all of its pages that no chapter names.
    """

    title: str | Promise
    pages: tuple[str, ...] = ()


CHAPTERS: dict[str, Chapter] = {
    "start": Chapter(_("Your first ten minutes"), ("datasets:list", "datasets:upload", "common")),
    "exports": Chapter(_("Getting an export out of your tools")),
    "your-file": Chapter(_("What your file needs"), ("datasets:reading",)),
    "understood": Chapter(_("What we understood"), ("datasets",)),
    "question": Chapter(_("Asking a question"), ("runs:ask",)),
    "leaks": Chapter(_("Columns that give the answer away"), ("runs:question",)),
    "answer": Chapter(_("Reading the answer"), ("runs", "runs:list", "runs:detail")),
    "lists": Chapter(_("Using it: lists and control groups"), ("predictions",)),
    "bundles": Chapter(_("Bundles and learning again"), ("bundles", "runs:learn_again")),
    "accounts": Chapter(
        _("Accounts and privacy"), ("accounts", "keeping", "api", "operation", "audit")
    ),
}

GLOSSARY = "glossary"


def chapter_for(view_name: str) -> str:
    """The slug of the chapter that explains a page; "" when none does."""
    namespace = view_name.split(":", maxsplit=1)[0]
    for name in (view_name, namespace):
        for slug, chapter in CHAPTERS.items():
            if name in chapter.pages:
                return slug
    return ""


def text_of(slug: str, language: str) -> tuple[Path, str]:
    """The file with a chapter in `language`, or else in English; and the language it is in."""
    own = folder_of(language) / f"{slug}.md"
    return (own, language) if own.is_file() else (FOLDER / f"{slug}.md", SOURCE)


def picture_of(name: str, language: str) -> tuple[Path, str]:
    """The file with a picture of the pages in `language`, or else in English; and its language."""
    path = Path("pictures") / f"{name}.png"
    own = folder_of(language) / path
    return (own, language) if own.is_file() else (FOLDER / path, SOURCE)


def folder_of(language: str) -> Path:
    """Where the chapters in a language lie."""
    return FOLDER if language == SOURCE else FOLDER / language
