"""Every address of the site, from the resolver itself, with real objects behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """One address: its name and the names of its blanks."""

    name: str
    pattern: str
    blanks: tuple[str, ...]


def every_route() -> list[Route]:
    """All of them; one without a name is an error."""
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda route: route.name)


def _walk(patterns: Any, namespace: str, prefix: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, inner, pattern)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{pattern} needs a name"
            yield Route(f"{namespace}{entry.name}", pattern, tuple(entry.pattern.converters))


def address(route: Route, things: dict[str, Any]) -> str:
    """The route's address with the objects of the test in its blanks.

    ``pk`` is the object of the first part of the path; other blanks go by their name.
    """
    values = {}
    for blank in route.blanks:
        value = things[f"{_part(route)}" if blank == "pk" else blank]
        values[blank] = getattr(value, "uuid", value)
    return reverse(route.name, kwargs=values)


def _part(route: Route) -> str:
    """What the object of an address is: the words before its blank."""
    return route.pattern.split("<", maxsplit=1)[0].strip("/")
