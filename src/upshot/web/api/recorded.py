"""What a program did stands in the log beside what people do, with the token it did it with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from upshot.web.audit.log import write


def record(request: HttpRequest, action: str, thing: Any) -> None:
    """One entry for the person behind the token.

    Parameters
    ----------
    request : HttpRequest
        A request that passed the gate.
    action : str
        As people's pages call it, such as ``"datasets:upload"``.
    thing : Model
        What it was done to.
    """
    caller = request.auth  # type: ignore[attr-defined]
    write(
        action,
        actor=caller.user.pk,
        workspace=caller.workspace.uuid,
        thing=(thing._meta.model_name, str(thing.uuid)),
        address=request.META.get("REMOTE_ADDR", ""),
        detail=f"API {caller.token.prefix}",
    )
