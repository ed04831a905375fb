"""Webhooks: addresses that are told when work ends."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from upshot.web.accounts.access import get_for
from upshot.web.accounts.models import Role
from upshot.web.api.cursors import PartQuery, part_of
from upshot.web.api.gate import WRITES
from upshot.web.api.models import Delivery, Webhook
from upshot.web.api.problems import FieldError, Problem
from upshot.web.api.recorded import record
from upshot.web.api.schemas import (
    DeliveryOut,
    DeliveryPart,
    NewWebhook,
    WebhookIn,
    WebhookOut,
    WebhookPart,
)
from upshot.web.api.webhooks.addresses import Unreachable, checked_address
from upshot.web.api.webhooks.signing import secret_of

router = Router(tags=["Webhooks"])

MOST_PER_WORKSPACE = 20


@router.get("", auth=WRITES, response=WebhookPart, summary="List webhooks")
def list_webhooks(request: HttpRequest, part: PartQuery) -> Any:
    """Newest first; secrets are not shown again."""
    workspace = request.auth.workspace  # type: ignore[attr-defined]
    return part_of(Webhook.objects.filter(workspace=workspace), part, _out)


@router.post("", auth=WRITES, response={201: NewWebhook}, summary="Add a webhook")
def add_webhook(request: HttpRequest, wish: WebhookIn) -> Status:
    """Have an address told. Its `secret` is shown this once: keep it, to check signatures."""
    caller = request.auth  # type: ignore[attr-defined]
    try:
        checked_address(wish.url)
    except Unreachable as error:
        raise Problem("invalid", errors=[FieldError("body.url", str(error))]) from None
    if Webhook.objects.filter(workspace=caller.workspace).count() >= MOST_PER_WORKSPACE:
        message = f"A workspace has {MOST_PER_WORKSPACE} webhooks at most. Delete one first."
        raise Problem("invalid", errors=[FieldError("body", message)])
    hook = Webhook.objects.create(
        workspace=caller.workspace,
        created_by=caller.user,
        url=wish.url,
        events=sorted(set(wish.events)),
    )
    record(request, "api:webhook_new", hook)
    return Status(201, NewWebhook(**_out(hook).model_dump(), secret=secret_of(hook)))


@router.delete("/{uuid:pk}", auth=WRITES, response={204: None}, summary="Delete a webhook")
def delete_webhook(request: HttpRequest, pk: uuid.UUID) -> Status:
    """Tell this address no more."""
    hook = _hook(request, pk)
    record(request, "api:webhook_delete", hook)
    hook.delete()
    return Status(204, None)


@router.get(
    "/{uuid:pk}/deliveries", auth=WRITES, response=DeliveryPart, summary="What was delivered"
)
def list_deliveries(request: HttpRequest, pk: uuid.UUID, part: PartQuery) -> Any:
    """The messages to an address and what it answered, newest first."""
    return part_of(_hook(request, pk).deliveries.all(), part, _delivery_out)


def _hook(request: HttpRequest, pk: uuid.UUID) -> Webhook:
    caller = request.auth  # type: ignore[attr-defined]
    hooks = Webhook.objects.select_related("workspace")
    found = get_for(hooks, caller.user, pk, role=Role.EDITOR)
    return caller.own(found, found.workspace)


def _out(hook: Webhook) -> WebhookOut:
    return WebhookOut(id=hook.uuid, url=hook.url, events=hook.events, created_at=hook.created_at)


def _delivery_out(delivery: Delivery) -> DeliveryOut:
    return DeliveryOut(
        id=delivery.uuid,
        event=delivery.event,
        state=delivery.state,
        attempts=delivery.attempts,
        answered=delivery.answered,
        problem=delivery.problem,
        next_at=delivery.next_at if delivery.state == "waiting" else None,
        created_at=delivery.created_at,
    )
