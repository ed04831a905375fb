"""The first visit: one account, once, with the token from the terminal."""

from __future__ import annotations

import stat
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from upshot.web.accounts import setup
from upshot.web.accounts.models import Membership, Role, User

FORM = {"email": "Anna@Example.com", "workspace": "Shop", "password": "a short sentence helps"}


@pytest.fixture(autouse=True)
def _fresh_token(db: None) -> Iterator[None]:
    settings.DATA.setup_token.unlink(missing_ok=True)
    yield
    settings.DATA.setup_token.unlink(missing_ok=True)


def test_every_page_leads_to_set_up_while_there_is_nobody(client: Client) -> None:
    for address in ("/", "/account/", "/login/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url == "/setup/"


def test_link_from_the_terminal_fills_in_the_token(client: Client) -> None:
    response = client.get(f"/setup/?token={setup.token()}")
    assert setup.token() in response.content.decode()


def test_owner_gets_account_workspace_and_session(client: Client) -> None:
    response = client.post("/setup/", {**FORM, "token": setup.token()})
    assert response.status_code == 302
    owner = User.objects.get()
    assert owner.email == "anna@example.com"
    membership = Membership.objects.get(user=owner)
    assert (membership.role, membership.workspace.name) == (Role.OWNER, "Shop")
    assert client.get("/account/").status_code == 200


def test_token_file_is_private_and_gone_afterwards(client: Client) -> None:
    token = setup.token()
    assert stat.S_IMODE(settings.DATA.setup_token.stat().st_mode) == 0o600
    client.post("/setup/", {**FORM, "token": token})
    assert not settings.DATA.setup_token.exists()


@pytest.mark.parametrize("token", ["", "wrong", "Ωμέγα"])
def test_without_the_token_nothing_is_created(client: Client, token: str) -> None:
    setup.token()
    assert client.post("/setup/", {**FORM, "token": token}).status_code == 422
    assert not User.objects.exists()


def test_without_a_token_file_an_empty_token_does_not_pass(client: Client) -> None:
    assert client.post("/setup/", {**FORM, "token": ""}).status_code == 422
    assert client.post("/setup/", {**FORM, "token": "x"}).status_code == 422
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short", "123456789012", "anna@example.com", "administrator"])
def test_weak_passwords_are_refused(client: Client, password: str) -> None:
    fields = {**FORM, "password": password, "token": setup.token()}
    assert client.post("/setup/", fields).status_code == 422
    assert not User.objects.exists()


def test_it_works_once(client: Client) -> None:
    token = setup.token()
    client.post("/setup/", {**FORM, "token": token})
    stranger = Client()
    again = {**FORM, "email": "eve@example.com", "token": token}
    assert stranger.get("/setup/").url == "/login/"
    assert stranger.post("/setup/", again).url == "/login/"
    with pytest.raises(setup.SetupClosed):
        setup.create_owner(token, email="eve@example.com", password="x", workspace="Eve")
    assert User.objects.count() == 1
