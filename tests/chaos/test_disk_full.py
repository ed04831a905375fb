"""On a full disk nothing is damaged, people are told, and with room again everything goes on."""

from __future__ import annotations

import contextlib
import hashlib
import http.cookiejar
import os
import re
import sqlite3
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chaos.scale import times
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


class Visitor:
    """A browser of few words: cookies, forms, and the status of what comes back."""

    def __init__(self, site: Site) -> None:
        self.site = site
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._open = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.site.address + path))

    def post(self, path: str, body: bytes, kind: str) -> tuple[int, str]:
        request = urllib.request.Request(self.site.address + path, body, method="POST")
        request.add_header("Content-Type", kind)
        return self._ask(request)

    def submit(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self.proof(path)})
        return self.post(path, body.encode(), "application/x-www-form-urlencoded")

    def upload(self, content: bytes, proof: str) -> tuple[int, str]:
        mark = uuid.uuid4().hex
        parts = (
            f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f'{proof}\r\n--{mark}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="leads.csv"\r\nContent-Type: text/csv\r\n\r\n'
        )
        body = parts.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.post("/data/new/", body, f"multipart/form-data; boundary={mark}")

    def proof(self, path: str) -> str:
        page = self.get(path)[1]
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found is not None, page[:500]
        return found[1]

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._open.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")


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
        token = (data / "setup-token").read_text().strip()
        account = {"token": token, "email": "ann@example.com", "workspace": "Shop"}
        account |= {"password": "violet lantern seven rivers"}
        status, page = visitor.submit("/setup/", account)
        assert status == 200, page
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
