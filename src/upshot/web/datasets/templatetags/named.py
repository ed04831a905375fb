"""Columns named in sentences of the library, ```like this```, stand out on a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext_lazy

from upshot.web.common.templatetags.upshot import said

register = template.Library()

_NAME = re.compile(r"`([^`]+)`")
# A unit must not begin a line of its own.
_UNIT = re.compile(r"(?<=\d) (?=[%×])")


@register.filter
def named(sentence: object) -> SafeString:
    """Escape a sentence, stored by a job or just made, and mark the names in it."""
    escaped = conditional_escape(said(sentence))
    whole = _UNIT.sub("\u00a0", escaped)
    return mark_safe(_NAME.sub(r'<strong class="name">\1</strong>', whole))  # noqa: S308 - escaped


@register.filter
def unmarked(sentence: object) -> str:
    """A sentence without the marks, for attributes; the template escapes it."""
    return said(sentence).replace("`", "")


@register.filter
def quoted(words: Iterable[str]) -> str:
    """Words of the data one after the other, each in quotation marks."""
    return ", ".join(gettext("“%(word)s”") % {"word": word} for word in words)


# What several columns have in common is said once, with their names behind it.
_ALIKE = {
    "constant": (
        ngettext_lazy(
            "%(n)d column is the same in every row; no model sees it.",
            "%(n)d columns are the same in every row; no model sees them.",
            "n",
        )
    ),
    "identifier": (
        ngettext_lazy(
            "%(n)d column only names a row or a customer; no model sees it.",
            "%(n)d columns only name a row or a customer; no model sees them.",
            "n",
        )
    ),
    "personal-data": (
        ngettext_lazy(
            "%(n)d column holds personal data; no model sees it.",
            "%(n)d columns hold personal data; no model sees them.",
            "n",
        )
    ),
}
SHOWN = 4
"""Lines of a list of remarks before the rest waits behind a click."""


def _part(note: Any, part: str) -> str:
    return str(note.get(part) if isinstance(note, Mapping) else getattr(note, part)) or ""


@register.filter
def loud(notes: Iterable[Any]) -> list[Any]:
    """The notes that should be read."""
    return [note for note in notes if _part(note, "level") != "info"]


@register.filter
def quiet(notes: Iterable[Any]) -> dict[str, list[Any]]:
    """The notes that are only good to know, those alike as one: the first few, and the rest."""
    calm = [note for note in notes if _part(note, "level") == "info"]
    alike = Counter(_part(note, "code") for note in calm)
    lines: list[Any] = []
    told: set[str] = set()
    for note in calm:
        code = _part(note, "code")
        if code not in _ALIKE or alike[code] == 1:
            lines.append(note)
        elif code not in told:
            told.add(code)
            columns = [_part(one, "column") for one in calm if _part(one, "code") == code]
            lines.append({"message": _ALIKE[code] % {"n": alike[code]}, "columns": columns})
    cut = SHOWN if len(lines) > SHOWN + 1 else len(lines)
    return {"first": lines[:cut], "rest": lines[cut:]} if lines else {}
