"""Deleting a workspace or an account for good: rows, files, and what lies between them.

Deleted values are overwritten in the database (``secure_delete``), but live on in SQLite's
write-ahead log until that is emptied into the database, which waits for nobody to be reading.
"""

from __future__ import annotations

import time

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from upshot.web.accounts import sessions
from upshot.web.accounts.models import Membership, Role, User, Workspace
from upshot.web.files import pieces
from upshot.web.files.models import StoredFile
from upshot.web.files.places import place
from upshot.web.files.store import remove_unreferenced
from upshot.web.jobs.models import Job
from upshot.web.keeping.relations import what_refers_to

EMPTY_SECONDS = 5.0
"""How long to wait for others to stop reading; the daily upkeep tries again."""


class StillNeeded(Exception):
    """Somebody else's workspace would be left without an owner."""

    def __init__(self, workspaces: list[Workspace]) -> None:
        super().__init__()
        self.workspaces = workspaces


def delete_workspace(workspace: Workspace) -> None:
    """Delete a workspace with everything in it; only the log of who did what stays."""
    number = workspace.pk
    with transaction.atomic():
        # Work that is under way loses its job, and with it the right to write anything.
        Job.objects.filter(workspace_id=workspace.pk).delete()
        for relation in what_refers_to(Workspace):
            model: type[Model] = relation.related_model
            if model is not StoredFile:
                model._base_manager.filter(**{relation.field.name: workspace}).delete()
        remove_unreferenced(workspace)
        workspace.delete()
    place().remove_workspace(number)
    pieces.sweep()
    forget_deleted_rows(thoroughly=True)


def delete_account(user: User) -> None:
    """Delete a person with the workspaces that only they are in.

    Raises
    ------
    StillNeeded
        When others would be left in a workspace without an owner; nothing is deleted then.
    """
    stuck = workspaces_in_need(user)
    if stuck:
        raise StillNeeded(stuck)
    for workspace in workspaces_alone(user):
        delete_workspace(workspace)
    for copy in user.data_copies.all():
        copy.path.unlink(missing_ok=True)
    sessions.end_all(user)
    with transaction.atomic():
        jobs = list(user.data_copies.exclude(job=None).values_list("job_id", flat=True))
        user.delete()
        Job.objects.filter(pk__in=jobs).delete()
    pieces.sweep()
    forget_deleted_rows(thoroughly=True)


def workspaces_alone(user: User) -> list[Workspace]:
    """The workspaces nobody else is in."""
    own = Workspace.objects.filter(memberships__user=user)
    return list(own.exclude(Exists(_others(user))))


def workspaces_in_need(user: User) -> list[Workspace]:
    """The workspaces others are in that this person alone owns."""
    owned = Workspace.objects.filter(memberships__user=user, memberships__role=Role.OWNER)
    shared = owned.filter(Exists(_others(user)))
    return list(shared.exclude(Exists(_others(user).filter(role=Role.OWNER))))


def _others(user: User) -> QuerySet[Membership]:
    """Everybody else who is in the workspace that is asked about."""
    return Membership.objects.filter(workspace=OuterRef("pk")).exclude(user=user)


def forget_deleted_rows(*, thoroughly: bool = False) -> bool:
    """Empty the write-ahead log into the database; `thoroughly` also rewrites the database.

    Returns
    -------
    bool
        False when others kept reading all the while.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    # Sessions past their time may hold messages that name things.
    Session.objects.filter(expire_date__lt=_now()).delete()
    if thoroughly:
        _rewrite()
    end = time.monotonic() + EMPTY_SECONDS
    while True:
        with connection.cursor() as cursor:
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy or time.monotonic() > end:
            return not busy
        time.sleep(0.1)


def _rewrite() -> None:
    """Give freed pages back to the disk; a busy database keeps them, overwritten with zeros."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    except DatabaseError:
        return


def _now():
    from django.utils import timezone

    return timezone.now()
