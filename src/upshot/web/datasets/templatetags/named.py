"""Columns named in sentences of the library, ```like this```, stand out on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from upshot.web.common.templatetags.upshot import said

register = template.Library()

_NAME = re.compile(r"`([^`]+)`")


@register.filter
def named(sentence: object) -> SafeString:
    """Escape a sentence, stored by a job or just made, and mark the names in it."""
    escaped = conditional_escape(said(sentence))
    return mark_safe(_NAME.sub(r'<strong class="name">\1</strong>', escaped))  # noqa: S308 - escaped


@register.filter
def unmarked(sentence: object) -> str:
    """A sentence without the marks, for attributes; the template escapes it."""
    return said(sentence).replace("`", "")


@register.filter
def quoted(words: Iterable[str]) -> str:
    """Words of the data one after the other, each in quotation marks."""
    return ", ".join(gettext("“%(word)s”") % {"word": word} for word in words)


def _level(note: Any) -> str:
    return str(note["level"] if isinstance(note, Mapping) else note.level)


@register.filter
def loud(notes: Iterable[Any]) -> list[Any]:
    """The notes that should be read."""
    return [note for note in notes if _level(note) != "info"]


@register.filter
def quiet(notes: Iterable[Any]) -> list[Any]:
    """The notes that are only good to know."""
    return [note for note in notes if _level(note) == "info"]
