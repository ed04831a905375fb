"""A running `upshot serve` for the tests that need the real thing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psutil

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

    def __init__(self, data: Path, port: int, **extra: str) -> None:
        self.data = data
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "upshot", "serve", "--port", str(port)]
        self.process = subprocess.Popen(
            [*command, "--data", str(data)],
            env={**environment(), **extra},
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
