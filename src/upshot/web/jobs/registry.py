"""From a job's name to the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from upshot.web.jobs.context import JobContext

Handler = Callable[[dict[str, Any], "JobContext"], None]


def handler_for(name: str) -> Handler:
    """Import the handler registered for `name` (``config/jobs.py``)."""
    return import_string(settings.JOB_HANDLERS[name])


def sweepers() -> list[Callable[[], None]]:
    """What a worker looks after between jobs (``config/jobs.py``)."""
    return [import_string(path) for path in settings.JOB_SWEEPERS]
