"""A large file sent over a line that is cut again and again arrives whole, and once."""

from __future__ import annotations

import base64
import hashlib
import http.client
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from chaos.scale import times
from chaos.visitor import Visitor
from running_site import Site

pytestmark = pytest.mark.slow

MEGABYTE = 1024**2
SIZE = times(50, 2048) * MEGABYTE
PIECE = times(2, 16) * MEGABYTE
CUTS = 20
MOST_MEMORY = 120 * MEGABYTE


def rows(size: int) -> Iterator[bytes]:
    """A table of `size` bytes, never whole in memory."""
    head = b"id,visits,plan,bought\n"
    row = b"%011d,3,plan 1,yes\n" % 0
    yield head
    left, number = size - len(head), 0
    while left > 0:
        count = min(20_000, left // len(row) or 1)
        numbers = range(number, number + count)
        block = b"".join(b"%011d,%d,plan %d,yes\n" % (n, n % 7, n % 5) for n in numbers)
        number += count
        yield block[:left]
        left -= len(block)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "large.csv"
    with path.open("wb") as out:
        for block in rows(SIZE):
            out.write(block)
    return path


class Line:
    """A connection that ends when it is told to, in the middle of a piece."""

    def __init__(self, site: Site, visitor: Visitor, proof: str) -> None:
        self.host = urlsplit(site.address).netloc
        self.headers = {
            "Cookie": visitor.cookies(),
            "X-CSRFToken": proof,
            "Tus-Resumable": "1.0.0",
        }

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> Any:
        with closing(http.client.HTTPConnection(self.host, timeout=60)) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, address, body or None, {**self.headers, **named})
            answer = connection.getresponse()
            answer.read()
            return answer

    def cut(self, address: str, piece: bytes, at: int, sent: int) -> None:
        """Begin to send a piece and hang up after some bytes of it."""
        with closing(http.client.HTTPConnection(self.host, timeout=60)) as connection:
            connection.putrequest("PATCH", address)
            told = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(at)}
            for name, value in {**self.headers, **told, "Content-Length": str(len(piece))}.items():
                connection.putheader(name, value)
            connection.endheaders()
            connection.send(piece[:sent])


def test_a_cut_upload_arrives_whole_and_once(
    start_site: Any, file: Path, record_property: Any
) -> None:
    site = start_site()
    visitor = Visitor(site)
    site.get("/healthz").close()
    visitor.set_up()
    line = Line(site, visitor, visitor.proof("/data/"))
    name = base64.b64encode(b"large.csv").decode()
    begun = {"Upload_Length": str(SIZE), "Upload_Metadata": f"filename {name},mark MTc="}
    address = line.ask("POST", "/uploads/", **begun).getheader("Location")
    rng = random.Random(0)
    pieces = -(-SIZE // PIECE)
    cut_at = set(rng.sample(range(pieces), min(CUTS, pieces)))
    process, most, cuts, at = psutil.Process(site.process.pid), 0, 0, 0
    with file.open("rb") as source:
        while at < SIZE:
            source.seek(at)
            piece = source.read(PIECE)
            if at // PIECE in cut_at:
                cut_at.discard(at // PIECE)
                line.cut(address, piece, at, rng.randrange(len(piece)))
                cuts += 1
                # After a cut a browser asks how far the file is, or begins anew with the same file.
                asked = line.ask("POST", "/uploads/", **begun)
                assert asked.getheader("Location") == address
                at = int(asked.getheader("Upload-Offset"))
                continue
            kind = {"Content_Type": "application/offset+octet-stream"}
            answer = line.ask("PATCH", address, piece, Upload_Offset=str(at), **kind)
            assert answer.status == 204, answer.status
            at = int(answer.getheader("Upload-Offset"))
            most = max(most, process.memory_info().rss)
    assert cuts == CUTS
    for _again in range(2):
        assert visitor.submit("/data/new/", {"upload": address.split("/")[-2]}, "/data/")[0] == 200
    most = max(most, process.memory_info().rss)
    record_property("most_memory_mb", round(most / MEGABYTE))
    assert most < MOST_MEMORY
    with closing(sqlite3.connect(site.data / "upshot.sqlite3", timeout=30)) as database:
        found = database.execute(
            "SELECT sha256, size FROM files_storedfile JOIN datasets_dataset"
            " ON datasets_dataset.upload_id = files_storedfile.id"
        ).fetchall()
    with file.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    assert found == [(digest, SIZE)]
