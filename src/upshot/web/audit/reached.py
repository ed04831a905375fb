"""Which objects a request has reached: noted where access is granted, read where it is recorded."""

from __future__ import annotations

import uuid
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from upshot.web.audit.log import workspace_of


@dataclass(frozen=True)
class Reached:
    """An object somebody was let through to, as it was then; it may be deleted by now."""

    kind: str
    object_id: str
    workspace: uuid.UUID | None


_reached: ContextVar[tuple[Reached, ...]] = ContextVar("reached", default=())


def note(thing: Any) -> None:
    """Remember that access to an object was granted."""
    home = workspace_of(thing)
    kind, object_id = thing._meta.model_name, str(getattr(thing, "uuid", thing.pk))
    found = Reached(kind, object_id, getattr(home, "uuid", None))
    _reached.set((*_reached.get(), found))


def forget() -> None:
    """A new request begins."""
    _reached.set(())


def all_reached() -> tuple[Reached, ...]:
    """What this request has reached so far, in order."""
    return _reached.get()
