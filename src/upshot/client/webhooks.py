"""Checking that a message to a webhook is Upshot's, new and unaltered."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Mapping

from upshot.errors import UpshotError

TOLERANCE_SECONDS = 300
"""How old a message may be; the value the Standard Webhooks libraries use."""


class BadSignature(UpshotError):
    """A message that must not be believed."""


def verify(
    secret: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: float | None = None,
) -> None:
    """Check a message; returns nothing when it may be believed.

    Parameters
    ----------
    secret : str
        The webhook's, as shown when it was added.
    headers : mapping
        The headers of the request, in any case.
    body : bytes
        Its body as it arrived, not parsed and written again.
    now : float, optional
        Seconds since 1970, for tests.

    Raises
    ------
    BadSignature
        When it is not signed with the secret, or older than five minutes. The same message may
        come twice: remember the header ``webhook-id`` of those you have dealt with.
    """
    found = {name.lower(): value for name, value in headers.items()}
    message_id = found.get("webhook-id", "")
    timestamp = found.get("webhook-timestamp", "")
    if not timestamp.isdecimal():
        raise BadSignature("The message has no time.", "Refuse it.")
    age = abs((time.time() if now is None else now) - int(timestamp))
    if age > TOLERANCE_SECONDS:
        raise BadSignature("The message is too old.", "Refuse it, and check this machine's clock.")
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    for given in found.get("webhook-signature", "").split():
        version, _, text = given.partition(",")
        if version == "v1" and hmac.compare_digest(_decoded(text), expected):
            return
    raise BadSignature("The message is not signed with this secret.", "Refuse it.")


def _key(secret: str) -> bytes:
    return _decoded(secret.removeprefix("whsec_"))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
