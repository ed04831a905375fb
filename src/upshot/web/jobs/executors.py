"""Where a claimed job runs: one child process of the worker now, a cluster later.

An executor only starts, watches and ends. What counts stays in the database: whoever runs the job
proves with its token that it is still its own, so an executor that fails can lose nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import Protocol

from django.db import connection

from upshot.web.config.database import to_setting
from upshot.web.jobs.limits import memory_of
from upshot.web.jobs.models import Job


class Running(Protocol):
    """One job that was started.

    It runs ``upshot.web.jobs.run.run`` for the job, and must end when its worker is gone.
    """

    def wait(self, seconds: float) -> int | None:
        """Stay until it has ended, so long at most.

        Returns
        -------
        int or None
            None while it runs; then its exit code, or minus the signal that ended it.
        """

    def memory(self) -> int:
        """Bytes it holds with everything it started; 0 when that cannot be known."""

    def end(self) -> None:
        """End it with everything it started, and return when it is gone; harmless afterwards."""


class Executor(Protocol):
    """Starts jobs."""

    def start(self, job: Job) -> Running:
        """Start a claimed job; its token is the one that may write results."""


class ChildProcesses:
    """On this machine: a child process for each job, in a process group of its own."""

    def start(self, job: Job) -> Running:
        """As in `Executor`."""
        environment = {**os.environ, "UPSHOT_DATABASE": to_setting(connection.settings_dict)}
        command = [sys.executable, "-m", "upshot.web.jobs.child"]
        process = subprocess.Popen(  # noqa: S603
            [*command, str(job.uuid), str(job.token), str(os.getpid())],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        return _ChildProcess(process)


class _ChildProcess:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def wait(self, seconds: float) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        return None

    def memory(self) -> int:
        return memory_of(self._process.pid)

    def end(self) -> None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
