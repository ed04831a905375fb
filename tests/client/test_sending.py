"""A large file goes in pieces: on after every cut, not for ever, and never held whole."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
import tracemalloc
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from upshot.client import ApiError, Client, Sent, sending
from upshot.errors import InputError

KB = 1 << 10
PREDICTION = {
    "id": "p",
    "bundle": "b",
    "file": "people.csv",
    "state": "queued",
    "message": "",
    "rows": None,
    "formats": [],
    "notes": [],
    "created_at": "2026-01-01T00:00:00Z",
}


class Site:
    """A server that takes pieces, and cuts or refuses when it is told to.

    ``cuts`` are numbers of bytes after which the next pieces' connections are dropped; ``refusals``
    are answers given to requests of a method instead of doing what they ask.
    """

    def __init__(self) -> None:
        self.url = ""
        self.size = 0
        self.metadata: dict[str, str] = {}
        self.digest = hashlib.sha256()
        self.offset = 0
        self.offsets: list[int] = []
        self.asked: list[str] = []
        self.forms: list[str] = []
        self.cuts: list[int] = []
        self.refusals: list[tuple[str, int, dict[str, str], Any]] = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def answer(self) -> None:
        self.site.asked.append(f"{self.command} {self.path.removeprefix('/api/v1')}")
        length = int(self.headers.get("Content-Length") or 0)
        if self.site.refusals and self.site.refusals[0][0] == self.command:
            self.rfile.read(length)
            _, status, headers, plain = self.site.refusals.pop(0)
            self.say(status, headers, plain)
        elif not self.path.startswith("/api/v1/uploads"):
            self.site.forms.append(self.rfile.read(length).decode("latin-1"))
            self.say(202, {}, PREDICTION)
        elif self.command == "POST":
            self.begin()
        elif self.command == "PATCH":
            self.take(length)
        else:
            self.state(200)

    do_POST = do_PATCH = do_HEAD = answer  # noqa: N815

    def begin(self) -> None:
        self.site.size = int(self.headers["Upload-Length"])
        pairs = (pair.split(" ") for pair in self.headers["Upload-Metadata"].split(","))
        self.site.metadata = {key: base64.b64decode(value).decode() for key, value in pairs}
        self.state(201, Location="https://elsewhere.example/below/api/v1/uploads/u")

    def take(self, length: int) -> None:
        assert int(self.headers["Upload-Offset"]) == self.site.offset
        self.site.offsets.append(self.site.offset)
        end = min(length, self.site.cuts.pop(0)) if self.site.cuts else length
        for start in range(0, end, 64 * KB):
            block = self.rfile.read(min(64 * KB, end - start))
            self.site.digest.update(block)
            self.site.offset += len(block)
        if end < length:
            self.close_connection = True
            self.connection.close()
            return
        self.state(204)

    def state(self, status: int, **headers: str) -> None:
        said = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(self.site.offset), **headers}
        self.say(status, said, None)

    def say(self, status: int, headers: dict[str, str], plain: Any) -> None:
        content = b"" if plain is None else json.dumps(plain).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: Any) -> None:
        """A dropped connection is meant."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(sending, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(sending, "LONGEST_WAIT", 0.004)
    monkeypatch.setattr(sending, "IN_PIECES_FROM", 300 * KB)
    monkeypatch.setattr(sending, "FIRST_PIECE", 100 * KB)
    monkeypatch.setattr(sending, "SMALLEST_PIECE", 100 * KB)
    monkeypatch.setattr(sending, "LARGEST_PIECE", 100 * KB)
    found = Site()
    handler = type("SitesHandler", (Handler,), {"site": found})
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        found.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture
def client(site: Site) -> Iterator[Client]:
    with Client(site.url, "upshot_x") as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Käufer.csv"
    path.write_bytes(os.urandom(1000 * KB + 7))
    return path


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_pieces_arrive_whole_and_are_named_in_the_form(
    site: Site, client: Client, file: Path
) -> None:
    heard: list[Sent] = []
    assert client.score("b", file, on_progress=heard.append).id == "p"
    assert site.digest.hexdigest() == sha256_of(file)
    assert site.offsets == [at * 100 * KB for at in range(11)]
    assert site.metadata == {"filename": "Käufer.csv", "sha256": sha256_of(file)}
    assert site.forms == [f"bundle=b&sha256={sha256_of(file)}&upload=u"]
    assert [sent.bytes for sent in heard] == [*site.offsets, 1000 * KB + 7]
    assert {(sent.total, sent.waiting) for sent in heard} == {(1000 * KB + 7, 0)}


