"""The log can be added to and nothing else, and its chain tells when somebody did all the same."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from upshot.web.audit import record
from upshot.web.audit.chain import Verdict, verify
from upshot.web.audit.log import trim, write
from upshot.web.audit.models import AppendOnly, Chain, Entry

guards = import_module("upshot.web.audit.migrations.0001_initial")


def verdict() -> Verdict:
    def query(sql: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return verify(query)


def force(sql: str) -> None:
    """Do what only somebody with the database in hands can do: past its guards."""
    with connection.cursor() as cursor:
        for statement in guards.BACK[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(sql)
        for statement in guards.FORTH[connection.vendor]:
            cursor.execute(statement)


@pytest.fixture
def entries(db: None) -> list[Entry]:
    return [write("datasets:upload", actor=7, detail=str(number)) for number in range(5)]


def test_an_empty_log_is_whole(db: None) -> None:
    assert verdict() == Verdict(0, "", None)


def test_entries_follow_one_another(entries: list[Entry]) -> None:
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].previous == Chain.objects.get().genesis
    assert entries[3].previous == entries[2].digest
    assert verdict() == Verdict(5, entries[-1].digest, None)


def test_installations_do_not_share_a_beginning(db: None) -> None:
    write("datasets:upload")
    first = Chain.objects.get().genesis
    force("DELETE FROM audit_entry")
    Chain.objects.all().delete()
    write("datasets:upload")
    assert Chain.objects.get().genesis != first


@pytest.mark.parametrize(
    "sql",
    ["UPDATE audit_entry SET actor = 8", "DELETE FROM audit_entry WHERE number = 5"],
)
def test_the_database_refuses_to_change_it(entries: list[Entry], sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verdict().broken_at is None


def test_the_models_refuse_to_change_it(entries: list[Entry]) -> None:
    for attempt in (
        entries[0].save,
        entries[0].delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(actor=8),
        lambda: Entry.objects.bulk_update(entries, ["actor"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()


@pytest.mark.parametrize(
    ("sql", "at"),
    [
        ("UPDATE audit_entry SET actor = 8 WHERE number = 3", 3),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE number = 2", 2),
        (f"UPDATE audit_entry SET workspace = '{'ab' * 16}' WHERE number = 1", 1),
        ("UPDATE audit_entry SET address = '203.0.113.9' WHERE number = 5", 5),
        ("DELETE FROM audit_entry WHERE number = 3", 3),
        ("DELETE FROM audit_entry WHERE number = 5", 5),
        ("DELETE FROM audit_entry WHERE number = 1", 1),
        ("DELETE FROM audit_chain", 1),
    ],
)
def test_a_forged_log_is_noticed_and_the_place_named(
    entries: list[Entry], sql: str, at: int
) -> None:
    force(sql)
    assert verdict().broken_at == at


def test_old_entries_go_and_the_rest_can_still_be_verified(db: None, monkeypatch: Any) -> None:
    now = timezone.now()
    for days in (400, 300, 40, 1):
        monkeypatch.setattr(timezone, "now", lambda days=days: now - timedelta(days=days))
        write("datasets:upload")
    monkeypatch.undo()
    assert trim(365) == 1
    assert trim(365) == 0
    assert trim(60) == 1
    kept = list(Entry.objects.order_by("number").values_list("number", "action"))
    assert [number for number, _ in kept] == [3, 4, 5, 6]
    assert [action for _, action in kept][2:] == ["audit:trimmed"] * 2
    assert verdict() == Verdict(4, Entry.objects.get(number=6).digest, None)


def test_everything_may_be_past_its_time(db: None, monkeypatch: Any) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(days=9))
    write("datasets:upload")
    monkeypatch.undo()
    assert trim(3) == 1
    assert [entry.action for entry in Entry.objects.all()] == ["audit:trimmed"]
    assert verdict().broken_at is None


def test_an_action_without_words_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="made:up"):
        record(None, "made:up")


def test_what_is_undone_is_not_on_record(db: None) -> None:
    with transaction.atomic():
        write("datasets:upload")
        transaction.set_rollback(True)
    assert verdict() == Verdict(0, "", None)
