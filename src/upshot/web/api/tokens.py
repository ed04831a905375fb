"""Tokens: made and shown once, kept as a hash, found again, revoked."""

from __future__ import annotations

import hashlib
import secrets
import string
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from upshot.web.api.models import ApiToken, Scope

PREFIX = "upshot_"
"""Lets people and secret scanners recognise a token wherever it turns up."""

SECRET_LETTERS = 43
"""Letters and digits of the secret part: 43 × 5.95 bits are 256."""

CHECK_LETTERS = 6
"""A CRC-32 in base 62 ends each token, so that a mistyped one is refused without a look-up, and a
scanner tells a token from a likeness (the scheme of GitHub's tokens, 2021)."""

SHOWN_LETTERS = 6
LONGEST_DAYS = 366
USED_EVERY = timedelta(minutes=1)
"""How exact the time of last use is; a write at each request would cost more than it tells."""

_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
_LENGTH = len(PREFIX) + SECRET_LETTERS + CHECK_LETTERS


def make(
    user: Any, workspace: Any, *, name: str, scopes: Iterable[str], expires_at: datetime
) -> tuple[ApiToken, str]:
    """A new token: the row, and the text that is shown this once.

    Raises
    ------
    ValueError
        Without a scope, with an unknown one, or when it would last longer than a year.
    """
    chosen = sorted({Scope(scope).value for scope in scopes})
    if not chosen:
        raise ValueError("A token needs at least one scope.")
    if expires_at > timezone.now() + timedelta(days=LONGEST_DAYS):
        raise ValueError("A token lasts a year at most.")
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(SECRET_LETTERS))
    text = f"{PREFIX}{secret}{_check(secret)}"
    token = ApiToken.objects.create(
        user=user,
        workspace=workspace,
        name=name,
        prefix=text[: len(PREFIX) + SHOWN_LETTERS],
        digest=_digest(text),
        scopes=chosen,
        expires_at=expires_at,
    )
    return token, text


def find(text: str) -> ApiToken | None:
    """The token that a request shows, if it is one of ours and still valid."""
    if not looks_right(text):
        return None
    tokens = ApiToken.objects.select_related("user", "workspace")
    token = tokens.filter(digest=_digest(text)).first()
    if token is None or not token.is_valid or not token.user.is_active:
        return None
    return token


def note_use(token: ApiToken) -> None:
    """Remember that a token was used, to the minute."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at >= USED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


def revoke(token: ApiToken) -> None:
    """Close a token for good."""
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])


def looks_right(text: str) -> bool:
    """Whether a text has the form of a token, its check included."""
    if len(text) != _LENGTH or not text.startswith(PREFIX) or not text.isascii():
        return False
    secret, check = text[len(PREFIX) : -CHECK_LETTERS], text[-CHECK_LETTERS:]
    return secrets.compare_digest(_check(secret), check)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _check(secret: str) -> str:
    number, letters = zlib.crc32(secret.encode()), ""
    for _ in range(CHECK_LETTERS):
        number, place = divmod(number, len(_ALPHABET))
        letters = _ALPHABET[place] + letters
    return letters
