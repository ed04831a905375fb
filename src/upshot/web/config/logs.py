"""Logging: one JSON object a line on standard error, and never anything from a customer's file."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

# Where it broke is at the end of a trace; what led there is our own stack of middleware.
MOST_FRAMES = 8
MOST_CAUSES = 3


class JsonLines(logging.Formatter):
    """Render a record as one JSON object.

    An exception is told by its type and the places it passed, not by its message: messages of
    readers and parsers quote the cells they choked on.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = [_describe(error) for error in _chain(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False)


def _chain(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain and len(chain) < MOST_CAUSES:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


def _describe(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def logging_settings(level: str) -> dict[str, Any]:
    """The ``LOGGING`` setting: everything to standard error, once."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "upshot.web.config.logs.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Anybody can send a foreign Host; a log entry each would let them fill the disk.
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},
            # Says "one request waits" at every little burst.
            "waitress.queue": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
        },
    }
