"""A backup of a database on a PostgreSQL server, and its way back into an empty one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from upshot.errors import InputError
from upshot.web.config.database import to_setting
from upshot.web.operation.backup import backup
from upshot.web.operation.doctor import examine
from upshot.web.operation.restore import Restored, restore
from web.operation.test_backup import add

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL only"),
    pytest.mark.skipif(shutil.which("pg_dump") is None, reason="needs PostgreSQL's client tools"),
]


@pytest.fixture
def empty_database(monkeypatch: pytest.MonkeyPatch, site: Path) -> Iterator[dict[str, Any]]:
    """A new database on the same server, for as long as the test takes."""
    name = f"{connection.settings_dict['NAME']}_back"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield {**connection.settings_dict, "NAME": name}
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_what_comes_back_is_the_installation_without_log_ins(
    site: Path, workspace: Any, tmp_path: Path, empty_database: Any, monkeypatch: Any
) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session["canary"] = True
    session.save()
    kept = add(workspace, b"one" * 1000)
    made = backup(site, tmp_path / "saved.zip")
    assert made.files == 1
    assert not made.lost
    monkeypatch.setenv("UPSHOT_DATABASE", to_setting(empty_database))
    target = tmp_path / "back"
    assert restore(tmp_path / "saved.zip", target) == Restored(1, lost=0)
    assert next(target.glob("files/*/*/*")).read_bytes() == kept.upload.path.read_bytes()
    assert not (target / "upshot.pgdump").exists()
    import psycopg

    with psycopg.connect(
        host=empty_database["HOST"],
        dbname=empty_database["NAME"],
        user=empty_database["USER"],
        password=empty_database["PASSWORD"] or None,
        port=empty_database["PORT"] or None,
    ) as back:
        assert back.execute("SELECT count(*) FROM datasets_dataset").fetchone() == (1,)
        assert back.execute("SELECT count(*) FROM django_session").fetchone() == (0,)


def test_a_database_with_something_in_it_is_left_alone(
    site: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    backup(site, tmp_path / "saved")
    with pytest.raises(InputError, match="not empty"):
        restore(tmp_path / "saved", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_a_servers_backup_needs_a_server(site: Path, tmp_path: Path, monkeypatch: Any) -> None:
    backup(site, tmp_path / "saved")
    monkeypatch.delenv("UPSHOT_DATABASE")
    with pytest.raises(InputError, match="PostgreSQL server"):
        restore(tmp_path / "saved", tmp_path / "back")


def test_a_server_that_does_not_answer_is_said_without_its_password(
    site: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("UPSHOT_DATABASE", "postgresql://ann:hush@127.0.0.1:1/upshot")
    with pytest.raises(InputError, match="does not answer") as caught:
        backup(site, tmp_path / "saved")
    assert "hush" not in str(caught.value)
    assert not (tmp_path / "saved").exists()


def test_the_doctor_looks_into_a_server(site: Path) -> None:
    found = {finding.name: finding for finding in examine(site)}
    assert found["database"].level == "ok"
    assert found["audit log"].level == "ok"
