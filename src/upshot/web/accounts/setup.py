"""The first account, made once, by whoever can read the terminal."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import transaction

from upshot.web.accounts.access import create_workspace
from upshot.web.accounts.models import User
from upshot.web.config.data_dir import read_or_create_secret

TOKEN_BYTES = 24


class SetupClosed(Exception):
    """The site already has its owner, or the token is not the one in the terminal."""


def is_open() -> bool:
    """Whether the site still waits for its owner."""
    return not User.objects.exists()


def token() -> str:
    """The token the terminal shows, made on first use."""
    return read_or_create_secret(settings.DATA.setup_token, TOKEN_BYTES)


def is_token(given: str) -> bool:
    """Whether `given` is the token, compared in constant time."""
    path = settings.DATA.setup_token
    if not given or not path.exists():
        return False
    own = path.read_text(encoding="ascii").strip()
    return secrets.compare_digest(own.encode(), given.strip().encode())


def create_owner(given: str, *, email: str, password: str, workspace: str, name: str = "") -> User:
    """Make the owner's account and workspace, and close the way in.

    Raises
    ------
    SetupClosed
        When there is an account already or the token does not fit.
    """
    # Write transactions are taken one at a time (IMMEDIATE), so of two people only one passes.
    with transaction.atomic():
        if not is_open() or not is_token(given):
            raise SetupClosed
        user = User.objects.create_user(email, password, name=name)
        create_workspace(workspace, user)
    settings.DATA.setup_token.unlink(missing_ok=True)
    return user
