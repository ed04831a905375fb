"""`upshot doctor` follows the chain of the audit log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from upshot.web.operation.doctor import examine
from web.audit.test_chain import force
from web.operation.conftest import site  # noqa: F401


def found(place: Path) -> Any:
    return next(finding for finding in examine(place) if finding.name == "audit log")


def test_a_whole_chain_is_said_with_its_end(site: Path) -> None:  # noqa: F811
    from upshot.web.audit.log import write

    write("datasets:upload")
    entry = write("datasets:delete")
    finding = found(site)
    assert finding.level == "ok"
    assert "2" in finding.message
    assert entry.digest[:16] in finding.message


def test_a_changed_entry_is_a_problem(site: Path) -> None:  # noqa: F811
    from upshot.web.audit.log import write

    write("datasets:upload")
    write("datasets:delete", actor=3)
    force("UPDATE audit_entry SET actor = 4 WHERE number = 2")
    finding = found(site)
    assert finding.level == "problem"
    assert "Entry 2" in finding.message
    assert finding.remedy
