"""`upshot serve`, as a person starts and stops it."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

# A machine that proxies everything would otherwise answer for 127.0.0.1.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UPSHOT_") and name != "DJANGO_SETTINGS_MODULE"
    }


class Site:
    """A running `upshot serve`."""

    def __init__(self, data: Path, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "upshot", "serve", "--port", str(port)]
        self.process = subprocess.Popen(
            [*command, "--data", str(data)],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def get(self, path: str) -> Any:
        end = time.monotonic() + 20
        while True:
            try:
                return _direct.open(self.address + path, timeout=10)
            except urllib.error.HTTPError:
                raise
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        self.process.send_signal(sign)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    sites: list[Site] = []

    def begin(port: int | None = None) -> Site:
        sites.append(Site(tmp_path / "data", port or free_port()))
        return sites[-1]

    yield begin
    for site in sites:
        if site.process.poll() is None:
            site.process.kill()
            site.process.communicate()


def test_from_nothing_to_the_set_up_link_and_back(start: Any, tmp_path: Path) -> None:
    site = start()
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


def test_second_start_is_quick_and_silent_about_set_up(start: Any, tmp_path: Path) -> None:
    first = start()
    first.get("/healthz").close()
    first.stop()
    with sqlite3.connect(tmp_path / "data" / "upshot.sqlite3") as database:
        database.execute(
            "INSERT INTO accounts_user (email, name, password, is_active, created_at)"
            " VALUES ('anna@example.com', '', '!', 1, '2026-01-01')"
        )
    database.close()
    started = time.monotonic()
    second = start()
    second.get("/login/").close()
    # The promise is 5 s on a machine of one's own; tests share theirs.
    assert time.monotonic() - started < 10
    code, out, _err = second.stop(signal.SIGINT)
    assert code == 0
    assert "token=" not in out


@pytest.mark.slow
def test_a_worker_that_ends_is_replaced(start: Any) -> None:
    site = start()
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
def test_workers_end_with_a_site_that_was_killed(start: Any) -> None:
    if sys.platform != "linux":
        pytest.skip("Linux only")
    site = start()
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
