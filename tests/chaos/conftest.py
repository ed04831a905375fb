"""What the rehearsals of trouble share: workers of their own, and waiting for something."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from upshot.web.config.database import to_setting

Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[Start]:
    """Start workers as the site does; all of them are gone afterwards."""
    started = []

    def start() -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "UPSHOT_DATABASE": to_setting(connection.settings_dict),
            "UPSHOT_JOB_ATTEMPTS": "1000",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "upshot.web.jobs", str(os.getpid())], env=environment
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def until() -> Callable[..., Any]:
    """Wait until something holds, and return it; fails after some seconds."""

    def wait(holds: Callable[[], Any], seconds: float = 60.0) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := holds():
                return found
            time.sleep(0.02)
        raise AssertionError("it did not happen in time")

    return wait
