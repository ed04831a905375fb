"""Which names the site answers to, and what it refuses to start with."""

from __future__ import annotations

import ipaddress
import socket

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


class UnsafeSettings(ValueError):
    """The settings would put people's data at risk."""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def allowed_hosts(bind: str, named: list[str]) -> list[str]:
    """Host names a request may ask for: the bound address, this machine, and the ones named."""
    own = list(LOOPBACK)
    if not is_loopback(bind):
        own.append(socket.gethostname())
        own.append(f"[{bind}]" if ":" in bind else bind)
    return [*own, *named]


LEAST_SECRET = 50
LEAST_LETTERS = 5
"""What Django's own check of a secret key asks for (security.W009)."""


def refuse_unsafe(bind: str, *, debug: bool, secret: str) -> None:
    """Stop a start that would show its insides to a network, or whose secret can be guessed."""
    if len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_LETTERS:
        raise UnsafeSettings(
            "The secret key in the data folder can be guessed. "
            "Delete the file secret-key: the next start makes a new one, and people log in again."
        )
    if debug and not is_loopback(bind):
        raise UnsafeSettings(
            f"UPSHOT_DEBUG shows the program's insides, so it works on this machine only. "
            f"Unset it, or listen on 127.0.0.1 instead of {bind}."
        )
