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


def refuse_unsafe(bind: str, *, debug: bool) -> None:
    """Stop a start that would show its insides to a network."""
    if debug and not is_loopback(bind):
        raise UnsafeSettings(
            f"UPSHOT_DEBUG shows the program's insides, so it works on this machine only. "
            f"Unset it, or listen on 127.0.0.1 instead of {bind}."
        )
