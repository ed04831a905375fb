"""Adding to the log, and letting old entries go without breaking its chain."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from upshot.web.audit.actions import ACTIONS
from upshot.web.audit.chain import digest_of
from upshot.web.audit.models import Chain, Entry

_UP = ("workspace", "dataset", "bundle", "prediction", "newer")
"""Where an object's workspace is found, nearest first."""


def record(request: Any, action: str, thing: Any = None, *, detail: str = "") -> Entry:
    """Write one entry; see `upshot.web.audit.record`."""
    user = getattr(request, "user", None)
    signed_in = user is not None and getattr(user, "is_authenticated", False)
    home = workspace_of(thing) if thing is not None else None
    entry = write(
        action,
        actor=user.pk if signed_in else None,
        workspace=getattr(home, "uuid", None),
        thing=_named(thing),
        address=request.META.get("REMOTE_ADDR", "") if request is not None else "",
        detail=detail,
    )
    if request is not None:
        request.is_on_record = True
    return entry


def write(
    action: str,
    *,
    actor: int | None = None,
    workspace: uuid.UUID | None = None,
    thing: tuple[str, str] = ("", ""),
    address: str = "",
    detail: str = "",
) -> Entry:
    """Append an entry to the chain, in the transaction that is under way."""
    if action not in ACTIONS:
        raise ValueError(f"{action!r} is not in upshot.web.audit.actions.")
    with transaction.atomic():
        chain = _locked_chain()
        values: dict[str, Any] = {
            "number": chain.length + 1,
            "at": timezone.now(),
            "actor": actor,
            "workspace": workspace,
            "action": action,
            "kind": thing[0][:40],
            "object_id": thing[1][:36],
            "address": address[:45],
            "detail": detail[:100],
        }
        digest = digest_of(values, chain.head)
        entry = Entry.objects.create(**values, previous=chain.head, digest=digest)
        chain.length, chain.head = entry.number, digest
        chain.save(update_fields=["length", "head"])
    return entry


def trim(days: int) -> int:
    """Let entries older than `days` go; returns how many. The rest can still be verified."""
    oldest = timezone.now() - timedelta(days=days)
    with transaction.atomic():
        chain = _locked_chain()
        # Only from the beginning: a chain with a hole could not be told from a forged one.
        first_kept = Entry.objects.filter(at__gte=oldest).order_by("number").first()
        end = first_kept.number if first_kept else chain.length + 1
        last = Entry.objects.filter(number__lt=end).order_by("-number").first()
        if last is None:
            return 0
        count = last.number - chain.kept_after
        chain.kept_after, chain.kept_digest = last.number, last.digest
        chain.save(update_fields=["kept_after", "kept_digest"])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_entry WHERE number <= %s", [last.number])
        write("audit:trimmed", detail=f"{count}")
    return count


def workspace_of(thing: Any) -> Any:
    """The workspace an object belongs to, or None."""
    if hasattr(thing, "memberships") and hasattr(thing, "uuid"):
        return thing
    for step in _UP:
        above = getattr(thing, step, None)
        if isinstance(above, models.Model):
            return workspace_of(above)
    return None


def _named(thing: Any) -> tuple[str, str]:
    if thing is None:
        return "", ""
    return thing._meta.model_name, str(getattr(thing, "uuid", thing.pk))


def _locked_chain() -> Chain:
    chain = Chain.objects.select_for_update().filter(pk=1).first()
    if chain is None:
        genesis = secrets.token_hex(32)
        Chain.objects.get_or_create(
            pk=1, defaults={"genesis": genesis, "head": genesis, "kept_digest": genesis}
        )
        chain = Chain.objects.select_for_update().get(pk=1)
    return chain
