"""`/readyz` says whether the site can work, and to strangers nothing more."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder

from upshot.web.common import ready


def test_a_working_site_is_ready(client: Any, db: None) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def broken(*_: object, **__: object) -> Any:
    raise DatabaseError("/secret/place")


FREE = namedtuple("FREE", "free")


@pytest.mark.parametrize(
    ("owner", "name", "value", "reason"),
    [
        (MigrationRecorder, "applied_migrations", broken, "database"),
        (MigrationRecorder, "applied_migrations", lambda _self: {}, "migrations"),
        (ready.os, "access", lambda *_: False, "data directory"),
        (ready.shutil, "disk_usage", lambda _path: FREE(1), "disk space"),
    ],
)
def test_the_reason_is_for_the_log(
    client: Any,
    db: None,
    monkeypatch: Any,
    caplog: Any,
    owner: Any,
    name: str,
    value: Any,
    reason: str,
) -> None:
    monkeypatch.setattr(owner, name, value)
    assert ready.why_not() == reason
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "not ready"})
