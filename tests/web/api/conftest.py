"""Programs of the fixed cast."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from upshot.web.api import tokens
from upshot.web.api.gate import buckets
from upshot.web.api.models import Scope
from upshot.web.api.warm import warm_bundles

EVERYTHING = tuple(Scope.values)


@dataclass(frozen=True)
class Program:
    """A program with a token."""

    text: str
    token: Any = None

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; `body` is sent as JSON, or as a form where it holds a file."""
        given = {"Authorization": f"Bearer {self.text}"} if self.text else {}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        client = Client(headers=given, enforce_csrf_checks=True)
        address = path if path.startswith("/api") else f"/api/v1{path}"
        send = getattr(client, method.lower())
        if body is None:
            return send(address)
        if isinstance(body, dict) and any(hasattr(value, "read") for value in body.values()):
            return send(address, body)
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return send(address, text, content_type="application/json")

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def delete(self, path: str) -> Any:
        return self.call("DELETE", path)


def tus_of(program: Program, method: str, address: str, piece: bytes = b"", **headers: str) -> Any:
    """One request of a resumable upload."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    given |= {"Authorization": f"Bearer {program.text}", "Tus-Resumable": "1.0.0"}
    address = address if address.startswith("/api") else f"/api/v1{address}"
    kind = "application/offset+octet-stream" if method == "PATCH" else ""
    return Client(headers=given).generic(method, address, piece, CONTENT_TYPE=kind)


def program_of(person: Any, workspace: Any, *scopes: str, days: float = 1) -> Program:
    token, text = tokens.make(
        person,
        workspace,
        name="Test",
        scopes=scopes or EVERYTHING,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return Program(text, token)


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """Rates and open bundles are of the process, not of a test."""
    yield
    buckets().forget()
    warm_bundles().forget()


@pytest.fixture
def program(cast: Any) -> Program:
    """The owner's program, which may do everything."""
    return program_of(cast.owner, cast.workspace)


def problem_of(response: Any, status: int, code: str) -> Any:
    """The problem details of a response, which must be these."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == code
    assert problem["status"] == status
    assert problem["type"] == f"/api/docs#problem-{code}"
    assert problem["title"]
    assert problem["detail"]
    return problem


@pytest.fixture
def public_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name is a machine of the open internet; nobody is asked."""
    answer = [(2, 1, 6, "", ("93.184.216.34", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_kwargs: answer)
