"""What a signed-in person sees is kept by no browser and no proxy (ASVS 5.0, 14.2.5)."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from upshot.web.accounts.middleware import NotKept

PERSONAL = ("/data/", "/runs/", "/bundles/", "/account/", "/account/tokens/", "/data/new/")


@pytest.mark.parametrize("path", PERSONAL)
def test_pages_are_not_stored(owner_client: Client, path: str) -> None:
    assert "no-store" in owner_client.get(path)["Cache-Control"]


def test_a_data_set_and_what_is_downloaded_are_not_stored(
    owner_client: Client, dataset: Any, bundle: Any
) -> None:
    assert "no-store" in owner_client.get(f"/data/{dataset.uuid}/")["Cache-Control"]
    download = owner_client.get(f"/bundles/{bundle.uuid}/download/")
    assert "no-store" in download["Cache-Control"]
    download.close()


def test_neither_is_the_answer_to_a_form(owner_client: Client) -> None:
    answer = owner_client.post("/data/new/", {})
    assert "no-store" in answer["Cache-Control"]


def test_such_pages_are_still_sent_compressed(owner_client: Client) -> None:
    answer = owner_client.get("/data/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_a_page_that_says_how_long_it_lasts_is_left_alone(owner: HttpRequest) -> None:
    said = HttpResponse(headers={"Cache-Control": "private, max-age=60"})
    assert NotKept(lambda _request: said)(owner)["Cache-Control"] == "private, max-age=60"


@pytest.fixture
def owner(cast: Any) -> HttpRequest:
    request = HttpRequest()
    request.user = cast.owner
    return request
