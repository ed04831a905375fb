"""The chapters of the guide, in reading order, and the pages each of them explains."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOLDER = Path(__file__).resolve().parent / "chapters"
PICTURES = FOLDER / "pictures"


@dataclass(frozen=True)
class Chapter:
    """One chapter: ``<slug>.md`` holds its text; `pages` are the view names it explains.

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
