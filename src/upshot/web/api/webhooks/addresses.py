"""Where messages may go: to the open internet, never to this machine or the network around it.

A name is resolved once, every address it has is judged, and the connection goes to the judged
address, so that a name which answers differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

PORTS = {"https": 443, "http": 80}

# Addresses that carry an IPv4 address inside, which must be judged itself: RFC 6052 (NAT64).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreachable(Exception):
    """An address that messages are not sent to; the text says why."""


@dataclass(frozen=True)
class Target:
    """A judged address: what was asked for, and where the connection goes."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str

    @property
    def host_header(self) -> str:
        """The ``Host`` of a request."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"


def checked_address(url: str) -> Target:
    """Judge an address and resolve its name.

    Raises
    ------
    Unreachable
        When it is no address of the open internet.
    """
    parts = _parts(url)
    host, port = _host_and_port(parts)
    inside = f"{host}:{port}" in settings.WEBHOOK_HOSTS or host in settings.WEBHOOK_HOSTS
    if parts.scheme != "https" and not inside:
        raise Unreachable(_("The address must begin with https://."))
    found = _resolved(host, port)
    if not inside and not all(is_public(ip) for ip in found):
        raise Unreachable(
            _(
                "This address lies inside a private network. "
                "Whoever runs this Upshot can allow it with UPSHOT_WEBHOOK_HOSTS."
            )
        )
    path = parts.path or "/"
    path = f"{path}?{parts.query}" if parts.query else path
    return Target(parts.scheme, host, port, path, str(found[0]))


def is_public(ip: Address) -> bool:
    """Whether an address belongs to the open internet, whatever it is wrapped in."""
    inner = _inside(ip)
    if inner is not None:
        return is_public(inner)
    return ip.is_global and not (
        ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback
    )


def _inside(ip: Address) -> ipaddress.IPv4Address | None:
    if ip.version == 4:
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None


def _parts(url: str) -> SplitResult:
    if not url.isascii() or any(char.isspace() or not char.isprintable() for char in url):
        raise Unreachable(_("The address holds characters that no address may have."))
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Unreachable(_("This is no address of the web.")) from None
    if parts.scheme not in PORTS or not parts.netloc:
        raise Unreachable(_("The address must begin with https://."))
    if parts.username is not None or parts.password is not None:
        raise Unreachable(_("The address may not hold a name and password."))
    return parts


def _host_and_port(parts: SplitResult) -> tuple[str, int]:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if not parts.hostname or port == 0:
        raise Unreachable(_("This is no address of the web."))
    return parts.hostname.rstrip("."), port or PORTS[parts.scheme]


def _resolved(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ipaddress.ip_address(str(item[4][0]).partition("%")[0]) for item in found]
    except (OSError, UnicodeError, ValueError):
        addresses = []
    if not addresses:
        raise Unreachable(_("There is no machine of this name."))
    return addresses
