"""The guide, for people who market and do not code."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from upshot.web.guide.chapters import CHAPTERS, GLOSSARY, picture_of
from upshot.web.guide.rendering import rendered
from upshot.web.guide.terms import TERMS
from upshot.wording import LANGUAGES, SOURCE

PICTURE_SECONDS = 3600


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All chapters."""
    return render(request, "guide/index.html", {"chapters": CHAPTERS})


@require_safe
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    """One chapter, with the way to the next; or the words of the field."""
    if slug == GLOSSARY:
        terms = sorted(TERMS.items(), key=lambda item: str(item[1].word).casefold())
        context = {"chapters": CHAPTERS, "terms": terms, "slug": slug}
        return render(request, "guide/glossary.html", context)
    if slug not in CHAPTERS:
        raise Http404
    order = list(CHAPTERS)
    after = order[order.index(slug) + 1 :][:1]
    language = get_language() or SOURCE
    text = rendered(slug, language)
    context = {
        "chapters": CHAPTERS,
        "slug": slug,
        "is_in_english": text.language != language,
        "chapter": CHAPTERS[slug],
        "text": text,
        "next_slug": after[0] if after else GLOSSARY,
        "next": CHAPTERS[after[0]] if after else None,
    }
    return render(request, "guide/chapter.html", context)


@require_safe
def picture(_request: HttpRequest, language: str, name: str) -> FileResponse:
    """A picture of a page; the address allows no other file than one of the folders."""
    path, shown = picture_of(name, language)
    if language not in LANGUAGES or shown != language or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/png")
    response["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    return response
