"""Changing who may do what; a workspace always keeps an owner."""

from __future__ import annotations

from django.db import transaction

from upshot.web.accounts.models import Membership, Role, Workspace


class LastOwner(Exception):
    """Without this person nobody would own the workspace."""


def change_role(membership: Membership, role: Role) -> None:
    """Give a member another role.

    Raises
    ------
    LastOwner
        When it would leave the workspace without an owner.
    """
    with transaction.atomic():
        if role != Role.OWNER:
            _keep_an_owner(membership)
        membership.role = role
        membership.save(update_fields=["role"])


def remove(membership: Membership) -> None:
    """Take a member out, or let them leave; raises as `change_role` does."""
    with transaction.atomic():
        _keep_an_owner(membership)
        membership.delete()


def is_last_owner(membership: Membership) -> bool:
    """Whether the workspace has no other owner."""
    if membership.role != Role.OWNER:
        return False
    others = Membership.objects.filter(workspace_id=membership.workspace_id, role=Role.OWNER)
    return not others.exclude(pk=membership.pk).exists()


def _keep_an_owner(membership: Membership) -> None:
    # The lock makes two owners who leave at once take turns.
    Workspace.objects.select_for_update().get(pk=membership.workspace_id)
    membership.refresh_from_db(fields=["role"])
    if is_last_owner(membership):
        raise LastOwner
