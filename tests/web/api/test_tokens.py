"""People make tokens on a page; they are shown once, kept as a hash, and can be revoked."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from upshot.web.api import tokens
from upshot.web.api.models import ApiToken
from upshot.web.audit.models import Entry
from web.api.conftest import Program, problem_of, program_of

PAGE = "/account/tokens/"
FORM = {"name": "Nightly upload", "scopes": ["read", "write"], "days": "30"}


def shown(response: Any) -> str:
    """The token on a page that has just made one."""
    text = response.content.decode()
    return text.split('<code id="token">')[1].split("</code>")[0]


def test_a_token_is_shown_once_and_works(owner_client: Any) -> None:
    response = owner_client.post(PAGE, FORM)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    text = shown(response)
    assert text.startswith("upshot_")
    assert text not in owner_client.get(PAGE).content.decode()
    assert Program(text).get("/datasets").status_code == 200
    assert Program(text).post("/bundles/x").status_code == 404
    token = ApiToken.objects.get()
    assert token.prefix in owner_client.get(PAGE).content.decode()
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)


def test_only_its_hash_is_kept(program: Program) -> None:
    values = ApiToken.objects.values().get()
    assert program.text not in str(values)
    assert values["digest"] == hashlib.sha256(program.text.encode()).hexdigest()
    assert program.text.startswith(values["prefix"])
    assert len(values["prefix"]) < 16


def test_revoking_closes_it_at_once(owner_client: Any, program: Program) -> None:
    assert program.get("/runs").status_code == 200
    response = owner_client.post(f"{PAGE}{program.token.uuid}/revoke/")
    assert response.url == PAGE
    problem_of(program.get("/runs"), 401, "no-token")
    assert "revoked" in owner_client.get(PAGE).content.decode()
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["api:token_revoke"]


def test_the_owner_sees_and_revokes_everybodys(
    cast: Any, owner_client: Any, teammate_client: Any, outsider_client: Any, program: Program
) -> None:
    theirs = program_of(cast.teammate, cast.workspace)
    assert theirs.token.prefix in owner_client.get(PAGE).content.decode()
    assert program.token.prefix not in teammate_client.get(PAGE).content.decode()
    for client in (teammate_client, outsider_client):
        assert client.post(f"{PAGE}{program.token.uuid}/revoke/").status_code == 404
    assert owner_client.post(f"{PAGE}{theirs.token.uuid}/revoke/").status_code == 302
    problem_of(theirs.get("/runs"), 401, "no-token")


def test_a_viewer_can_make_tokens_that_read_and_no_others(viewer_client: Any) -> None:
    assert "write" not in viewer_client.get(PAGE).content.decode().split("<form")[-1]
    assert viewer_client.post(PAGE, FORM).status_code == 422
    response = viewer_client.post(PAGE, {**FORM, "scopes": ["read"]})
    assert Program(shown(response)).get("/datasets").status_code == 200


def test_what_does_not_fit_is_said(owner_client: Any) -> None:
    for wrong in ({"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "99999"}):
        assert owner_client.post(PAGE, {**FORM, **wrong}).status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_ends_within_a_year_and_needs_a_scope(cast: Any) -> None:
    soon, late = (timezone.now() + timedelta(days=days) for days in (1, 400))
    for scopes, expires_at in (((), soon), (("read",), late), (("all",), soon)):
        with pytest.raises(ValueError, match=r"token|scope|valid"):
            tokens.make(cast.owner, cast.workspace, name="x", scopes=scopes, expires_at=expires_at)


def test_the_last_use_is_noted_to_the_minute(program: Program) -> None:
    assert ApiToken.objects.get().last_used_at is None
    program.get("/runs")
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    program.get("/runs")
    assert ApiToken.objects.get().last_used_at == first


@pytest.mark.parametrize(
    "text", ["", "upshot_", "upshot_" + "a" * 49, "ghp_" + "a" * 52, "upshot_" + "é" * 49]
)
def test_what_only_looks_like_a_token_is_refused_without_a_look_up(
    db: None, text: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert tokens.find(text) is None


def test_an_inactive_person_has_no_token(cast: Any, program: Program) -> None:
    cast.owner.is_active = False
    cast.owner.save()
    problem_of(program.get("/runs"), 401, "no-token")


def test_the_account_leads_to_it(owner_client: Any) -> None:
    assert PAGE in owner_client.get("/account/").content.decode()
