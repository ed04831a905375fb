"""What a running website does by itself every day, such as deleting data past its time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)

LOOK_SECONDS = 15 * 60.0
"""How often to look whether a day has passed; a site that is started late in the day still does."""


@contextmanager
def daily_rounds() -> Iterator[None]:
    """Put the daily round in the queue while the site runs; a worker does it."""
    stop = threading.Event()
    thread = threading.Thread(target=_look, args=(stop,), name="rounds", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _look(stop: threading.Event) -> None:
    from django.db import DatabaseError, connection

    from upshot.web.keeping.retention import begin_round

    while True:
        try:
            begin_round()
        except DatabaseError:
            logger.exception("the daily round could not be queued; it will be tried again")
        finally:
            connection.close()
        if stop.wait(LOOK_SECONDS):
            return
