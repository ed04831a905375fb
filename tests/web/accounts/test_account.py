"""One's own account: devices, recovery links, and their place in the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from upshot.web.accounts import recovery, sessions, two_factor
from upshot.web.accounts.models import SignIn
from upshot.web.audit.models import Entry

PASSWORD = "correct horse battery"
NEW = "seven quiet lamps on monday"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def log_in(**extra: Any) -> Client:
    client = Client(**extra)
    client.post("/login/", {"email": "owner@example.com", "password": PASSWORD})
    return client


def test_devices_are_listed_and_can_be_logged_out(cast: Any) -> None:
    here, there = log_in(), log_in(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="192.0.2.9")
    page = here.get("/account/").content.decode()
    assert "Firefox · Windows" in page
    assert "192.0.2.9" in page
    other = SignIn.objects.get(address="192.0.2.9")
    assert here.post(f"/account/devices/{other.uuid}/end/").status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_all_others_are_logged_out_at_once(cast: Any) -> None:
    here, others = log_in(), [log_in(), log_in()]
    here.post("/account/devices/end/")
    assert here.get("/account/").status_code == 200
    assert [client.get("/account/").status_code for client in others] == [302, 302]


def test_somebody_elses_device_is_out_of_reach(cast: Any, outsider_client: Client) -> None:
    log_in()
    theirs = SignIn.objects.get(user=cast.owner)
    address = f"/account/devices/{theirs.uuid}/end/"
    assert outsider_client.post(address).status_code == 404


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("curl/8.1", "curl"),
        ("<script>alert(1)</script>", "scriptalert1/script"),
        ("", ""),
    ],
)
def test_a_device_is_named_briefly(agent: str, words: str) -> None:
    assert sessions.device_of(agent) == words


def test_log_ins_and_failures_are_on_record(cast: Any, client: Client) -> None:
    client.post("/login/", {"email": "owner@example.com", "password": "guess"})
    client.post("/login/", {"email": "nobody@example.com", "password": "guess"})
    log_in()
    kept = list(Entry.objects.order_by("number").values_list("action", "actor"))
    assert kept == [("accounts:login_failed", cast.owner.pk), ("accounts:login", cast.owner.pk)]


def test_a_recovery_link_sets_a_password_once(cast: Any) -> None:
    device = log_in()
    cast.owner.refresh_from_db()
    link = recovery.path_for(cast.owner)
    assert Client().get(link).status_code == 200
    assert Client().post(link, {"new": "short"}).status_code == 422
    assert Client().post(link, {"new": NEW}).url == "/login/"
    cast.owner.refresh_from_db()
    assert cast.owner.check_password(NEW)
    assert device.get("/account/").status_code == 302
    assert Client().post(link, {"new": PASSWORD}).status_code == 404


def test_a_link_for_the_password_leaves_the_second_factor_on(cast: Any) -> None:
    import pyotp

    factor = two_factor.begin(cast.owner)
    two_factor.confirm(cast.owner, pyotp.TOTP(factor.secret).now())
    Client().post(recovery.path_for(cast.owner), {"new": NEW})
    assert two_factor.is_on(cast.owner)
    cast.owner.refresh_from_db()
    forged = recovery.path_for(cast.owner).replace("/password/", "/all/")
    assert Client().get(forged).status_code == 404
    Client().post(recovery.path_for(cast.owner, recovery.ALL), {"new": PASSWORD})
    assert not two_factor.is_on(cast.owner)


def test_a_link_ends_after_an_hour(cast: Any, settings: Any) -> None:
    link = recovery.path_for(cast.owner)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert Client().get(link).status_code == 404


def test_forgetting_tells_nobody_who_has_an_account(
    cast: Any, client: Client, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    known = client.post("/forgot/", {"email": "owner@example.com"}, follow=True)
    unknown = client.post("/forgot/", {"email": "nobody@example.com"}, follow=True)
    assert known.content.count(b"If there is an account") == 1
    assert unknown.content.count(b"If there is an account") == 1
    assert [letter.to for letter in mail.outbox] == [["owner@example.com"]]


def test_letters_cannot_be_used_to_flood_somebody(cast: Any, client: Client, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    for _ in range(9):
        client.post("/forgot/", {"email": "owner@example.com"})
    assert len(mail.outbox) == 5


def test_without_mail_the_page_says_who_can_help(cast: Any, client: Client) -> None:
    assert "upshot recover" in client.get("/forgot/").content.decode()
    client.post("/forgot/", {"email": "owner@example.com"})
    assert mail.outbox == []


def test_guessing_the_present_password_in_a_stolen_session_is_slowed_down(
    cast: Any, owner_client: Client
) -> None:
    for _ in range(5):
        owner_client.post("/account/", {"old": "guess", "new": NEW})
    response = owner_client.post("/account/", {"old": PASSWORD, "new": NEW})
    assert response.status_code == 422
    assert "Too many attempts" in response.content.decode()


def test_a_name_is_saved(cast: Any, owner_client: Client) -> None:
    owner_client.post("/account/name/", {"name": "Anna"})
    cast.owner.refresh_from_db()
    assert cast.owner.name == "Anna"


def test_a_session_ends_after_a_month_however_busy(cast: Any, owner_client: Client) -> None:
    assert owner_client.get("/account/").status_code == 200
    session = owner_client.session
    session["since"] -= sessions.LONGEST.total_seconds() + 1
    session.save()
    assert owner_client.get("/account/").url.startswith("/login/")
    assert owner_client.post("/account/name/", {"name": "x"}).url.startswith("/login/")
