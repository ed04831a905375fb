"""The main navigation: one registry, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# (words, address name, namespace that counts as "here")
NAVIGATION: tuple[tuple[str | Promise, str, str], ...] = (
    (_("Data sets"), "datasets:list", "datasets"),
    (_("Runs"), "runs:list", "runs"),
    (_("Bundles"), "bundles:list", "bundles"),
    (_("Guide"), "guide:index", "guide"),
)


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation."""

    words: str | Promise
    url: str
    is_here: bool


def nav_items(request: HttpRequest) -> tuple[NavItem, ...]:
    """The navigation as seen from this request."""
    match = request.resolver_match
    here = match.namespace if match else ""
    return tuple(
        NavItem(words, reverse(name), here == namespace) for words, name, namespace in NAVIGATION
    )
