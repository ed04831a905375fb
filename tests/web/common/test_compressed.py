"""Pages, styles and scripts travel compressed; secrets and downloads do not."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from upshot.web.common.middleware import Compressed

PAGE = "<p>" + "words " * 500


def through(response: HttpResponse, method: str = "GET") -> HttpResponse:
    request = RequestFactory().generic(method, "/", HTTP_ACCEPT_ENCODING="gzip")
    return Compressed(lambda _: response)(request)


def test_a_page_is_compressed_for_a_browser_that_takes_it(owner_client: Client) -> None:
    answer = owner_client.get("/data/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert b"<h1" in gzip.decompress(answer.content)
    assert "Content-Encoding" not in owner_client.get("/data/")


def test_styles_are_compressed(client: Client) -> None:
    answer = client.get("/static/upshot/base.css", headers={"accept-encoding": "gzip"})
    content = b"".join(answer.streaming_content)
    assert answer["Content-Encoding"] == "gzip"
    assert b":root" in gzip.decompress(content) or b"{" in gzip.decompress(content)


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(PAGE, headers={"Cache-Control": "private, no-store"}),
        HttpResponse(PAGE, headers={"Content-Disposition": "attachment"}),
        HttpResponse(PAGE, content_type="application/octet-stream"),
        HttpResponse(PAGE, status=422),
    ],
    ids=["secret", "download", "file", "refused"],
)
def test_what_may_hold_a_secret_or_is_a_file_is_sent_as_it_is(response: HttpResponse) -> None:
    assert "Content-Encoding" not in through(response)


def test_the_answer_to_a_form_is_sent_as_it_is() -> None:
    assert "Content-Encoding" not in through(HttpResponse(PAGE), "POST")
