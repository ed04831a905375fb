"""Sums of money, and looking up by a name with a dash, on pages."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.filter
def priced(value: Any, currency: str = "") -> str:
    """A sum with its currency, a loss with a minus: ``-€1,234``."""
    from upshot.explaining.wording import priced as said

    number = float(value)
    sign = "−" if number < 0 and str(said(abs(number), "")) != "0" else ""
    return f"{sign}{said(abs(round(number) if abs(number) >= 100 else number), currency)}"


@register.filter
def get(mapping: Any, key: str) -> Any:
    """An entry by a name that a template cannot write; None when it is missing."""
    return mapping.get(key)
