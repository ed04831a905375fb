"""Class 9, a path read on download (MLflow 2024-2928, Gradio 2024-1561)."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

import upshot

PATHS = [
    "../../secret-key",
    "..%2f..%2fsecret-key",
    "%2e%2e/%2e%2e/secret-key",
    "..%252f..%252fsecret-key",
    "....//....//secret-key",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "file:///etc/passwd",
    "..\\..\\secret-key",
    "csv%00",
]


@pytest.fixture
def secret() -> bytes:
    return settings.DATA.secret_key().encode()


@pytest.mark.parametrize("path", PATHS)
def test_no_address_reads_another_file(
    prediction: Any, owner_client: Any, path: str, secret: bytes
) -> None:
    for start in (
        f"/predictions/{prediction.uuid}/",
        f"/bundles/{prediction.bundle.uuid}/download/",
        "/static/",
        "/static/upshot/",
        "/account/copy/",
        "/",
    ):
        response = owner_client.get(start + path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code in (301, 302, 404), start
        assert secret not in content
        assert b"root:" not in content


@pytest.mark.parametrize("field", ["sheet", "key", "target", "format", "path", "file"])
def test_no_field_reads_another_file(
    prediction: Any, dataset: Any, owner_client: Any, field: str, secret: bytes
) -> None:
    for address in (
        f"/predictions/{prediction.uuid}/lists/file/",
        f"/predictions/{prediction.uuid}/lists/",
        f"/data/{dataset.uuid}/",
    ):
        response = owner_client.get(address, {field: "../../../secret-key"})
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code < 500
        assert secret not in content


def test_the_data_directory_is_not_served(cast: Any) -> None:
    for path in ("upshot.sqlite3", "secret-key", "setup-token", "files/", "incoming/", "copies/"):
        response = Client().get(f"/{path}")
        assert response.status_code in (302, 404), path
    assert not str(settings.DATA.root).startswith(str(settings.STATICFILES_DIRS[0]))


def test_no_view_opens_a_path_it_was_given() -> None:
    """Views open files of rows only; none builds a path from what somebody sent."""
    web = Path(upshot.__file__).parent / "web"
    found = [
        f"{path.relative_to(web)}:{node.lineno}"
        for path in web.rglob("*view*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "Path"}
    ]
    assert found == []
