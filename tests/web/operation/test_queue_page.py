"""The owner sees the workspace's work, its failures, and whether anybody works at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from upshot.web.jobs import workers
from upshot.web.jobs.models import State
from upshot.web.jobs.queue import claim, enqueue, finish
from upshot.web.operation.queue_page import WORDS, queue_facts

pytestmark = pytest.mark.django_db


def page(client: Any, person: Any, workspace: Any) -> Any:
    client.force_login(person)
    return client.get(reverse("operation:queue", args=[workspace.uuid]))


def test_what_people_wait_for_has_words() -> None:
    assert {name for name in settings.JOB_HANDLERS if not name.startswith("rehearsal.")} == {*WORDS}


def test_own_work_is_shown_and_everybody_elses_only_counted(client: Any, cast: Any) -> None:
    enqueue("runs.train", {}, cast.workspace)
    enqueue("datasets.read", {}, cast.elsewhere)
    said = page(client, cast.owner, cast.workspace).content.decode()
    assert "Learning" in said
    assert "Reading a file" not in said
    assert "1 piece of work of other workspaces waits too" in said
    assert "No worker is running" in said


def test_a_failure_is_shown_with_its_reason(cast: Any) -> None:
    enqueue("runs.train", {}, cast.workspace)
    workers.sign("w")
    job = claim("w")
    assert queue_facts(cast.workspace).workers[0].is_busy
    finish(job.uuid, job.token, State.FAILED, "It needed more memory.")
    facts = queue_facts(cast.workspace)
    assert not facts.workers[0].is_busy
    assert [job.message for job in facts.failed] == ["It needed more memory."]
    assert facts.active == ()


@pytest.mark.parametrize(("who", "status"), [("teammate", 403), ("viewer", 403), ("outsider", 404)])
def test_the_page_is_the_owners(client: Any, cast: Any, who: str, status: int) -> None:
    assert page(client, getattr(cast, who), cast.workspace).status_code == status


def test_the_owner_finds_it_from_the_workspace(client: Any, cast: Any) -> None:
    address = reverse("operation:queue", args=[cast.workspace.uuid])
    settings_page = reverse("accounts:workspace", args=[cast.workspace.uuid])
    client.force_login(cast.owner)
    assert address in client.get(settings_page).content.decode()
    client.force_login(cast.teammate)
    assert address not in client.get(settings_page).content.decode()
