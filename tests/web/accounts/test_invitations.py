"""Invitations: a link for one person, once, for a week; nobody else gets in by it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from upshot.web.accounts import invitations
from upshot.web.accounts.models import Invitation, Membership, Role, User
from upshot.web.audit.models import Entry

GOOD = "seven quiet lamps on monday"


def make(cast: Any, role: Role = Role.EDITOR, email: str = "") -> str:
    return invitations.invite(cast.workspace, cast.owner, role, email)[1]


def test_the_owner_gets_a_link_that_is_shown_once(cast: Any, owner_client: Client) -> None:
    place = f"/workspaces/{cast.workspace.uuid}/"
    response = owner_client.post(f"{place}invite/", {"role": "viewer"}, follow=True)
    link = re.search(r"http://testserver(/join/[\w-]+/)", response.content.decode())
    assert link
    assert "/join/" not in owner_client.get(place).content.decode()
    stranger = Client()
    fields = {"email": "New@Example.com", "password": GOOD}
    assert stranger.post(link.group(1), fields).url == "/"
    joined = Membership.objects.get(user__email="new@example.com")
    assert (joined.workspace, joined.role) == (cast.workspace, "viewer")
    assert Entry.objects.filter(action="accounts:join", workspace=cast.workspace.uuid).exists()


def test_only_a_digest_is_kept(cast: Any) -> None:
    token = make(cast)
    assert token not in str(vars(Invitation.objects.get()))


def test_it_works_once(cast: Any) -> None:
    link = f"/join/{make(cast)}/"
    assert Client().post(link, {"email": "a@example.com", "password": GOOD}).status_code == 302
    again = Client().post(link, {"email": "b@example.com", "password": GOOD})
    assert again.status_code == 404
    assert not User.objects.filter(email="b@example.com").exists()


def test_it_ends_after_a_week(cast: Any) -> None:
    token = make(cast)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(f"/join/{token}/").status_code == 404
    with pytest.raises(invitations.InvitationClosed):
        invitations.accept(token, cast.outsider)


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.VIEWER])
def test_a_link_ends_with_the_ownership_of_who_made_it(cast: Any, role: Role | None) -> None:
    """Or somebody who was taken out would let themselves in again, as an owner."""
    other = cast.workspace.memberships.get(user=cast.teammate)
    other.role = Role.OWNER
    other.save()
    _invitation, token = invitations.invite(cast.workspace, cast.teammate, Role.OWNER)
    assert invitations.find(token) is not None
    if role is None:
        other.delete()
    else:
        other.role = role
        other.save()
    assert Client().get(f"/join/{token}/").status_code == 404
    with pytest.raises(invitations.InvitationClosed):
        invitations.accept(token, cast.teammate)
    assert invitations.open_invitations(cast.workspace) == []


def test_a_withdrawn_link_is_closed(cast: Any, owner_client: Client) -> None:
    token = make(cast)
    place = f"/workspaces/{cast.workspace.uuid}/invitations/{Invitation.objects.get().uuid}/"
    assert owner_client.post(f"{place}withdraw/").status_code == 302
    assert Client().get(f"/join/{token}/").status_code == 404


def test_a_link_for_one_address_admits_no_other(cast: Any, outsider_client: Client) -> None:
    link = f"/join/{make(cast, email='new@example.com')}/"
    assert outsider_client.post(link).status_code == 403
    other = Client().post(link, {"email": "other@example.com", "password": GOOD})
    assert other.status_code == 422
    assert Client().post(link, {"email": "new@example.com", "password": GOOD}).status_code == 302


def test_somebody_with_an_account_joins_with_it(cast: Any, outsider_client: Client) -> None:
    link = f"/join/{make(cast)}/"
    assert "outsider@example.com" in outsider_client.get(link).content.decode()
    outsider_client.post(link)
    assert Membership.objects.get(user=cast.outsider, workspace=cast.workspace).role == "editor"
    assert "Shop" in outsider_client.get("/data/").content.decode()


def test_opening_the_link_alone_joins_nothing(cast: Any, outsider_client: Client) -> None:
    outsider_client.get(f"/join/{make(cast)}/")
    assert not Membership.objects.filter(user=cast.outsider, workspace=cast.workspace).exists()


def test_an_existing_account_is_not_taken_over(cast: Any) -> None:
    fields = {"email": "OUTSIDER@example.com", "password": GOOD}
    response = Client().post(f"/join/{make(cast)}/", fields)
    assert response.status_code == 422
    cast.outsider.refresh_from_db()
    assert not cast.outsider.check_password(GOOD)


def test_a_weak_password_does_not_use_the_link_up(cast: Any) -> None:
    link = f"/join/{make(cast)}/"
    weak = Client().post(link, {"email": "a@example.com", "password": "Password2026!"})
    assert weak.status_code == 422
    assert Client().get(link).status_code == 200


def test_joining_again_never_lowers_a_role(cast: Any) -> None:
    assert invitations.accept(make(cast, Role.VIEWER), cast.owner).role == Role.OWNER
    assert invitations.accept(make(cast, Role.OWNER), cast.viewer).role == Role.OWNER


def test_a_letter_is_sent_where_mail_is_set_up(
    cast: Any, owner_client: Client, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    cast.workspace.name = "Shop\nBcc: everybody@example.com"
    cast.workspace.save()
    fields = {"role": "editor", "email": "new@example.com"}
    owner_client.post(f"/workspaces/{cast.workspace.uuid}/invite/", fields)
    assert [letter.to for letter in mail.outbox] == [["new@example.com"]]
    assert "/join/" in mail.outbox[0].body
    assert "\n" not in mail.outbox[0].subject


def test_without_mail_nothing_is_sent(cast: Any, owner_client: Client) -> None:
    fields = {"role": "editor", "email": "new@example.com"}
    page = owner_client.post(f"/workspaces/{cast.workspace.uuid}/invite/", fields, follow=True)
    assert mail.outbox == []
    assert "Send this link yourself" in page.content.decode()
