"""A worker: takes jobs out of the queue, one after the other, until it is told to stop."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import threading
import time
from types import FrameType

from django.db import Error as DatabaseError
from django.db import connection

from upshot.web.jobs import queue, workers
from upshot.web.jobs.registry import sweepers
from upshot.web.jobs.supervise import Supervision

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.4
SWEEP_SECONDS = 3.0
TROUBLE_SECONDS = 2.0


class Worker:
    """Runs jobs one at a time; several workers run several.

    Parameters
    ----------
    name : str, optional
        Shown to the owner beside the jobs it runs.
    """

    def __init__(self, name: str | None = None) -> None:
        self.name = name or f"{socket.gethostname()}:{os.getpid()}"
        self._stop = threading.Event()
        self._swept = float("-inf")

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Finish soon: the present job goes back to the queue."""
        self._stop.set()

    def stop_on_signals(self) -> None:
        """Let Ctrl-C and SIGTERM stop this worker."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self.stop)

    def run(self) -> None:
        """Work until stopped. Trouble with the database is waited out."""
        self.stop_on_signals()
        while not self._stop.is_set():
            try:
                if not self.step():
                    self._stop.wait(POLL_SECONDS)
            except DatabaseError:
                logger.exception("worker %s cannot use the database; it will try again", self.name)
                connection.close()
                self._stop.wait(TROUBLE_SECONDS)
        with contextlib.suppress(DatabaseError):
            workers.sign_off(self.name)

    def step(self) -> bool:
        """Run one job, if one waits; returns whether there was one."""
        if time.monotonic() - self._swept >= SWEEP_SECONDS:
            self._swept = time.monotonic()
            workers.sign(self.name)
            queue.requeue_expired()
            for sweep in sweepers():
                sweep()
        job = queue.claim(self.name)
        if job is None:
            return False
        Supervision(job, self._stop.is_set).watch()
        return True
