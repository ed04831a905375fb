"""Who may reach what. Every view and endpoint gets its objects through here.

An app writes one helper per object on top of `get_for`::

    def get_dataset_for(user, pk, role=Role.VIEWER):
        return get_for(Dataset.objects.all(), user, pk, role=role)
"""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from upshot.web.accounts.models import Membership, Role, User, Workspace
from upshot.web.audit import reached

M = TypeVar("M", bound=Model)

_STRENGTH = {Role.VIEWER: 1, Role.EDITOR: 2, Role.OWNER: 3}


def is_at_least(role: str, wanted: Role) -> bool:
    """Whether `role` may do what `wanted` may."""
    return _STRENGTH[Role(role)] >= _STRENGTH[wanted]


def visible_to(
    user: User | AnonymousUser, objects: QuerySet[M], *, through: str = "workspace"
) -> QuerySet[M]:
    """The rows of a person's workspaces; `through` is the path to the workspace."""
    if not isinstance(user, User) or not user.is_active:
        return objects.none()
    members: dict[str, Any] = {f"{through}__memberships__user": user}
    return objects.filter(**members)


def get_for(
    objects: QuerySet[M],
    user: User | AnonymousUser,
    pk: uuid.UUID | str,
    *,
    role: Role = Role.VIEWER,
    through: str = "workspace",
) -> M:
    """One row by its public id.

    Raises
    ------
    Http404
        When there is none, or it belongs to a workspace the person is not in: which of the two
        is nobody's business.
    PermissionDenied
        When the person is in the workspace but their role does not allow it.
    """
    try:
        public_id = uuid.UUID(str(pk))
    except ValueError:
        raise Http404 from None
    found = visible_to(user, objects, through=through).filter(uuid=public_id).first()
    if found is None:
        raise Http404
    workspace = found
    for step in through.split("__"):
        workspace = getattr(workspace, step)
    require(user, workspace, role)
    reached.note(found)
    return found


def require(user: User | AnonymousUser, workspace: Any, role: Role) -> Membership:
    """The person's membership, if it is at least `role`; otherwise `PermissionDenied`."""
    if not isinstance(user, User):
        raise PermissionDenied
    memberships = Membership.objects.select_related("workspace")
    membership = memberships.filter(user=user, workspace=workspace).first()
    if membership is None or not is_at_least(membership.role, role):
        raise PermissionDenied
    reached.note(membership.workspace)
    return membership


def get_workspace_for(
    user: User | AnonymousUser, pk: uuid.UUID | str, role: Role = Role.VIEWER
) -> Workspace:
    """A workspace a person is in, with this role at least; raises as `get_for` does."""
    found = Workspace.objects.filter(uuid=pk, memberships__user_id=user.pk).first()
    if found is None:
        raise Http404
    require(user, found, role)
    return found


def memberships_of(user: User) -> list[Membership]:
    """What a person is in, with the workspaces, oldest first."""
    own = Membership.objects.filter(user=user)
    return list(own.select_related("workspace").order_by("pk"))


def current_membership(
    user: User, workspace_uuid: str | None, memberships: list[Membership] | None = None
) -> Membership | None:
    """The workspace a person works in: the one they chose, else their first."""
    if memberships is None:
        memberships = memberships_of(user)
    for membership in memberships:
        if str(membership.workspace.uuid) == workspace_uuid:
            return membership
    return memberships[0] if memberships else None


def create_workspace(name: str, owner: User) -> Workspace:
    """A workspace with its owner."""
    workspace = Workspace.objects.create(name=name)
    Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    return workspace
