"""`upshot doctor` follows the chain of the audit log."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from upshot.web.operation.doctor import examine


@pytest.fixture
def site(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    from django.conf import settings
    from django.db import connection

    monkeypatch.setenv("UPSHOT_DATABASE", str(connection.settings_dict["NAME"]))
    return settings.DATA.root


def found(site: Path) -> Any:
    return next(finding for finding in examine(site) if finding.name == "audit log")


def test_a_whole_chain_is_said_with_its_end(site: Path) -> None:
    from upshot.web.audit.log import write

    write("datasets:upload")
    entry = write("datasets:delete")
    finding = found(site)
    assert finding.level == "ok"
    assert "2" in finding.message
    assert entry.digest[:16] in finding.message


def test_a_changed_entry_is_a_problem(site: Path) -> None:
    from django.db import connection

    from upshot.web.audit.log import write

    write("datasets:upload")
    write("datasets:delete", actor=3)
    path = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path)) as hand:
        guard = hand.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_entry_no_update'")
        trigger = guard.fetchone()[0]
        hand.execute("DROP TRIGGER audit_entry_no_update")
        hand.execute("UPDATE audit_entry SET actor = 4 WHERE number = 2")
        hand.execute(trigger)
        hand.commit()
    finding = found(site)
    assert finding.level == "problem"
    assert "Entry 2" in finding.message
    assert finding.remedy
