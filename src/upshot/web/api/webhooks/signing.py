"""Signatures, as the Standard Webhooks specification has them (standardwebhooks.com, 1.0.0).

The secret of a webhook is derived from the installation's own secret and the webhook's id. It is
not stored anywhere, so a copy of the database gives none away.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.utils.crypto import salted_hmac

from upshot.web.api.models import Webhook

SECRET_PREFIX = "whsec_"  # noqa: S105 - how the specification marks secrets


def secret_of(hook: Webhook) -> str:
    """The secret that is shown once."""
    return SECRET_PREFIX + base64.b64encode(_key(hook)).decode()


def headers_of(hook: Webhook, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers by which the receiver knows that a message is ours, and new."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(_key(hook), signed, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }


def _key(hook: Webhook) -> bytes:
    return salted_hmac("upshot.webhook", str(hook.uuid), algorithm="sha256").digest()
