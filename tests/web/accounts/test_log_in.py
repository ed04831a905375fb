"""Log in, log out, and what happens to people who guess."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from upshot.web.accounts import throttle
from upshot.web.accounts.models import FailedLogin

PASSWORD = "correct horse battery"


def log_in(client: Client, email: str, password: str, **extra: Any) -> Any:
    return client.post("/login/", {"email": email, "password": password, **extra})


def test_right_password_opens_the_page_asked_for(cast: Any, client: Client) -> None:
    assert client.get("/account/").url == "/login/?next=/account/"
    response = log_in(client, " OWNER@example.com ", PASSWORD, next="/account/")
    assert response.url == "/account/"
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_a_foreign_target_is_not_followed(cast: Any, client: Client, target: str) -> None:
    assert log_in(client, "owner@example.com", PASSWORD, next=target).url == "/"


def test_wrong_password_and_unknown_address_sound_the_same(cast: Any, client: Client) -> None:
    wrong = log_in(client, "owner@example.com", "not the password")
    unknown = log_in(client, "nobody@example.com", "not the password")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not belong together" in wrong.content.decode()
    assert "do not belong together" in unknown.content.decode()


def test_inactive_people_stay_out(cast: Any, client: Client) -> None:
    cast.owner.is_active = False
    cast.owner.save()
    assert log_in(client, "owner@example.com", PASSWORD).status_code == 422


def test_guessing_is_slowed_down(cast: Any, client: Client) -> None:
    for _ in range(throttle.MOST_PER_PERSON):
        log_in(client, "owner@example.com", "guess")
    response = log_in(client, "owner@example.com", PASSWORD)
    assert response.status_code == 422
    assert "Too many attempts" in response.content.decode()


def test_a_guesser_elsewhere_does_not_lock_the_owner_out(cast: Any) -> None:
    guesser, owner = Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="192.0.2.1")
    for _ in range(throttle.MOST_PER_PERSON + 3):
        log_in(guesser, "owner@example.com", "guess")
    assert log_in(owner, "owner@example.com", PASSWORD).status_code == 302


def test_guessing_across_accounts_is_slowed_down(cast: Any, client: Client) -> None:
    for number in range(throttle.MOST_PER_ORIGIN):
        throttle.note_failure(f"somebody{number}@example.com", "127.0.0.1")
    assert log_in(client, "owner@example.com", PASSWORD).status_code == 422


def test_one_network_is_one_origin(cast: Any) -> None:
    """Whoever has an IPv6 address has 2^64 of them."""
    for number in range(throttle.MOST_PER_PERSON):
        guesser = Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1}")
        log_in(guesser, "owner@example.com", "guess")
    same, other = Client(REMOTE_ADDR="2001:db8:1:2:ffff::9"), Client(REMOTE_ADDR="2001:db8:1:3::1")
    assert log_in(same, "owner@example.com", PASSWORD).status_code == 422
    assert log_in(other, "owner@example.com", PASSWORD).status_code == 302


def test_an_address_in_ipv6_clothes_is_the_same_origin(cast: Any) -> None:
    for _ in range(throttle.MOST_PER_PERSON):
        log_in(Client(REMOTE_ADDR="198.51.100.7"), "owner@example.com", "guess")
    mapped = Client(REMOTE_ADDR="::ffff:198.51.100.7")
    assert log_in(mapped, "owner@example.com", PASSWORD).status_code == 422


def test_the_wait_ends(cast: Any, client: Client) -> None:
    for _ in range(throttle.MOST_PER_PERSON):
        log_in(client, "owner@example.com", "guess")
    FailedLogin.objects.update(at=timezone.now() - throttle.WINDOW - timedelta(seconds=1))
    assert log_in(client, "owner@example.com", PASSWORD).status_code == 302


def test_failures_are_kept_without_addresses(cast: Any, client: Client) -> None:
    log_in(client, "owner@example.com", "guess")
    row = FailedLogin.objects.get()
    assert "owner@" not in row.who
    assert "127.0.0.1" not in row.where


def test_log_out_ends_the_session(owner_client: Client) -> None:
    assert owner_client.get("/logout/").status_code == 405
    assert owner_client.post("/logout/").url == "/login/"
    assert owner_client.get("/account/").status_code == 302


def test_a_fragment_sends_the_whole_page_to_the_log_in(cast: Any, client: Client) -> None:
    response = client.get("/account/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"].startswith("/login/")


def test_changing_the_password_logs_other_devices_out(cast: Any, owner_client: Client) -> None:
    other = Client()
    other.force_login(cast.owner)
    new = "another long sentence"
    fields = {"old": PASSWORD, "new": new}
    assert owner_client.post("/account/", fields).status_code == 302
    assert owner_client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("wrong", "another long sentence", "not your present"), (PASSWORD, "short", "too short")],
)
def test_a_password_is_changed_only_by_who_knows_it_and_to_a_good_one(
    cast: Any, owner_client: Client, old: str, new: str, words: str
) -> None:
    response = owner_client.post("/account/", {"old": old, "new": new})
    assert response.status_code == 422
    assert words in response.content.decode()
    cast.owner.refresh_from_db()
    assert cast.owner.check_password(PASSWORD)
