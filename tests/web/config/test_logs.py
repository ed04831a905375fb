"""Logs tell where it broke and never what was in the file."""

from __future__ import annotations

import json
import logging

from upshot.web.config.logs import JsonLines


def line_for(error: BaseException) -> dict:
    record = logging.LogRecord("x", logging.ERROR, "f.py", 1, "job %s failed", ("7",), None)
    record.exc_info = (type(error), error, error.__traceback__)
    return json.loads(JsonLines().format(record))


def test_an_exception_is_told_without_its_message() -> None:
    try:
        try:
            float("anna@example.com")
        except ValueError as inner:
            raise RuntimeError("row anna@example.com") from inner
    except RuntimeError as error:
        line = line_for(error)
    assert line["event"] == "job 7 failed"
    kinds = [part["type"] for part in line["exception"]]
    assert kinds == ["builtins.RuntimeError", "builtins.ValueError"]
    assert "test_logs.py" in line["exception"][0]["at"][0]
    assert "anna" not in json.dumps(line)
