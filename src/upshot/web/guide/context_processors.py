"""Which chapter explains the page that is asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from upshot.web.guide.chapters import CHAPTERS, chapter_for


def guide(request: HttpRequest) -> dict[str, Any]:
    """The slug and title of the chapter about this page, if there is one."""
    match = getattr(request, "resolver_match", None)
    slug = chapter_for(match.view_name) if match is not None else ""
    return {"guide_slug": slug, "guide_title": CHAPTERS[slug].title} if slug else {}
