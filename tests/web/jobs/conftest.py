from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest


@pytest.fixture
def until() -> Callable[[Callable[[], Any]], Any]:
    """Wait until something holds, and return it; fails after some seconds."""

    def wait(holds: Callable[[], Any], seconds: float = 20.0) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = holds()
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError("it did not happen in time")

    return wait


@pytest.fixture
def in_background() -> Iterator[Callable[[Callable[[], Any]], threading.Thread]]:
    """Run something in a thread with a database connection of its own; joined at the end."""
    from django.db import connections

    threads = []

    def start(work: Callable[[], Any]) -> threading.Thread:
        def body() -> None:
            try:
                work()
            finally:
                connections.close_all()

        thread = threading.Thread(target=body)
        thread.start()
        threads.append(thread)
        return thread

    yield start
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