def test_after_each_cut_it_asks_how_far_the_file_is(site: Site, client: Client, file: Path) -> None:
    site.cuts = [70 * KB, 0, 0, 99 * KB, 100 * KB, 1]
    heard: list[Sent] = []
    client.score("b", file, on_progress=heard.append)
    assert site.digest.hexdigest() == sha256_of(file)
    assert site.offset == site.size
    assert site.asked.count("HEAD /uploads/u") == 5
    assert site.asked.count("POST /uploads") == 1
    # Each cut in a row is waited for twice as long; what arrived before the fourth is not known
    # until the site is asked, and then counting begins anew.
    waits = [sent.waiting for sent in heard if sent.waiting]
    assert waits == [0.001, 0.001, 0.002, 0.004, 0.001]


def test_a_later_program_goes_on_where_the_first_one_ended(
    site: Site, client: Client, file: Path
) -> None:
    site.offset = 400 * KB
    site.digest.update(file.read_bytes()[: 400 * KB])
    client.score("b", file)
    assert site.offsets[0] == 400 * KB
    assert site.digest.hexdigest() == sha256_of(file)


@pytest.mark.parametrize("status", [409, 429, 460, 500, 502, 503])
def test_what_passes_is_tried_again(site: Site, client: Client, file: Path, status: int) -> None:
    site.refusals = [("POST", status, {"Retry-After": "0"}, {}), ("PATCH", status, {}, {})]
    client.score("b", file)
    assert site.digest.hexdigest() == sha256_of(file)


@pytest.mark.parametrize("status", [400, 401, 403, 413, 507])
def test_what_does_not_pass_is_told_at_once(
    site: Site, client: Client, file: Path, status: int
) -> None:
    site.refusals = [("PATCH", status, {}, {"title": "There is no room."})]
    with pytest.raises(ApiError, match="no room") as caught:
        client.score("b", file)
    assert caught.value.status == status
    assert len(site.asked) == 2


@pytest.mark.parametrize("status", [404, 410])
def test_an_upload_that_is_gone_is_begun_anew(
    site: Site, client: Client, file: Path, status: int
) -> None:
    site.refusals = [("PATCH", status, {}, {})]
    client.score("b", file)
    assert site.asked.count("POST /uploads") == 2
    assert site.digest.hexdigest() == sha256_of(file)


def test_in_the_end_it_gives_up(
    site: Site, client: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_TRIES", 5)
    site.cuts = [0] * 100
    heard: list[Sent] = []
    with pytest.raises(ApiError) as caught:
        client.score("b", file, on_progress=heard.append)
    assert caught.value.status == 0
    assert [sent.waiting for sent in heard if sent.waiting] == [0.001, 0.002, 0.004, 0.004, 0.004]


def test_a_site_that_forgets_is_not_sent_the_same_bytes_for_ever(
    site: Site, client: Client, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_TRIES", 5)

    def forget(sent: Sent) -> None:
        if sent.bytes and not sent.waiting:
            site.offset = 0
            site.refusals = [("PATCH", 404, {}, {})]

    with pytest.raises(ApiError):
        client.score("b", file, on_progress=forget)
    assert len(site.offsets) < 10


def test_a_program_that_was_beaten_to_the_upload_sends_its_own(
    site: Site, client: Client, file: Path
) -> None:
    used = {"code": "invalid", "errors": [{"field": "upload", "message": "Used already."}]}
    refusals = [("POST", 422, {}, used)]

    def refuse_once(sent: Sent) -> None:
        if sent.bytes == sent.total and refusals:
            site.refusals = [refusals.pop()]

    client.score("b", file, on_progress=refuse_once)
    assert site.asked.count("POST /predictions") == 2


def test_another_server_in_between_is_told(site: Site, client: Client, file: Path) -> None:
    site.refusals = [("POST", 200, {}, "Please log in to the hotel's network")]
    with pytest.raises(ApiError, match="other than Upshot"):
        client.score("b", file)


def test_a_file_that_changes_meanwhile_is_told(site: Site, client: Client, file: Path) -> None:
    def write(sent: Sent) -> None:
        if sent.bytes:
            file.write_bytes(b"other")

    with pytest.raises(InputError, match="changed while it was sent"):
        client.score("b", file, on_progress=write)
    assert site.forms == []


def test_a_small_file_goes_with_its_form(site: Site, client: Client, tmp_path: Path) -> None:
    small = tmp_path / "few.csv"
    small.write_bytes(b"a,b\n1,2\n")
    heard: list[Sent] = []
    client.score("b", small, on_progress=heard.append)
    assert site.asked == ["POST /predictions"]
    assert "a,b\n1,2\n" in site.forms[0]
    assert heard == [Sent(8, 8)]


def test_a_large_file_is_never_whole_in_memory(
    site: Site, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LARGEST_PIECE", 32 << 20)
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(64 << 20)
    tracemalloc.start()
    try:
        client.score("b", large)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert site.offset == 64 << 20
    assert peak < 8 << 20
