"""The client sends a large file to the site over a line that is cut again and again."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from conftest import make_cast
from upshot.client import Client, Sent, sending
from upshot.web.datasets.models import Dataset
from upshot.web.files.models import Upload
from upshot.web.predictions.models import Prediction
from web.api.conftest import Program
from web.conftest import csv_of

CONTENT = csv_of() * 200
KB = 1 << 10


class BadLine:
    """Carries bytes to a server, and drops the first connections after some kilobytes each.

    Parameters
    ----------
    url : str
        The server.
    cuts : list of int
        Bytes from the client after which one connection each is cut.
    """

    def __init__(self, url: str, cuts: list[int]) -> None:
        parts = urlsplit(url)
        self.cuts = cuts
        self._server = (parts.hostname, parts.port)
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Hang up."""
        for line in (self._listening, *self._open):
            line.close()

    def _accept(self) -> None:
        while True:
            try:
                near = self._listening.accept()[0]
            except OSError:
                return
            far = socket.create_connection(self._server)
            self._open += [near, far]
            left = self.cuts.pop(0) if self.cuts else None
            threading.Thread(target=_carry, args=(near, far, left), daemon=True).start()
            threading.Thread(target=_carry, args=(far, near, None), daemon=True).start()


def _carry(source: socket.socket, target: socket.socket, left: int | None) -> None:
    try:
        while (left is None or left > 0) and (block := source.recv(16 * KB)):
            block = block[:left]
            target.sendall(block)
            left = None if left is None else left - len(block)
    except OSError:
        pass
    for line in (source, target):
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def cast(transactional_db: None) -> Any:
    """The cast in rows that the server's threads see."""
    return make_cast()


@pytest.fixture
def line(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[BadLine]:
    monkeypatch.setattr(sending, "FIRST_WAIT", 0.02)
    monkeypatch.setattr(sending, "IN_PIECES_FROM", 64 * KB)
    monkeypatch.setattr(sending, "FIRST_PIECE", 64 * KB)
    monkeypatch.setattr(sending, "SMALLEST_PIECE", 64 * KB)
    monkeypatch.setattr(sending, "LARGEST_PIECE", 64 * KB)
    found = BadLine(live_server.url, [])
    yield found
    found.close()


@pytest.fixture
def client(program: Program, line: BadLine) -> Iterator[Client]:
    with Client(line.url, program.text) as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Käufer.csv"
    path.write_bytes(CONTENT)
    return path


def test_a_file_arrives_over_a_bad_line_as_one_data_set(
    client: Client, line: BadLine, file: Path
) -> None:
    # The first connection ends within the first piece, each of the others some pieces later.
    line.cuts += [40 * KB, 20 * KB, 1, 150 * KB]
    heard: list[Sent] = []
    made = client.upload(file, on_progress=heard.append)
    assert made.file == file.name
    kept = Dataset.objects.get().upload
    assert kept.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert kept.path.read_bytes() == CONTENT
    assert not line.cuts
    assert sum(sent.waiting > 0 for sent in heard) >= 3
    assert client.upload(file).id == made.id


def test_a_program_that_ended_half_way_goes_on_later(
    client: Client, program: Program, line: BadLine, file: Path
) -> None:
    class Killed(BaseException):
        pass

    def die(sent: Sent) -> None:
        if sent.bytes >= 128 * KB:
            raise Killed

    with pytest.raises(Killed):
        client.upload(file, on_progress=die)
    client.close()
    heard: list[Sent] = []
    with Client(line.url, program.text) as later:
        later.upload(file, on_progress=heard.append)
    assert heard[0].bytes == 128 * KB
    assert Dataset.objects.get().upload.path.read_bytes() == CONTENT
    assert Upload.objects.count() == 1


def test_a_list_to_score_arrives_over_a_bad_line_once_per_wish(
    client: Client, line: BadLine, bundle: Any, file: Path
) -> None:
    line.cuts += [100 * KB]
    first = client.score(str(bundle.uuid), file)
    second = client.score(str(bundle.uuid), file)
    assert first.id != second.id
    assert {made.upload.sha256 for made in Prediction.objects.all()} == {
        hashlib.sha256(CONTENT).hexdigest()
    }
