"""Small handlers for rehearsing trouble; only the test settings register them."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from upshot.errors import Cancelled, FileProblem
from upshot.web.jobs.context import JobContext
from upshot.web.jobs.models import Job


def echo(arguments: dict[str, Any], context: JobContext) -> None:
    """Show the arguments as progress and succeed."""
    context.progress(arguments, force=True)


def fail(arguments: dict[str, Any], context: JobContext) -> None:
    """Break with a message that quotes a customer's cell."""
    raise ValueError("could not convert anna@example.com to a number")


def refuse(arguments: dict[str, Any], context: JobContext) -> None:
    """Find fault with the input."""
    raise FileProblem("The file is empty.", "Export it again.")


def wait(arguments: dict[str, Any], context: JobContext) -> None:
    """Work for some seconds, politely: stop and cancel are heard."""
    until = time.monotonic() + arguments["seconds"]
    while time.monotonic() < until:
        if context.is_cancelled():
            raise Cancelled("The work was cancelled.")
        if context.is_stopped():
            break
        context.progress({"pid": os.getpid(), "attempt": context.attempt})
        time.sleep(0.05)


def ignore(arguments: dict[str, Any], context: JobContext) -> None:
    """Work for some seconds and hear nothing."""
    context.progress({"pid": os.getpid()}, force=True)
    time.sleep(arguments["seconds"])


def gobble(arguments: dict[str, Any], context: JobContext) -> None:
    """Take more and more memory."""
    taken = []
    while True:
        taken.append(bytearray(4 * 1024**2))
        time.sleep(0.01)


def die(arguments: dict[str, Any], context: JobContext) -> None:
    """End by a signal."""
    os.kill(os.getpid(), signal.Signals(arguments["signal"]))
    time.sleep(60)


def tally(arguments: dict[str, Any], context: JobContext) -> None:
    """Work a little, then add one to this job's count in another job's progress."""
    time.sleep(arguments["seconds"])
    with context.commit(finish=True):
        ledger = Job.objects.select_for_update().get(uuid=arguments["ledger"])
        name = str(context.job_id)
        ledger.progress[name] = ledger.progress.get(name, 0) + 1
        ledger.save(update_fields=["progress"])
