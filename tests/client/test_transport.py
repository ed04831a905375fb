"""The client tries again where that is safe, and says what went wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from upshot.client import ApiError, Client, NotDone
from upshot.errors import InputError

RUN = {
    "id": "r",
    "dataset": "d",
    "title": "Who?",
    "state": "queued",
    "stopping": False,
    "message": "",
    "effort": "quick",
    "choice": {},
    "verdict": "",
    "bundle": None,
    "created_at": "2026-01-01T00:00:00Z",
    "finished_at": None,
    "from a later release": 1,
}


class Script:
    """A server that answers as written: a list of (status, headers, body)."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], Any]] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.url = ""


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    monkeypatch.setattr("upshot.client.transport.FIRST_WAIT", 0.001)
    monkeypatch.setattr("upshot.client.client.POLL_SECONDS", 0.001)
    found = Script()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found.asked.append((self.command, self.path, dict(self.headers.items()), body))
            status, headers, plain = found.answers.pop(0)
            content = b"" if plain is None else json.dumps(plain).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = answer  # noqa: N815

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        found.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture
def client(script: Script) -> Iterator[Client]:
    with Client(script.url, "upshot_x") as found:
        yield found


def test_it_waits_when_told_to_and_keeps_its_key(script: Script, client: Client) -> None:
    script.answers = [(429, {"Retry-After": "0"}, {}), (503, {}, {}), (202, {}, RUN)]
    assert client.start_run("d", "bought", effort="quick").id == "r"
    keys = [headers["Idempotency-Key"] for _, _, headers, _ in script.asked]
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert json.loads(script.asked[0][3]) == {
        "dataset": "d",
        "target": "bought",
        "effort": "quick",
    }


def test_it_gives_up_with_the_problem_of_the_site(script: Script, client: Client) -> None:
    problem = {
        "title": "Something does not fit.",
        "detail": "See errors.",
        "code": "invalid",
        "errors": [{"field": "body.target", "message": "No such column."}],
    }
    script.answers = [(422, {}, problem)]
    with pytest.raises(ApiError, match=r"body\.target: No such column\. See errors\.") as caught:
        client.start_run("d", "gone")
    assert (caught.value.status, caught.value.code) == (422, "invalid")
    assert caught.value.errors == (("body.target", "No such column."),)
    script.answers = [(503, {}, None)] * 4
    with pytest.raises(ApiError, match="503"):
        client.run("r")


def test_an_unreachable_site_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upshot.client.transport.FIRST_WAIT", 0.001)
    with Client("http://127.0.0.1:1", "upshot_x") as client, pytest.raises(ApiError) as caught:
        client.run("r")
    assert caught.value.status == 0


def test_waiting_costs_no_bodies_and_ends_with_the_reason(script: Script, client: Client) -> None:
    def progress(state: str, **more: Any) -> dict[str, Any]:
        plain = {"state": state, "stage": "", "percent": 0, "remaining_seconds": None}
        return {**plain, "tried": 0, "first_answer": "", "message": "", **more}

    script.answers = [
        (200, {"ETag": '"a"'}, progress("running")),
        (304, {"ETag": '"a"'}, None),
        (200, {"ETag": '"b"'}, progress("failed", message="Too few rows.")),
    ]
    heard: list[str] = []
    with pytest.raises(NotDone, match="Too few rows"):
        client.wait_for_run("r", on_progress=lambda found: heard.append(found.state))
    assert heard == ["running", "failed"]
    assert script.asked[1][2]["If-None-Match"] == '"a"'
    script.answers = [(200, {"ETag": '"a"'}, progress("running"))] * 1000
    with pytest.raises(NotDone, match="longer than"):
        client.wait_for_run("r", timeout=0.01)


def test_lists_are_read_to_their_end(script: Script, client: Client) -> None:
    script.answers = [
        (200, {}, {"items": [RUN], "next": "c"}),
        (200, {}, {"items": [RUN], "next": None}),
    ]
    assert len(list(client.runs())) == 2
    assert script.asked[1][1] == "/api/v1/runs?cursor=c"


def test_a_download_appears_whole_or_not_at_all(
    script: Script, client: Client, tmp_path: Path
) -> None:
    script.answers = [(404, {}, {"title": "There is nothing."})]
    with pytest.raises(ApiError, match="nothing"):
        client.report("r", tmp_path / "report.html")
    assert not list(tmp_path.iterdir())
    script.answers = [(200, {}, "page")]
    assert client.report("r", tmp_path / "report.html").read_text() == '"page"'


@pytest.mark.parametrize("url", ["", "upshot.example.com", "ftp://x", "file:///etc/passwd"])
def test_an_address_that_is_none_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPSHOT_URL", raising=False)
    with pytest.raises(InputError):
        Client(url, "upshot_x")


def test_the_environment_says_where_and_with_what(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPSHOT_URL", script.url)
    monkeypatch.setenv("UPSHOT_TOKEN", "upshot_y")
    script.answers = [(200, {}, RUN)]
    with Client() as client:
        client.run("r")
    assert script.asked[0][2]["Authorization"] == "Bearer upshot_y"
