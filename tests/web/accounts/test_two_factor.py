"""The second factor: asked for at every log-in once it is on, and good once."""

from __future__ import annotations

import time
from typing import Any

import pyotp
import pytest
from django.test import Client

from upshot.web.accounts import throttle, two_factor
from upshot.web.accounts.models import RecoveryCode, SecondFactor

PASSWORD = "correct horse battery"


@pytest.fixture
def codes(cast: Any) -> list[str]:
    """The owner's second factor is on; these are the recovery codes."""
    factor = two_factor.begin(cast.owner)
    made = two_factor.confirm(cast.owner, pyotp.TOTP(factor.secret).now())
    assert made
    SecondFactor.objects.update(last_step=0)
    return made


def code_of(cast: Any, steps: int = 0) -> str:
    secret = SecondFactor.objects.get(user=cast.owner).secret
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


def first_step(client: Client) -> Any:
    return client.post("/login/", {"email": "owner@example.com", "password": PASSWORD})


def test_the_password_alone_opens_nothing(cast: Any, codes: list[str], client: Client) -> None:
    assert first_step(client).url == "/login/code/"
    assert client.get("/account/").status_code == 302
    assert client.get("/data/").url.startswith("/login/")


def test_the_code_opens_the_page_asked_for(cast: Any, codes: list[str], client: Client) -> None:
    fields = {"email": "owner@example.com", "password": PASSWORD, "next": "/account/"}
    client.post("/login/", fields)
    assert client.post("/login/code/", {"code": code_of(cast)}).url == "/account/"
    assert client.get("/account/").status_code == 200


def test_a_code_is_good_once(cast: Any, codes: list[str]) -> None:
    code = code_of(cast)
    assert two_factor.passes(cast.owner, code)
    assert not two_factor.passes(cast.owner, code)


@pytest.mark.parametrize("steps", [-2, 2, 10])
def test_old_and_future_codes_are_refused(cast: Any, codes: list[str], steps: int) -> None:
    assert not two_factor.passes(cast.owner, code_of(cast, steps))


@pytest.mark.parametrize("given", ["", "000000 or 1=1", "١٢٣٤٥٦", "12345", "undefined"])
def test_something_else_is_refused(cast: Any, codes: list[str], given: str) -> None:
    assert not two_factor.passes(cast.owner, given)


def test_each_recovery_code_works_once(cast: Any, codes: list[str], client: Client) -> None:
    first_step(client)
    assert client.post("/login/code/", {"code": codes[3].upper()}).status_code == 302
    other = Client()
    first_step(other)
    assert other.post("/login/code/", {"code": codes[3]}).status_code == 422
    assert two_factor.recovery_codes_left(cast.owner) == 9


def test_recovery_codes_are_kept_as_digests(cast: Any, codes: list[str]) -> None:
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code.replace("-", "") in kept for code in codes)


def test_guessing_codes_is_slowed_down_even_from_many_places(cast: Any, codes: list[str]) -> None:
    for number in range(throttle.MOST_CODES):
        throttle.note_wrong_code("owner@example.com", f"198.51.100.{number}")
    client = Client()
    first_step(client)
    response = client.post("/login/code/", {"code": code_of(cast)})
    assert response.status_code == 422
    assert "Too many attempts" in response.content.decode()


def test_the_second_step_needs_the_first(cast: Any, codes: list[str], client: Client) -> None:
    assert client.post("/login/code/", {"code": code_of(cast)}).url == "/login/"


def test_the_first_step_is_forgotten_when_the_password_changes(
    cast: Any, codes: list[str], client: Client
) -> None:
    first_step(client)
    cast.owner.set_password("another long sentence")
    cast.owner.save()
    assert client.post("/login/code/", {"code": code_of(cast)}).url == "/login/"


def test_it_is_switched_on_by_a_code_only(cast: Any, owner_client: Client) -> None:
    assert owner_client.post("/account/two-factor/begin/", {"password": "x"}).status_code == 422
    owner_client.post("/account/two-factor/begin/", {"password": PASSWORD})
    page = owner_client.get("/account/two-factor/").content.decode()
    assert "<svg" in page
    assert "style=" not in page
    assert owner_client.post("/account/two-factor/on/", {"code": "000000"}).status_code == 422
    assert not two_factor.is_on(cast.owner)
    done = owner_client.post("/account/two-factor/on/", {"code": code_of(cast)})
    assert done.content.decode().count("<li><code>") == two_factor.CODES
    assert two_factor.is_on(cast.owner)


def test_switching_off_needs_the_password(
    cast: Any, codes: list[str], owner_client: Client
) -> None:
    assert owner_client.post("/account/two-factor/off/", {"password": "x"}).status_code == 422
    assert two_factor.is_on(cast.owner)
    owner_client.post("/account/two-factor/off/", {"password": PASSWORD})
    assert not two_factor.is_on(cast.owner)
    assert not RecoveryCode.objects.exists()


def test_new_recovery_codes_replace_the_old(
    cast: Any, codes: list[str], owner_client: Client
) -> None:
    page = owner_client.post("/account/two-factor/codes/", {"password": PASSWORD}).content.decode()
    assert page.count("<li><code>") == two_factor.CODES
    assert not two_factor.passes(cast.owner, codes[0])
