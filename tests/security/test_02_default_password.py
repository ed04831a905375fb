"""Class 2, a default or weak password (MLflow 2026-2635)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import upshot
from upshot.web.accounts import invitations, recovery, setup
from upshot.web.accounts.models import Role, User

WEAK = ("", "short", "password1234", "administrator", "Passw0rd!Passw0rd!", "owner@example.com")


def test_a_fresh_installation_has_no_account_at_all(db: None) -> None:
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["", "admin", "password", "upshot"])
@pytest.mark.parametrize("email", ["admin@example.com", "admin@localhost.local", "root@upshot.io"])
def test_usual_pairs_open_nothing(cast: Any, client: Client, email: str, password: str) -> None:
    client.post("/login/", {"email": email, "password": password})
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("password", WEAK)
def test_no_way_in_takes_a_weak_password(cast: Any, owner_client: Client, password: str) -> None:
    joining = f"/join/{invitations.invite(cast.workspace, cast.owner, Role.OWNER)[1]}/"
    fields = {"email": "new@example.com", "password": password}
    assert Client().post(joining, fields).status_code == 422
    link = recovery.path_for(cast.owner)
    assert Client().post(link, {"new": password}).status_code == 422
    change = {"old": "correct horse battery", "new": password}
    assert owner_client.post("/account/", change).status_code == 422
    assert not User.objects.filter(email="new@example.com").exists()
    cast.owner.refresh_from_db()
    assert cast.owner.check_password("correct horse battery")


@pytest.mark.parametrize("password", WEAK)
def test_set_up_takes_none_either(db: None, client: Client, password: str) -> None:
    fields = {"email": "a@example.com", "workspace": "S", "token": setup.token()}
    assert client.post("/setup/", {**fields, "password": password}).status_code == 422
    assert not User.objects.exists()


def test_passwords_are_hashed_slowly_where_it_counts() -> None:
    from upshot.web.config import settings

    assert settings.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")


def test_no_password_stands_in_the_code() -> None:
    set_here = re.compile(r"(?:create_user|set_password)\([^)]*[\"'][^\"']+[\"']\s*\)")
    source = Path(upshot.__file__).parent
    assert [p for p in source.rglob("*.py") if set_here.search(p.read_text("utf-8"))] == []
