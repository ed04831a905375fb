"""Who may reach what, through the one helper."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from upshot.web.accounts.access import current_membership, is_at_least, require, visible_to
from upshot.web.accounts.models import Membership, Role, Workspace


@pytest.mark.parametrize(
    ("person", "role", "may"),
    [
        ("owner", Role.OWNER, True),
        ("teammate", Role.EDITOR, True),
        ("teammate", Role.OWNER, False),
        ("viewer", Role.VIEWER, True),
        ("viewer", Role.EDITOR, False),
        ("outsider", Role.VIEWER, False),
    ],
)
def test_roles_in_a_workspace(cast: Any, person: str, role: Role, may: bool) -> None:
    user = getattr(cast, person)
    if may:
        assert require(user, cast.workspace, role).workspace == cast.workspace
    else:
        with pytest.raises(PermissionDenied):
            require(user, cast.workspace, role)


def test_roles_are_ordered() -> None:
    assert is_at_least("owner", Role.VIEWER)
    assert not is_at_least("viewer", Role.EDITOR)


def test_only_own_rows_are_visible(cast: Any) -> None:
    rows = Membership.objects.all()
    assert {row.workspace for row in visible_to(cast.owner, rows)} == {cast.workspace}
    assert {row.workspace for row in visible_to(cast.outsider, rows)} == {cast.elsewhere}
    assert not visible_to(AnonymousUser(), rows).exists()
    cast.owner.is_active = False
    assert not visible_to(cast.owner, rows).exists()


def test_current_workspace_is_chosen_or_the_first(cast: Any) -> None:
    Membership.objects.create(workspace=cast.elsewhere, user=cast.owner, role=Role.VIEWER)
    assert current_membership(cast.owner, None).workspace == cast.workspace
    assert current_membership(cast.owner, str(cast.elsewhere.uuid)).workspace == cast.elsewhere
    assert current_membership(cast.owner, str(uuid.uuid4())).workspace == cast.workspace
    Workspace.objects.all().delete()
    assert current_membership(cast.owner, None) is None


def test_a_person_without_a_workspace_still_sees_their_account(cast: Any) -> None:
    Membership.objects.filter(user=cast.owner).delete()
    client = Client()
    client.force_login(cast.owner)
    assert client.get("/account/").status_code == 200


def test_an_unreadable_id_is_not_found(cast: Any) -> None:
    from upshot.web.accounts.access import get_for

    with pytest.raises(Http404):
        get_for(Workspace.objects.all(), cast.owner, "../etc/passwd", through="memberships")
