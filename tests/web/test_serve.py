"""`upshot serve`, as a person starts and stops it."""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import pytest

from running_site import environment, free_port

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


def test_from_nothing_to_the_set_up_link_and_back(start_site: Any, tmp_path: Path) -> None:
    site = start_site()
    with site.get("/") as response:
        assert response.url == f"{site.address}/setup/"
    workers = site.children()
    assert len(workers) == 1
    started = time.monotonic()
    code, out, _err = site.stop()
    assert time.monotonic() - started < 10
    assert code == 0
    assert f"Upshot is ready on {site.address}" in out
    assert re.search(rf"{site.address}/setup/\?token=\S{{20,}}", out)
    assert not [worker for worker in workers if worker.is_running()]
    assert (tmp_path / "data" / "upshot.sqlite3").exists()


def test_a_second_start_is_silent_about_set_up(start_site: Any, tmp_path: Path) -> None:
    first = start_site()
    first.get("/healthz").close()
    first.stop()
    with sqlite3.connect(tmp_path / "data" / "upshot.sqlite3") as database:
        database.execute(
            "INSERT INTO accounts_user (email, name, password, is_active, created_at)"
            " VALUES ('anna@example.com', '', '!', 1, '2026-01-01')"
        )
    database.close()
    second = start_site()
    second.get("/login/").close()
    code, out, _err = second.stop(signal.SIGINT)
    assert code == 0
    assert "token=" not in out


@pytest.mark.slow
def test_a_worker_that_ends_is_replaced(start_site: Any) -> None:
    site = start_site()
    site.get("/healthz").close()
    (worker,) = site.children()
    worker.kill()
    end = time.monotonic() + 15
    while time.monotonic() < end:
        others = [child for child in site.children() if child.pid != worker.pid]
        if others:
            break
        time.sleep(0.1)
    assert others
    site.stop()


@pytest.mark.slow
def test_workers_end_with_a_site_that_was_killed(start_site: Any) -> None:
    if sys.platform != "linux":
        pytest.skip("Linux only")
    site = start_site()
    site.get("/healthz").close()
    (worker,) = site.children()
    site.process.kill()
    site.process.communicate()
    psutil.wait_procs([worker], timeout=10)
    assert not worker.is_running()


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "upshot", "serve", "--port", str(port)]
        done = subprocess.run(
            [*command, "--data", str(tmp_path / "data")],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode == 2
    assert f"Port {port} is already taken" in done.stderr
    assert f"--port {port + 1}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_bad_setting_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "upshot", "serve", "--port", str(free_port())]
    done = subprocess.run(
        [*command, "--data", str(tmp_path / "data")],
        env={**environment(), "UPSHOT_HTTPS": "perhaps"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "UPSHOT_HTTPS must be 1 or 0" in done.stderr


def test_a_worker_beside_nothing_says_what_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db.migrations.executor import MigrationExecutor

    from upshot.errors import InputError
    from upshot.web import serve

    class Behind(MigrationExecutor):
        def __init__(self, *args: object) -> None:
            self.loader = type("Loader", (), {"graph": type("G", (), {"leaf_nodes": list})})

        def migration_plan(self, *args: object, **kwargs: object) -> list[str]:
            return ["0001_initial"]

    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor", Behind)
    monkeypatch.setattr(serve, "WAIT_SECONDS", 0.0)
    monkeypatch.setattr(serve, "RESTART_SECONDS", 0.0)
    with pytest.raises(InputError, match="holds no website") as caught:
        serve._wait_for_site(tmp_path)
    assert "upshot serve" in caught.value.remedy


@pytest.mark.slow
def test_one_more_worker_works_beside_the_site(start_site: Any) -> None:
    site = start_site()
    site.get("/healthz").close()
    worker = subprocess.Popen(
        [sys.executable, "-m", "upshot", "worker", "--data", str(site.data)],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert "Worker ready" in worker.stdout.readline()
        worker.terminate()
        assert worker.wait(10) == 0
    finally:
        worker.kill()
        worker.communicate()


@pytest.mark.slow
def test_a_big_upload_does_not_fill_the_memory(start_site: Any) -> None:
    """400 MB go through; the site's process grows by a small part of that."""
    site = start_site()
    site.get("/healthz").close()
    token = (site.data / "setup-token").read_text(encoding="ascii")
    visitor = Visitor(site.address)
    owner = {"email": "anna@example.com", "workspace": "Shop", "password": "a long sentence here"}
    visitor.post(f"/setup/?token={token}", {**owner, "token": token})
    process = psutil.Process(site.process.pid)
    before, peak = process.memory_info().rss, 0
    done = threading.Event()

    def weigh() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, process.memory_info().rss)

    scale = threading.Thread(target=weigh)
    scale.start()
    try:
        answer = visitor.upload("/data/new/", "/data/", 400)
    finally:
        done.set()
        scale.join()
    assert answer == 200
    assert peak - before < 60 * 1024**2


class Visitor:
    """A browser without a screen: cookies, forms, and uploads that are made up as they are sent."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def proof(self, path: str) -> str:
        with self.opener.open(self.address + path) as response:
            page = response.read().decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found
        return found[1]

    def post(self, path: str, fields: dict[str, str]) -> None:
        fields = {**fields, "csrfmiddlewaretoken": self.proof(path)}
        body = urllib.parse.urlencode(fields).encode()
        self.opener.open(self.address + path, body).close()

    def upload(self, path: str, form: str, megabytes: int) -> int:
        edge = "-----upshot"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f"{self.proof(form)}\r\n--{edge}\r\n"
            'Content-Disposition: form-data; name="file"; filename="big.csv"\r\n'
            "Content-Type: text/csv\r\n\r\na,b\n"
        ).encode()
        tail = f"\r\n--{edge}--\r\n".encode()
        block = b"1,2\n" * (1024**2 // 4)

        def body() -> Iterator[bytes]:
            yield head
            for _ in range(megabytes):
                yield block
            yield tail

        request = urllib.request.Request(
            self.address + path,
            body(),
            {
                "Content-Type": f"multipart/form-data; boundary={edge}",
                "Content-Length": str(len(head) + len(block) * megabytes + len(tail)),
            },
        )
        with self.opener.open(request, timeout=120) as response:
            status: int = response.status
            return status


def test_more_browsers_than_a_hundred_are_answered(start_site: Any) -> None:
    """Each keeps its connection; waitress by itself lets nobody in after the hundredth."""
    site = start_site()
    site.get("/healthz").close()
    host, port = site.address.removeprefix("http://").split(":")
    with ExitStack() as held:
        for _browser in range(130):
            browser = http.client.HTTPConnection(host, int(port), timeout=10)
            held.callback(browser.close)
            browser.request("GET", "/healthz")
            answer = browser.getresponse()
            answer.read()
            assert answer.status == 200
