"""One message over the wire: no redirects, no proxies, little patience."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from upshot.web.api.webhooks.addresses import Target

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
MOST_READ = 1024
"""Bytes of an answer that are read; only its status counts."""


@dataclass(frozen=True)
class Outcome:
    """What became of a message: the status answered, or why there was none."""

    status: int | None
    problem: str = ""

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver took it; a redirect is no receipt."""
        return self.status is not None and 200 <= self.status < 300


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Send a message to a judged address."""
    connection = _Connection(target)
    try:
        connection.request(
            "POST",
            target.path,
            body,
            {
                "Host": target.host_header,
                "Content-Type": "application/json",
                "User-Agent": "Upshot-Webhook/1",
                "Connection": "close",
                **headers,
            },
        )
        response = connection.getresponse()
        response.read(MOST_READ)
    except ssl.SSLError:
        return Outcome(None, "The secure connection failed: check the certificate.")
    except TimeoutError:
        return Outcome(None, "There was no answer in time.")
    except (OSError, http.client.HTTPException, ValueError):
        return Outcome(None, "The connection failed.")
    finally:
        connection.close()
    if 300 <= response.status < 400:
        return Outcome(response.status, "The answer was a redirect, which is not followed.")
    return Outcome(response.status, "" if response.status < 300 else "The message was refused.")


class _Connection(http.client.HTTPConnection):
    """Goes to the judged address; the certificate is that of the name."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=ANSWER_SECONDS)
        self._target = target

    def connect(self) -> None:
        plain = socket.create_connection((self._target.ip, self._target.port), CONNECT_SECONDS)
        plain.settimeout(ANSWER_SECONDS)
        self.sock = plain
        if self._target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self._target.host)
