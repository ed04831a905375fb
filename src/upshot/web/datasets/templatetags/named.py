"""Columns named in sentences of the library, ```like this```, stand out on a page."""

from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_NAME = re.compile(r"`([^`]+)`")


@register.filter
def named(sentence: object) -> SafeString:
    """Escape a sentence, and mark the names in it."""
    escaped = conditional_escape(sentence)
    return mark_safe(_NAME.sub(r'<strong class="name">\1</strong>', escaped))  # noqa: S308 - escaped
