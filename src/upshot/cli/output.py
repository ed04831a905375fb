"""What the commands print: JSON on stdout, progress and remarks on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click

from upshot.errors import Note
from upshot.jsonable import dumps


def print_json(facts: Any) -> None:
    """Print exactly one JSON object on stdout."""
    click.echo(dumps(facts, indent=2))


def print_notes(notes: Iterable[Note]) -> None:
    """Print remarks on stderr, warnings marked as such."""
    for note in notes:
        mark = "Note" if note.level == "info" else "Warning"
        click.echo(f"{mark}: {note.message} {note.remedy}".rstrip(), err=True)


class ProgressLine:
    """One line on stderr that is rewritten on a terminal, and printed sparingly elsewhere."""

    def __init__(self, *, every: float = 5.0) -> None:
        self._rewrites = sys.stderr.isatty()
        self._every = every
        self._last = -every
        self._width = 0

    def show(self, text: str, elapsed: float, *, always: bool = False) -> None:
        """Show `text`; off a terminal only every few seconds unless `always`."""
        if self._rewrites:
            padded = text[:200].ljust(self._width)
            self._width = len(text[:200])
            click.echo(f"\r{padded}", err=True, nl=False)
        elif always or elapsed - self._last >= self._every:
            self._last = elapsed
            click.echo(text, err=True)

    def close(self) -> None:
        """Leave the cursor on a fresh line."""
        if self._rewrites and self._width:
            click.echo("", err=True)
            self._width = 0
