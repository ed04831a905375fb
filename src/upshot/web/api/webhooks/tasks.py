"""The job that delivers one message, and says when to try again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from upshot.web.api.models import Delivery, DeliveryState
from upshot.web.api.webhooks.addresses import Unreachable, checked_address
from upshot.web.api.webhooks.sending import Outcome, post
from upshot.web.api.webhooks.signing import headers_of
from upshot.web.jobs.context import JobContext

# Seconds before each further try: eight tries in 18 hours, in the spirit of Standard Webhooks.
WAITS = (5, 60, 300, 1800, 7200, 18_000, 36_000)


def deliver(arguments: dict[str, Any], context: JobContext) -> None:
    """Try once."""
    delivery = Delivery.objects.select_related("webhook").filter(uuid=arguments["delivery"]).first()
    if delivery is None or delivery.state != DeliveryState.WAITING:
        return
    outcome = _try(delivery)
    with context.commit(finish=True):
        delivery.attempts += 1
        delivery.answered, delivery.problem = outcome.status, outcome.problem[:200]
        if outcome.is_delivered:
            delivery.state = DeliveryState.DELIVERED
        elif delivery.attempts > len(WAITS):
            delivery.state = DeliveryState.FAILED
        else:
            wait = timedelta(seconds=WAITS[delivery.attempts - 1])
            delivery.next_at = timezone.now() + wait
        delivery.save(update_fields=["attempts", "answered", "problem", "state", "next_at"])


def _try(delivery: Delivery) -> Outcome:
    body = json.dumps(delivery.payload, separators=(",", ":")).encode()
    try:
        target = checked_address(delivery.webhook.url)
    except Unreachable as error:
        return Outcome(None, str(error))
    timestamp = int(timezone.now().timestamp())
    headers = headers_of(delivery.webhook, f"msg_{delivery.uuid.hex}", timestamp, body)
    return post(target, body, headers)
