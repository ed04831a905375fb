"""Errors, health, static files and headers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from upshot.web.common import errors
from upshot.web.common.pagination import page_of
from upshot.web.common.templatetags.upshot import duration, percent, road


def test_health_needs_no_log_in(db: None, client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_missing_page_says_so_in_our_words(owner_client: Client) -> None:
    response = owner_client.get("/account/nothing/here/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404)],
)
def test_error_pages_stand_alone(rf: RequestFactory, view: Any, status: int) -> None:
    response = view(rf.get("/"), ValueError("anna@example.com"))
    assert response.status_code == status
    assert "<h1" in response.content.decode()
    assert "anna" not in response.content.decode()


def test_our_own_failure_has_a_page_even_without_the_database(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("disk I/O error")

    client = Client(raise_request_exception=False)
    client.force_login(cast.owner)
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", broken)
    response = client.get("/account/")
    assert response.status_code == 500
    assert "Your data is safe" in response.content.decode()


def test_a_form_without_its_proof_is_refused_kindly(cast: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/login/", {"email": "owner@example.com", "password": "x"})
    assert response.status_code == 403
    assert "open for too long" in response.content.decode()


def test_static_files_are_served_under_a_fingerprint(cast: Any, client: Client) -> None:
    page = client.get("/login/").content.decode()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) >= 5
    for address in addresses:
        assert re.search(r"\?v=[0-9a-f]{10}$", address), address
        response = client.get(address)
        response.close()
        assert response.status_code == 200, address


def test_pages_ask_nobody_else_for_anything(cast: Any, client: Client) -> None:
    page = client.get("/login/").content.decode()
    assert not re.findall(r'(?:href|src)="(?:https?:)?//', page)


def test_no_page_needs_inline_code(cast: Any, client: Client) -> None:
    response = client.get("/login/")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    page = response.content.decode()
    assert not re.search(r"\son\w+=|\sstyle=|<style|<script(?![^>]*\ssrc=)", page)


def test_security_headers(cast: Any, client: Client) -> None:
    headers = client.get("/login/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def test_session_cookie_is_out_of_reach_of_scripts(cast: Any, client: Client) -> None:
    client.post("/login/", {"email": "owner@example.com", "password": "correct horse battery"})
    cookie = client.cookies["upshot_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_an_odd_page_number_gives_the_nearest_page(rf: RequestFactory) -> None:
    items = list(range(60))
    for asked, number in (("", 1), ("2", 2), ("99", 3), ("-4", 3), ("x", 1)):
        assert page_of(rf.get(f"/?page={asked}"), items).number == number


def test_navigation_says_where_one_is(owner_client: Client) -> None:
    page = owner_client.get("/", follow=True).content.decode()
    links = re.findall(r'<a href="([^"]+)"( aria-current="page")?>([^<]+)</a>', page)
    found = {words: bool(here) for _url, here, words in links}
    assert found["Data sets"]
    assert not found["Runs"]
    assert not found["Bundles"]


def test_asking_belongs_to_the_data_set(owner_client: Client, dataset: Any) -> None:
    page = owner_client.get(f"/data/{dataset.uuid}/question/").content.decode()
    here = re.findall(r'<a href="([^"]+)" aria-current="page">', page)
    assert here == ["/data/"]


def test_road_marks_what_is_done() -> None:
    steps = road("question", file="/f")["steps"]
    assert [step["state"] for step in steps] == ["done", "done", "here", "ahead", "ahead", "ahead"]
    assert steps[0]["url"] == "/f"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59.6, "60 seconds"), (600, "10 minutes"), (7200, "2 hours"), (None, "–")],
)
def test_durations_are_said_as_people_say_them(seconds: Any, words: str) -> None:
    assert duration(seconds) == words


def test_percent_of_nothing_is_a_dash() -> None:
    assert percent(0.613) == "61 %"
    assert percent(float("nan")) == "–"
    assert percent("x") == "–"
