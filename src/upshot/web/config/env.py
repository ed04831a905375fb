"""Typed readers of the environment: every setting is read here, and a bad value fails loudly."""

from __future__ import annotations

import os
from pathlib import Path

PREFIX = "UPSHOT_"

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


class BadSetting(ValueError):
    """An environment variable holds something that cannot be used."""


def text(name: str, default: str) -> str:
    """Read a text setting."""
    return os.environ.get(PREFIX + name, default)


def flag(name: str, *, default: bool) -> bool:
    """Read a yes/no setting."""
    raw = os.environ.get(PREFIX + name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise BadSetting(f"{PREFIX}{name} must be 1 or 0. Got {raw!r} instead.")


def whole_number(name: str, default: int, *, least: int = 0) -> int:
    """Read a whole number not below `least`."""
    raw = os.environ.get(PREFIX + name)
    if raw is None:
        return default
    try:
        number = int(raw)
    except ValueError:
        raise BadSetting(f"{PREFIX}{name} must be a whole number. Got {raw!r} instead.") from None
    if number < least:
        raise BadSetting(f"{PREFIX}{name} must be at least {least}. Got {number} instead.")
    return number


def path(name: str, default: str | Path) -> Path:
    """Read a path; it comes back absolute."""
    return Path(os.environ.get(PREFIX + name) or default).expanduser().resolve()


def words(name: str) -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in os.environ.get(PREFIX + name, "").split(",") if word.strip()]
