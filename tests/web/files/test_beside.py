"""What was worked out from a file is kept beside it, is gone with it, and never stops a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from upshot.web.files import beside, store
from upshot.web.files.models import StoredFile


@pytest.fixture
def stored(cast):
    incoming = store.Incoming()
    incoming.write(b"abc")
    incoming.finish()
    return store.keep_incoming(cast.workspace, incoming)


class Work:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, int]:
        self.times += 1
        return {"rows": 3}


def test_facts_are_worked_out_once_for_each_key(stored):
    work = Work()
    for key in ({"sheet": "a"}, {"sheet": "a"}, {"sheet": "b"}):
        assert beside.worked_out(stored, "facts", key, work) == {"rows": 3}
    assert work.times == 2


def test_facts_go_with_their_file(cast, stored):
    beside.worked_out(stored, "facts", 1, Work())
    folder: Path = stored.path.parent
    assert len(list(folder.iterdir())) == 2
    store.remove_unreferenced(cast.workspace)
    assert not StoredFile.objects.exists()
    assert not list(folder.iterdir())


@pytest.mark.parametrize("content", [b"", b"\x00{", b"[1]"])
def test_damaged_facts_count_as_missing(stored, content):
    work = Work()
    beside.worked_out(stored, "facts", 1, work)
    next(stored.path.parent.glob("*.json")).write_bytes(content)
    assert beside.worked_out(stored, "facts", 1, work) == {"rows": 3}
    assert work.times == 2


def test_only_the_newest_facts_are_kept(stored):
    work = Work()
    for key in range(beside.MOST_KEPT + 1):
        beside.worked_out(stored, "facts", key, work)
    beside.worked_out(stored, "facts", 1, work)
    assert work.times == beside.MOST_KEPT + 1
    beside.worked_out(stored, "facts", 0, work)
    assert work.times == beside.MOST_KEPT + 2


def test_a_disk_that_takes_nothing_does_not_stop_the_page(stored, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(beside, "write_atomically", full)
    assert beside.worked_out(stored, "facts", 1, Work()) == {"rows": 3}


def test_nobody_else_on_the_machine_reads_them(stored):
    beside.worked_out(stored, "facts", 1, Work())
    place = next(stored.path.parent.glob("*.json"))
    assert place.stat().st_mode & 0o077 == 0
