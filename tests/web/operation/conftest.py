"""The tests' own installation, seen as the commands see one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def site(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory; its rows are committed, so that other connections see them."""
    from django.conf import settings
    from django.db import connection

    from upshot.web.config.database import to_setting

    monkeypatch.setenv("UPSHOT_DATABASE", to_setting(connection.settings_dict))
    return settings.DATA.root


@pytest.fixture
def workspace(site: Path) -> Any:
    from upshot.web.accounts.models import Workspace

    return Workspace.objects.create(name="Shop")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where a backup is restored: a place that no setting names."""
    monkeypatch.delenv("UPSHOT_DATABASE", raising=False)
    return tmp_path / "new" / "data"
