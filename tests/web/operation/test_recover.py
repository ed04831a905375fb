"""`upshot recover`: a link for somebody who cannot log in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from upshot.cli.main import run

NEW = "seven quiet lamps on monday"


@pytest.fixture
def owner(site: Path):  # type: ignore[no-untyped-def]
    from upshot.web.accounts.models import User

    return User.objects.create_user("anna@example.com", "correct horse battery")


def recover(site: Path, email: str, *options: str) -> int:
    return run(["recover", email, "--data", str(site), *options])


def test_the_link_opens_the_way_to_a_new_password(
    site: Path, owner, capsys: pytest.CaptureFixture[str]
) -> None:  # type: ignore[no-untyped-def]
    assert recover(site, "Anna@example.com", "--address", "https://upshot.example.com/") == 0
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://upshot.example.com/recover/password/")
    path = link.removeprefix("https://upshot.example.com")
    assert Client().post(path, {"new": NEW}).url == "/login/"
    owner.refresh_from_db()
    assert owner.check_password(NEW)


def test_making_a_link_is_on_record(site: Path, owner) -> None:  # type: ignore[no-untyped-def]
    from upshot.web.audit.models import Entry

    recover(site, "anna@example.com", "--without-second-factor")
    entry = Entry.objects.get()
    assert (entry.action, entry.object_id) == ("accounts:reset_link", str(owner.pk))


def test_nobody_of_that_name_is_told(site: Path, owner, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert recover(site, "ben@example.com") == 2
    assert "ben@example.com" in capsys.readouterr().err


def test_a_folder_without_a_website_is_told(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recover(tmp_path, "anna@example.com") == 2
    assert "holds no website" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
