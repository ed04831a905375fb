"""Roles change, people leave, workspaces come and go; there is always an owner."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from upshot.web.accounts import members
from upshot.web.accounts.models import Membership, Role, Workspace
from upshot.web.audit.models import Entry


def place(workspace: Workspace) -> str:
    return f"/workspaces/{workspace.uuid}/"


def of(cast: Any, person: Any) -> Membership:
    return Membership.objects.get(user=person, workspace=cast.workspace)


def test_the_owner_changes_a_role(cast: Any, owner_client: Client) -> None:
    member = of(cast, cast.viewer)
    owner_client.post(f"{place(cast.workspace)}members/{member.pk}/role/", {"role": "editor"})
    assert of(cast, cast.viewer).role == "editor"
    entry = Entry.objects.get(action="accounts:member_role")
    assert (entry.detail, entry.object_id) == ("viewer → editor", str(member.pk))


def test_the_owner_removes_somebody_who_is_then_out(
    cast: Any, owner_client: Client, teammate_client: Client
) -> None:
    owner_client.post(f"{place(cast.workspace)}members/{of(cast, cast.teammate).pk}/remove/")
    assert teammate_client.get(place(cast.workspace)).status_code == 404


def test_the_last_owner_stays(cast: Any, owner_client: Client) -> None:
    own = of(cast, cast.owner)
    owner_client.post(f"{place(cast.workspace)}members/{own.pk}/role/", {"role": "viewer"})
    owner_client.post(f"{place(cast.workspace)}members/{own.pk}/remove/")
    page = owner_client.post(f"{place(cast.workspace)}leave/", follow=True)
    assert of(cast, cast.owner).role == Role.OWNER
    assert "needs an owner" in page.content.decode()
    assert not Entry.objects.filter(action__startswith="accounts:member").exists()


def test_an_owner_may_go_when_there_is_another(cast: Any, owner_client: Client) -> None:
    members.change_role(of(cast, cast.viewer), Role.OWNER)
    owner_client.post(f"{place(cast.workspace)}leave/")
    assert not Membership.objects.filter(user=cast.owner).exists()
    with pytest.raises(members.LastOwner):
        members.remove(of(cast, cast.viewer))


def test_a_member_of_another_workspace_cannot_be_reached_through_ones_own(
    cast: Any, owner_client: Client
) -> None:
    theirs = Membership.objects.get(user=cast.outsider)
    address = f"{place(cast.workspace)}members/{theirs.pk}/remove/"
    assert owner_client.post(address).status_code == 404
    assert Membership.objects.filter(pk=theirs.pk).exists()


def test_a_role_that_does_not_exist_changes_nothing(cast: Any, owner_client: Client) -> None:
    member = of(cast, cast.viewer)
    owner_client.post(f"{place(cast.workspace)}members/{member.pk}/role/", {"role": "god"})
    assert of(cast, cast.viewer).role == "viewer"


def test_a_second_workspace_and_the_way_between_them(cast: Any, owner_client: Client) -> None:
    page = owner_client.post("/workspaces/new/", {"name": "Second"}, follow=True)
    assert "Second" in page.content.decode()
    assert "Go to “Shop”" in page.content.decode()
    owner_client.post(f"{place(cast.workspace)}switch/")
    assert "Go to “Second”" in owner_client.get("/data/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_switching_leads_nowhere_else(cast: Any, owner_client: Client, target: str) -> None:
    response = owner_client.post(f"{place(cast.workspace)}switch/", {"next": target})
    assert response.url == "/"


def test_the_owner_renames_it(cast: Any, owner_client: Client) -> None:
    owner_client.post(f"{place(cast.workspace)}name/", {"name": "Market"})
    cast.workspace.refresh_from_db()
    assert cast.workspace.name == "Market"
    assert owner_client.post(f"{place(cast.workspace)}name/", {"name": ""}).status_code == 422


def test_others_see_the_people_and_no_buttons(cast: Any, viewer_client: Client) -> None:
    page = viewer_client.get(place(cast.workspace)).content.decode()
    assert "teammate@example.com" in page
    assert "Invite" not in page
    assert "/log/" not in page
    assert "Leave this workspace" in page


def test_the_log_is_for_owners_and_can_be_filtered(
    cast: Any, owner_client: Client, teammate_client: Client
) -> None:
    owner_client.post(f"{place(cast.workspace)}name/", {"name": "Market"})
    owner_client.post(f"{place(cast.workspace)}invite/", {"role": "viewer"})
    log = f"{place(cast.workspace)}log/"
    assert teammate_client.get(log).status_code == 403
    page = owner_client.get(log, {"action": "accounts:invite"}).content.decode()
    assert "<td>Invited somebody" in page
    assert "<td>Renamed" not in page
    assert "<td>" not in owner_client.get(log, {"since": "2999-01-01"}).content.decode()


def test_the_log_names_roles_as_pages_do(cast: Any, owner_client: Client) -> None:
    owner_client.post(f"{place(cast.workspace)}invite/", {"role": "editor"})
    owner_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    assert "(Редактор)" in owner_client.get(f"{place(cast.workspace)}log/").content.decode()


def test_the_log_downloads_as_csv_without_formulas(cast: Any, owner_client: Client) -> None:
    cast.owner.name = "=cmd|' /C calc'!A0"
    cast.owner.save()
    owner_client.post(f"{place(cast.workspace)}name/", {"name": "Market"})
    response = owner_client.get(f"{place(cast.workspace)}log/csv/")
    text = b"".join(response.streaming_content).decode()
    assert "Renamed the workspace" in text
    assert ",=cmd" not in text
    assert Entry.objects.order_by("-number")[0].action == "accounts:log_download"
    owner_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    answer = owner_client.get(f"{place(cast.workspace)}log/csv/")
    heads = b"".join(answer.streaming_content).decode().splitlines()[0]
    assert heads.startswith("номер,время (UTC),человек,действие")
