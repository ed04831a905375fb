"""Class 4: no page outside the log-in, except those on the list."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from upshot.web.accounts.middleware import PUBLIC_PAGES, WITH_TOKEN

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


def every_page() -> Iterator[tuple[str, str]]:
    """Name and address of every page, with made-up values in the address."""
    yield from _walk(get_resolver().url_patterns, "", "/")


def _walk(patterns: Any, namespace: str, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in patterns:
        address = prefix + _filled(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, inner, address)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", address


def _filled(pattern: Any) -> str:
    text = str(pattern)
    for name, converter in pattern.converters.items():
        value = _example(converter)
        for spelling in (f"<{name}>", *(f"<{kind}:{name}>" for kind in _kinds(text, name))):
            text = text.replace(spelling, value)
    return text.lstrip("^").rstrip("$")


def _kinds(text: str, name: str) -> list[str]:
    return [part.split("<")[-1] for part in text.split(f":{name}>")[:-1]]


def _example(converter: Any) -> str:
    if isinstance(converter, UUIDConverter):
        return str(uuid.uuid4())
    return "1" if isinstance(converter, IntConverter) else "x"


PAGES = sorted(set(every_page()))


def test_every_page_is_walked() -> None:
    names = {name for name, _address in PAGES}
    assert {"accounts:login", "accounts:account", "common:home"} <= names
    assert all(not name.endswith(":None") for name in names), "every page needs a name"
    assert not [address for _name, address in PAGES if "<" in address]


@pytest.mark.parametrize(("name", "address"), PAGES, ids=[name for name, _ in PAGES])
def test_strangers_are_sent_to_the_log_in(cast: Any, name: str, address: str) -> None:
    client = Client()
    for method in METHODS:
        response = getattr(client, method)(address)
        if name in PUBLIC_PAGES:
            assert response.status_code < 500
        elif name.startswith(WITH_TOKEN):
            assert response.status_code in (401, 405), (method, address, response.status_code)
        else:
            assert response.status_code == 302, (method, address, response.status_code)
            assert response.url.startswith("/login/?next="), (method, address)


def test_the_open_list_is_short_and_known() -> None:
    """Adding a page here is a decision; it needs this line changed as well."""
    watched = {"common:healthz", "common:readyz", "common:language", "operation:metrics"}
    guide = {"guide:index", "guide:chapter", "guide:picture"}
    ways_in = {"accounts:login_code", "accounts:join", "accounts:forgot", "accounts:recover"}
    assert {
        "accounts:login",
        "accounts:setup",
        "common:design",
        *ways_in,
    } | watched | guide == PUBLIC_PAGES


def test_component_page_is_for_development_only() -> None:
    assert "common:design" not in {name for name, _address in PAGES}
