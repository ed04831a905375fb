"""Slowing down people who guess passwords, without locking anybody out.

Failures are counted per address *and* origin, so a stranger who guesses at somebody's account
blocks only themselves; and per origin alone, so guessing across accounts is slow too.
"""

from __future__ import annotations

import ipaddress
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from upshot.web.accounts.models import FailedLogin, normal_email

WINDOW = timedelta(minutes=15)
MOST_PER_PERSON = 5
MOST_PER_ORIGIN = 50

MOST_CODES = 30
"""Guesses at six digits, wherever they come from: whoever tries knows the password already, so
this may keep the person out for a while. One guess in 10,000 is right by luck in this time."""

_OWN_BITS = 64


def _keyed(kind: str, value: str) -> str:
    return salted_hmac(f"upshot.login.{kind}", value, algorithm="sha256").hexdigest()


def _where(address: str) -> str:
    """The origin that is counted: whoever has one IPv6 address has all of its /64 (RFC 6177)."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return _keyed("where", address)
    if ip.version == 6:
        ip = ip.ipv4_mapped or ipaddress.IPv6Network((ip, _OWN_BITS), strict=False).network_address
    return _keyed("where", str(ip))


def is_blocked(email: str, address: str) -> bool:
    """Whether this origin has failed too often for this account, or at all."""
    recent = FailedLogin.objects.filter(where=_where(address), at__gt=timezone.now() - WINDOW)
    if recent.count() >= MOST_PER_ORIGIN:
        return True
    return recent.filter(who=_keyed("who", normal_email(email))).count() >= MOST_PER_PERSON


def note_failure(email: str, address: str) -> None:
    """Remember a failed log-in and forget those that no longer count."""
    FailedLogin.objects.filter(at__lte=timezone.now() - WINDOW).delete()
    FailedLogin.objects.create(who=_keyed("who", normal_email(email)), where=_where(address))


def is_blocked_for_codes(email: str, address: str) -> bool:
    """Whether too many second factors were wrong, from here or from anywhere."""
    recent = FailedLogin.objects.filter(
        who=_keyed("code", normal_email(email)), at__gt=timezone.now() - WINDOW
    )
    here = recent.filter(where=_where(address))
    return recent.count() >= MOST_CODES or here.count() >= MOST_PER_PERSON


def note_wrong_code(email: str, address: str) -> None:
    """Remember a second factor that was wrong."""
    FailedLogin.objects.create(who=_keyed("code", normal_email(email)), where=_where(address))


def forget(email: str, address: str) -> None:
    """A log-in that worked clears the slate of this person at this origin."""
    FailedLogin.objects.filter(
        who=_keyed("who", normal_email(email)), where=_where(address)
    ).delete()
