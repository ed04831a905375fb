"""On a full disk nothing is damaged, people are told, and with room again everything goes on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chaos.scale import times
from chaos.visitor import Visitor
from running_site import Site, free_port

pytestmark = pytest.mark.slow

DISK = 16 * 1024**2
POINTS = times(6, 50)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    if not mounted:
        pytest.skip("this machine does not let the tests mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def table(number: int) -> bytes:
    """Some 100 kB, of other content each time."""
    rows = (f"{number * 10_000 + row},{row % 7},plan {row % 5}" for row in range(6000))
    return "\n".join(["id,visits,plan", *rows]).encode()


def examine(data: Path) -> None:
    """The database is whole, and every file it names is there and what its name says."""
    with closing(sqlite3.connect(data / "upshot.sqlite3", timeout=30)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = database.execute("SELECT workspace_id, sha256 FROM files_storedfile").fetchall()
    for workspace, sha256 in stored:
        path = data / "files" / str(workspace) / sha256[:2] / sha256
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def test_a_full_disk_damages_nothing_and_is_said(small_disk: Path) -> None:
    data = small_disk / "data"
    site = Site(data, free_port())
    try:
        visitor = Visitor(site)
        site.get("/healthz").close()
        visitor.set_up()
        proof = visitor.proof("/data/")
        assert visitor.upload(table(0), proof)[0] == 200
        ballast, refused = small_disk / "ballast", 0
        for point in range(1, POINTS + 1):
            fill(ballast, leaving=int(300_000 * (point - 1) / POINTS))
            status, page = visitor.upload(table(point), proof)
            assert status in (200, 422, 507), page
            if status != 200:
                refused += 1
                assert "disk is full" in page
            assert visitor.get("/healthz")[0] == 200
            ballast.unlink()
            examine(data)
        assert refused
        assert visitor.upload(table(10_000), proof)[0] == 200
        examine(data)
    finally:
        site.stop()


def fill(ballast: Path, leaving: int) -> None:
    """Take all room of the disk but `leaving` bytes."""
    handle = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        size = 0
        with contextlib.suppress(OSError):
            while True:
                size += os.write(handle, b"x" * 4096)
        os.ftruncate(handle, max(0, size - leaving))
    finally:
        os.close(handle)
