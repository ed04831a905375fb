"""The main navigation: one registry, in reading order."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# (words, address name, the pages that count as "here": namespaces, and pages that belong elsewhere
# than their namespace does)
NAVIGATION: tuple[tuple[str | Promise, str, frozenset[str]], ...] = (
    (_("Data sets"), "datasets:list", frozenset({"datasets", "runs:ask", "runs:question"})),
    (_("Runs"), "runs:list", frozenset({"runs"})),
    (
        _("Bundles"),
        "bundles:list",
        frozenset(
            {
                "bundles",
                "predictions",
                "runs:what_if",
                "runs:tried",
                "runs:learn_again",
                "runs:compare",
                "runs:comparison",
            }
        ),
    ),
    (_("Guide"), "guide:index", frozenset({"guide"})),
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
    page, here = (match.view_name, match.namespace) if match else ("", "")
    if any(page in places for _words, _name, places in NAVIGATION):
        here = page
    return tuple(
        NavItem(words, reverse(name), here in places) for words, name, places in NAVIGATION
    )
