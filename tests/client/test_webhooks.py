"""A receiver believes what is signed and new, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from upshot.client import BadSignature, verify

KEY = b"0123456789abcdef0123456789abcdef"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
BODY = b'{"type":"run.finished"}'
NOW = 1_700_000_000


def headers(at: int = NOW, message_id: str = "msg_1", key: bytes = KEY) -> dict[str, str]:
    signed = f"{message_id}.{at}.".encode() + BODY
    text = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "Webhook-Id": message_id,
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": f"v2,x v1,{text}",
    }


def test_a_true_message_is_believed() -> None:
    verify(SECRET, headers(), BODY, now=NOW)
    verify(SECRET, headers(), BODY, now=NOW + 299)


@pytest.mark.parametrize(
    ("given", "body"),
    [
        (headers(), BODY + b" "),
        (headers(key=b"another"), BODY),
        ({**headers(), "Webhook-Id": "msg_2"}, BODY),
        ({**headers(), "Webhook-Timestamp": str(NOW + 1)}, BODY),
        ({**headers(), "Webhook-Timestamp": "soon"}, BODY),
        ({**headers(), "Webhook-Signature": "v1,***"}, BODY),
        (headers(NOW - 301), BODY),
        (headers(NOW + 301), BODY),
        ({}, BODY),
    ],
)
def test_a_false_or_old_message_is_not(given: dict[str, str], body: bytes) -> None:
    with pytest.raises(BadSignature):
        verify(SECRET, given, body, now=NOW)
