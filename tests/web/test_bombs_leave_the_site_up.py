"""Files made to break a reader are uploaded one after the other; the site answers all the while."""

from __future__ import annotations

import os
import re
import time
import urllib.request
from typing import Any

import pytest

from tables.test_bombs import BOMBS
from web.test_serve import Visitor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="starts the real site"),
]


def send(visitor: Visitor, name: str, data: bytes) -> str:
    """Upload a file; the address of its data set."""
    edge = "-----upshot"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
        f"{visitor.proof('/data/')}\r\n--{edge}\r\n"
        f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode()
    request = urllib.request.Request(
        f"{visitor.address}/data/new/",
        head + data + f"\r\n--{edge}--\r\n".encode(),
        {"Content-Type": f"multipart/form-data; boundary={edge}"},
    )
    with visitor.opener.open(request) as response:
        return str(response.url)


def test_every_bomb_is_refused_and_the_site_answers(start_site: Any) -> None:
    site = start_site()
    site.get("/healthz").close()
    token = (site.data / "setup-token").read_text(encoding="ascii")
    visitor = Visitor(site.address)
    owner = {"email": "anna@example.com", "workspace": "Shop", "password": "a long sentence here"}
    visitor.post(f"/setup/?token={token}", {**owner, "token": token})
    waiting = [send(visitor, name, make()) for name, make in BOMBS.items()]
    end = time.monotonic() + 120
    while waiting and time.monotonic() < end:
        site.get("/healthz").close()
        with visitor.opener.open(waiting[0]) as response:
            page = response.read().decode()
            assert response.status == 200
        assert "Ask a question" not in page
        if re.search(r"/again/", page):
            waiting.pop(0)
        else:
            time.sleep(0.2)
    assert not waiting
    assert site.process.poll() is None
