"""Inviting people by link: one person, one role, for a week."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from upshot.web.accounts.models import Invitation, Membership, Role, User, Workspace, normal_email

VALID = timedelta(days=7)
TOKEN_BYTES = 32


class InvitationClosed(Exception):
    """The link was used, withdrawn, is too old, or is meant for another person."""


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(workspace: Workspace, by: User, role: Role, email: str = "") -> tuple[Invitation, str]:
    """Make an invitation; returns it with its token, which is shown once and never kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        workspace=workspace,
        created_by=by,
        role=role,
        email=normal_email(email),
        digest=_digest(token),
        expires_at=timezone.now() + VALID,
    )
    return invitation, token


def open_invitations(workspace: Workspace) -> list[Invitation]:
    """Links that still open the door."""
    return list(_good().filter(workspace=workspace))


def find(token: str) -> Invitation | None:
    """The invitation behind a link, as long as it is good."""
    return _good().select_related("workspace").filter(digest=_digest(token)).first()


def _good() -> QuerySet[Invitation]:
    """Unused, in time, and by somebody who still owns the workspace.

    Whoever was taken out of a workspace could otherwise come back by a link made before.
    """
    still_owner = Membership.objects.filter(
        workspace=OuterRef("workspace"), user=OuterRef("created_by"), role=Role.OWNER
    )
    waiting = Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now())
    return waiting.filter(Exists(still_owner))


def suits(invitation: Invitation, email: str) -> bool:
    """Whether the link is meant for this person."""
    return not invitation.email or invitation.email == normal_email(email)


def accept(token: str, user: User) -> Membership:
    """Join, and close the link. Somebody who is a member already keeps the stronger role.

    Raises
    ------
    InvitationClosed
        When the link is not good or not for this person.
    """
    from upshot.web.accounts.access import is_at_least

    with transaction.atomic():
        invitation = find(token)
        if invitation is None or not suits(invitation, user.email):
            raise InvitationClosed
        still_open = Invitation.objects.filter(pk=invitation.pk, used_at=None)
        if not still_open.update(used_at=timezone.now()):
            raise InvitationClosed
        membership, is_new = Membership.objects.get_or_create(
            workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
        )
        if not is_new and not is_at_least(membership.role, Role(invitation.role)):
            membership.role = invitation.role
            membership.save(update_fields=["role"])
    return membership
