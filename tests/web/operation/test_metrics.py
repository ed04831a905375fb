"""Figures for a monitor, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from upshot.web.jobs import workers
from upshot.web.jobs.queue import enqueue

pytestmark = pytest.mark.django_db


def test_the_machine_itself_reads_the_figures(client: Any, cast: Any) -> None:
    enqueue("rehearsal.echo", {}, cast.workspace)
    workers.sign("w")
    said = client.get("/metrics")
    assert said.status_code == 200
    lines = said.content.decode().splitlines()
    assert 'upshot_jobs{state="queued"} 1.0' in lines
    assert "upshot_workers 1.0" in lines
    assert any(line.startswith("upshot_request_seconds_count") for line in lines)
    assert any(line.startswith("upshot_disk_free_bytes") for line in lines)


@pytest.mark.parametrize(
    "from_elsewhere", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}]
)
def test_for_anybody_else_there_is_no_such_page(client: Any, from_elsewhere: Any) -> None:
    assert client.get("/metrics", **from_elsewhere).status_code == 404


@pytest.mark.parametrize("public", ["HTTPS", "HAS_PUBLIC_NAME"])
def test_behind_a_proxy_nobody_is_taken_for_this_machine(
    client: Any, settings: Any, public: str
) -> None:
    setattr(settings, public, True)
    # HTTP itself is sent to HTTPS there, so the request comes by HTTPS.
    assert client.get("/metrics", secure=True).status_code == 404


def test_with_a_token_only_the_token_opens_it(client: Any, settings: Any) -> None:
    settings.METRICS_TOKEN = "only-the-monitor-knows"
    assert client.get("/metrics").status_code == 404
    wrong = {"HTTP_AUTHORIZATION": "Bearer ünknown"}
    assert client.get("/metrics", **wrong).status_code == 404
    right = {"HTTP_AUTHORIZATION": "Bearer only-the-monitor-knows", "REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", **right).status_code == 200


def test_no_name_of_a_person_or_an_address_is_a_figure(client: Any, cast: Any) -> None:
    client.generic("CANARY", "/login/?q=canary")
    said = client.get("/metrics").content.decode()
    assert "canary" not in said.lower()
    assert "example.com" not in said
