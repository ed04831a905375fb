"""Class 3, a set-up that can be used again (Metabase 2023-38646)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from upshot.web.accounts import setup
from upshot.web.accounts.models import User

FIELDS = {"email": "eve@example.com", "workspace": "Eve", "password": "seven quiet lamps on monday"}


@pytest.fixture(autouse=True)
def _fresh_token(db: None) -> Iterator[None]:
    settings.DATA.setup_token.unlink(missing_ok=True)
    yield
    settings.DATA.setup_token.unlink(missing_ok=True)


def test_it_is_closed_once_there_is_an_owner(cast: Any, client: Client) -> None:
    before = User.objects.count()
    fields = {**FIELDS, "token": setup.token()}
    assert client.get("/setup/").url == "/login/"
    assert client.post("/setup/", fields).url == "/login/"
    assert User.objects.count() == before


@pytest.mark.parametrize("token", ["", "x", "null", "None", "0", "../setup-token", "%", "\x00"])
def test_no_other_token_opens_it(client: Client, token: str) -> None:
    setup.token()
    assert client.post("/setup/", {**FIELDS, "token": token}).status_code == 422
    assert not User.objects.exists()


def test_the_token_never_leaves_the_terminal(client: Client) -> None:
    token = setup.token()
    for address in ("/setup/", "/login/", "/", "/healthz", "/readyz", "/forgot/"):
        response = client.get(address)
        assert token not in response.content.decode() + str(response.headers)


def test_a_used_token_is_worthless_even_when_everybody_has_left(client: Client) -> None:
    token = setup.token()
    assert client.post("/setup/", {**FIELDS, "token": token}).status_code == 302
    client.post("/account/delete/", {"password": FIELDS["password"]})
    assert not User.objects.exists()
    assert Client().post("/setup/", {**FIELDS, "token": token}).status_code == 422
    assert not User.objects.exists()


def test_two_people_at_once_make_one_owner() -> None:
    token = setup.token()
    people = {"email": "a@example.com", "password": "x", "workspace": "A"}
    setup.create_owner(token, **people)
    with pytest.raises(setup.SetupClosed):
        setup.create_owner(token, **{**people, "email": "b@example.com"})
