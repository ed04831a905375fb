"""``{% gloss "lift" %}``: a term with its meaning, for pointer, keyboard and touch, no script."""

from __future__ import annotations

from itertools import count
from typing import Any

from django import template

from upshot.web.guide.terms import TERMS

register = template.Library()

_numbers = count(1)


@register.inclusion_tag("guide/gloss.html")
def gloss(term: str, words: str = "") -> dict[str, Any]:
    """The term, or other words for it, with a note that shows on hover and focus.

    A term stands once on a page as a rule: where it occurs first. The number keeps the ids of a
    page apart, also when a part of it is replaced.
    """
    found = TERMS[term]
    return {
        "id": f"gloss-{term}-{next(_numbers)}",
        "words": words or found.word,
        "meaning": found.meaning,
    }
