"""Template tags of the site; available in every template without loading."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy, ngettext

from upshot.wording import Figure, from_plain

register = template.Library()

# The guided road: (key, words); pages say which step they are.
ROAD = (
    ("file", gettext_lazy("File")),
    ("understand", gettext_lazy("Understand")),
    ("question", gettext_lazy("Question")),
    ("learn", gettext_lazy("Learn")),
    ("answer", gettext_lazy("Answer")),
    ("use", gettext_lazy("Use")),
)


@register.inclusion_tag("common/road.html")
def road(here: str, **links: str) -> dict[str, Any]:
    """The stepper: ``{% road "question" file=url %}``; steps with a link are links."""
    keys = [key for key, _words in ROAD]
    position = keys.index(here)
    steps = [
        {
            "words": words,
            "url": links.get(key, ""),
            "state": "here" if at == position else "done" if at < position else "ahead",
            "number": at + 1,
        }
        for at, (key, words) in enumerate(ROAD)
    ]
    return {"steps": steps, "count": len(steps), "position": position + 1}


@register.filter
def said(text: Any) -> str:
    """Text that was stored by a job, in the reader's language."""
    return str(from_plain(text) if isinstance(text, Mapping) else text)


@register.filter
def percent(value: Any, digits: int = 0) -> str:
    """0.613 → 61 %."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return "–"
    return str(Figure(f"{value * 100:.{digits}f} %"))


@register.filter
def duration(seconds: Any) -> str:
    """Seconds as people say them."""
    if not isinstance(seconds, int | float) or not math.isfinite(seconds):
        return "–"
    whole = max(0, round(seconds))
    if whole < 90:
        return ngettext("%(n)d second", "%(n)d seconds", whole) % {"n": whole}
    minutes = round(whole / 60)
    if minutes < 90:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


@register.simple_tag(takes_context=True)
def page_link(context: template.Context, number: int) -> str:
    """The present address with another page number."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
