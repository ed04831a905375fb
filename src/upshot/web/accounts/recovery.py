"""Links by which somebody who cannot log in sets a new password, for an hour and once.

A link stops working as soon as the password changes or the person logs in: both are part of what is
signed. One kind also switches the second factor off; only whoever runs the machine can make it.
"""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse

from upshot.web.accounts import sessions, two_factor
from upshot.web.accounts.models import User


class _PasswordLink(PasswordResetTokenGenerator):
    key_salt = "upshot.recovery.password"


class _AllLink(PasswordResetTokenGenerator):
    key_salt = "upshot.recovery.all"


PASSWORD, ALL = "password", "all"
_LINKS: dict[str, PasswordResetTokenGenerator] = {PASSWORD: _PasswordLink(), ALL: _AllLink()}


def path_for(user: User, kind: str = PASSWORD) -> str:
    """The address, without the host, of a fresh link."""
    token = _LINKS[kind].make_token(user)
    return reverse("accounts:recover", args=[kind, user.pk, token])


def find(kind: str, pk: int, token: str) -> User | None:
    """Whom a link belongs to, as long as it is good."""
    links = _LINKS.get(kind)
    user = User.objects.filter(pk=pk, is_active=True).first()
    if links is None or user is None or not links.check_token(user, token):
        return None
    return user


def reset(user: User, kind: str, password: str) -> None:
    """Keep the new password and log every device out."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        sessions.end_all(user)
        if kind == ALL:
            two_factor.switch_off(user)
