"""Fixtures every room may use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real marketing data beside the project; skips where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data sets (../shared/data) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def shared_corpora() -> Path:
    """The folder of test corpora beside the project; skips where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora (../shared/corpora) are not on this machine")
    return folder


# The fixed cast of the website's tests: an owner, people of other roles, an outsider.

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Cast:
    """Owner and teammate share a workspace; the outsider owns another one."""

    owner: Any
    teammate: Any
    viewer: Any
    outsider: Any
    workspace: Any
    elsewhere: Any


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Tests with real commits empty every table afterwards; the audit log would refuse that."""
    from django.db import connection
    from django.test import TransactionTestCase

    empty_tables = TransactionTestCase._fixture_teardown

    def let_go(self: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_chain SET kept_after = length")
            cursor.execute("DELETE FROM audit_entry")
        empty_tables(self)

    TransactionTestCase._fixture_teardown = let_go  # type: ignore[method-assign]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    from upshot.web.accounts.access import create_workspace
    from upshot.web.accounts.models import Membership, Role, User

    people = {
        name: User.objects.create_user(f"{name}@example.com", PASSWORD)
        for name in ("owner", "teammate", "viewer", "outsider")
    }
    workspace = create_workspace("Shop", people["owner"])
    elsewhere = create_workspace("Rival", people["outsider"])
    for name, role in (("teammate", Role.EDITOR), ("viewer", Role.VIEWER)):
        Membership.objects.create(workspace=workspace, user=people[name], role=role)
    return Cast(**people, workspace=workspace, elsewhere=elsewhere)


def signed_in(person: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def owner_client(cast: Cast) -> Any:
    return signed_in(cast.owner)


@pytest.fixture
def teammate_client(cast: Cast) -> Any:
    return signed_in(cast.teammate)


@pytest.fixture
def viewer_client(cast: Cast) -> Any:
    return signed_in(cast.viewer)


@pytest.fixture
def outsider_client(cast: Cast) -> Any:
    return signed_in(cast.outsider)


@pytest.fixture
def start_site(tmp_path: Path) -> Iterator[Any]:
    """Start `upshot serve` on a fresh data directory; whatever still runs at the end is stopped."""
    from running_site import Site, free_port

    sites: list[Site] = []

    def begin(port: int | None = None, **extra: str) -> Site:
        sites.append(Site(tmp_path / "data", port or free_port(), **extra))
        return sites[-1]

    yield begin
    for site in sites:
        if site.process.poll() is None:
            site.process.terminate()
            site.process.communicate(timeout=20)
