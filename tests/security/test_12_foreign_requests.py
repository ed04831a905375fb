"""Class 12: another website, or another name for this machine, gets nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "169.254.1.1"]
)
def test_foreign_host_is_refused(cast: Any, host: str) -> None:
    for address in ("/", "/login/", "/healthz", "/static/upshot/base.css"):
        assert Client(HTTP_HOST=host).get(address).status_code == 400


def test_own_names_are_answered(cast: Any) -> None:
    for host in ("localhost", "127.0.0.1:8000", "[::1]:8000"):
        assert Client(HTTP_HOST=host).get("/login/").status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://testserver", "http://testserver:81", "null"]
)
@pytest.mark.parametrize("method", ["get", "post", "options"])
def test_foreign_origin_is_refused(owner_client: Client, origin: str, method: str) -> None:
    response = getattr(owner_client, method)("/account/", headers={"Origin": origin})
    assert response.status_code == 403
    assert "Access-Control-Allow-Origin" not in response.headers


def test_own_origin_is_answered(owner_client: Client) -> None:
    response = owner_client.get("/account/", headers={"Origin": "http://testserver"})
    assert response.status_code == 200


def test_a_form_of_another_site_changes_nothing(cast: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.owner)
    assert client.post("/logout/").status_code == 403
    assert client.get("/account/").status_code == 200


def test_static_files_are_not_shared_with_other_sites(db: None) -> None:
    response = Client().get("/static/upshot/base.css")
    response.close()
    assert "Access-Control-Allow-Origin" not in response.headers


def test_it_listens_on_this_machine_unless_told() -> None:
    from upshot.cli.serve import command
    from upshot.web.config import hosts

    host = next(option for option in command.params if option.name == "host")
    assert hosts.is_loopback(host.default)
    assert not any(hosts.is_loopback(name) for name in ("0.0.0.0", "::", "192.168.1.2", "evil"))


def test_cookies_are_bound_to_this_host(owner_client: Client) -> None:
    from importlib import import_module

    settings = import_module("upshot.web.config.settings")
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert getattr(settings, f"{name}_COOKIE_HTTPONLY"), name
        assert getattr(settings, f"{name}_COOKIE_SAMESITE") == "Lax", name
        assert getattr(settings, f"{name}_COOKIE_DOMAIN", None) is None, name
