"""ASVS 5.0, 6.2: length, leaked passwords, and nothing about digits and capitals."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from upshot.web.accounts.models import User


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet lamps on monday",
        "alle meine entchen schwimmen nie",
        "ночь улица фонарь аптека",
        "4071985263914807",
        "vqwzkjxhrbtnml",
        "x" + "lamp river stone " * 14,
    ],
)
def test_any_characters_do(password: str) -> None:
    validate_password(password, User(email="anna@example.com"))


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "123456789012",
        "passwordpassword",
        "Password2026!",
        "qwertyuiop123",
        "iloveyouforever",
        "aaaaaaaaaaaaaaaa",
        "correcthorsebatterystaple",
        "anna@example.com",
        "anna.example.com",
        "upshotupshot1",
        "liverpoolfc2025",
        "unbelievable",
    ],
)
def test_what_guessers_try_first_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(email="anna@example.com", name="Anna Example"))


def test_forms_let_password_managers_paste_and_fill(client, cast) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/login/").content.decode()
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert 'maxlength="256"' in page
