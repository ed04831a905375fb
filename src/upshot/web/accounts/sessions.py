"""The devices somebody is logged in on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from upshot.web.accounts.models import SignIn, User

SEEN_AGAIN = timedelta(minutes=5)
"""How exact “last seen” is; more would be a write for every page."""

LONGEST = timedelta(days=30)
"""After this long people log in again, however busy they were (ASVS 5.0, 7.3.2)."""

_NOTED = "noted_at"
_SINCE = "since"

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def is_over(request: HttpRequest) -> bool:
    """Whether a session has lasted as long as any may."""
    since = request.session.get(_SINCE)
    return since is not None and timezone.now().timestamp() - since > LONGEST.total_seconds()


def note(request: HttpRequest) -> None:
    """Keep the list of devices true; writes at most every few minutes."""
    session = request.session
    key, now = session.session_key, timezone.now()
    if key is None:
        return
    noted_key, noted_at = session.get(_NOTED, ("", 0.0))
    if noted_key == key and now.timestamp() - noted_at < SEEN_AGAIN.total_seconds():
        return
    SignIn.objects.update_or_create(
        session_key=key,
        defaults={
            "user": request.user,
            "seen_at": now,
            "address": request.META.get("REMOTE_ADDR", "")[:45],
            "device": device_of(request.headers.get("User-Agent", "")),
        },
    )
    session[_NOTED] = [key, now.timestamp()]
    session.setdefault(_SINCE, now.timestamp())


def devices(user: User) -> list[SignIn]:
    """Where somebody is logged in now, the latest first; forgets the rest."""
    keys = list(user.sign_ins.values_list("session_key", flat=True))
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    user.sign_ins.exclude(session_key__in=alive.values("session_key")).delete()
    return list(user.sign_ins.all())


def end(sign_in: SignIn) -> None:
    """Log one device out."""
    Session.objects.filter(session_key=sign_in.session_key).delete()
    sign_in.delete()


def end_all(user: User, keep: str | None = None) -> int:
    """Log every device out, except the one whose session is `keep`; returns how many."""
    others: Any = user.sign_ins.exclude(session_key=keep) if keep else user.sign_ins.all()
    keys = list(others.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.delete()
    return len(keys)


def device_of(agent: str) -> str:
    """“Firefox on Windows”; a browser's own description says much more than anybody needs."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return f"{browser} · {system}"
    return browser or system or re.sub(r"[^\w ./-]", "", agent)[:40]
