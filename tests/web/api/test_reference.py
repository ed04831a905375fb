"""The API is described for programs and for people, without script and without other sites."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import get_language, override

from upshot.web.api.problems import PROBLEMS
from upshot.web.api.reference import description, endpoints
from upshot.web.api.v1 import operations


def test_every_operation_is_on_the_page(owner_client: Any) -> None:
    response = owner_client.get("/api/docs")
    page = response.content.decode()
    for operation in operations():
        assert f'id="{operation.name}"' in page
    for code in PROBLEMS:
        assert f'id="problem-{code}"' in page
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not re.findall(r"<script(?![^>]*src=)", page)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert "style=" not in page


def test_every_part_of_every_request_has_words() -> None:
    silent = [
        f"{endpoint.name}.{field.name}"
        for _tag, endpoint in endpoints()
        for field in endpoint.fields
        if not field.words
    ]
    assert silent == []


def test_the_description_is_whole() -> None:
    whole = description()
    assert whole["openapi"].startswith("3.1")
    names = [item["operationId"] for path in whole["paths"].values() for item in path.values()]
    assert sorted(names) == sorted(operation.name for operation in operations())
    for path in whole["paths"].values():
        for item in path.values():
            assert item["security"]
            assert {"401", "403", "422", "429"} <= set(item["responses"])
            assert item["summary"]
            assert item["description"]


def test_it_needs_a_log_in(cast: Any) -> None:
    for path in ("/api/docs", "/api/v1/openapi.json"):
        assert Client().get(path).status_code == 302


def test_programs_get_it_as_json(owner_client: Any) -> None:
    assert owner_client.get("/api/v1/openapi.json").json()["info"]["title"] == "Upshot"


def test_it_speaks_one_language_whoever_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str | None] = []
    monkeypatch.setattr(
        "upshot.web.api.reference._complete", lambda *_parts: said.append(get_language())
    )
    with override("ru"):
        description.__wrapped__()
    assert set(said) == {"en"}
