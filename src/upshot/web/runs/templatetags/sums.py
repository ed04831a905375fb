"""Sums of money, and looking up by a name with a dash, on pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

SMALLEST_CHANCE = 0.01
"""A bootstrap of 500 draws cannot tell a smaller chance from none."""

register = template.Library()


@register.filter
def priced(value: Any, currency: str = "") -> str:
    """A sum with its currency, a loss with a minus: ``-€1,234``."""
    from upshot.explaining.wording import priced as said

    number = float(value)
    sign = "−" if number < 0 and str(said(abs(number), "")) != "0" else ""
    return f"{sign}{said(abs(round(number) if abs(number) >= 100 else number), currency)}"


@register.filter
def chance(value: float) -> str:
    """A chance; one next to none or all is not said to be certain."""
    if value < SMALLEST_CHANCE:
        return gettext("under 1 %")
    return gettext("over 99 %") if value > 1 - SMALLEST_CHANCE else f"{100 * value:.0f} %"


@register.filter
def get(mapping: Any, key: str) -> Any:
    """An entry by a name that a template cannot write; None when it is missing."""
    return mapping.get(key)
