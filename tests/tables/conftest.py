"""Helpers for the tests of reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from upshot.tables import read
from upshot.tables.table import Table

ReadText = Callable[..., Table]


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    """Write a text to a file and read it as a table."""

    def write_and_read(
        text: str | bytes, *, name: str = "file.csv", encoding: str = "utf-8"
    ) -> Table:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return read(path)

    return write_and_read
