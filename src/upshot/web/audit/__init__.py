"""Who did what, when and from where: a log that is only ever added to.

Every state-changing page is recorded by `upshot.web.audit.middleware`. Work that no page does, and
steps that deserve their own words, say so themselves::

    from upshot.web import audit

    audit.record(request, "accounts:role", membership, detail="viewer → editor")
"""

from __future__ import annotations

from typing import Any


def record(request: Any, action: str, thing: Any = None, *, detail: str = "") -> None:
    """Write one entry for the person who asks; `request` may be None for the machine's own work.

    Parameters
    ----------
    request : HttpRequest or None
        Who asks, and from where.
    action : str
        A key of `upshot.web.audit.actions.ACTIONS`.
    thing : Model, optional
        What it was done to; its workspace is the entry's.
    detail : str, optional
        Words of our own, such as the new role. Never anything from a file or a form.
    """
    # An app's package is imported before its models can be.
    from upshot.web.audit.log import record as write

    write(request, action, thing, detail=detail)


def nothing_done(request: Any) -> None:
    """The page changed nothing after all, though it answers as if it had."""
    request.is_on_record = True
