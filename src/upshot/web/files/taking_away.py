"""Removing a file together with the facts that were worked out from it."""

from __future__ import annotations

from pathlib import Path


def take_away(path: Path) -> None:
    """Remove a file and whatever `beside` keeps next to it; harmless when it is not there."""
    path.unlink(missing_ok=True)
    for facts in path.parent.glob(f"{path.name}.*.json"):
        facts.unlink(missing_ok=True)
