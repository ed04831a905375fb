"""How much a workspace may keep."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F, Model, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from upshot.errors import InputError
from upshot.web.files.models import StoredFile, Upload


class NoRoom(InputError):
    """The workspace keeps as much as it may."""


def kept_by(workspace: Model) -> int:
    """Bytes of a workspace's files, with those on their way counted by what has arrived."""
    stored = StoredFile.objects.filter(workspace=workspace).aggregate(size=Sum("size"))
    coming = Upload.objects.filter(workspace=workspace, became="").aggregate(size=Sum("offset"))
    return int(stored["size"] or 0) + int(coming["size"] or 0)


def refuse_too_much(workspace: Model, size: int) -> None:
    """Refuse a file for which the workspace has no room.

    Parameters
    ----------
    workspace : Workspace
        Whose file it would be.
    size : int
        Its bytes that are not counted yet.

    Raises
    ------
    NoRoom
        When it would keep more than ``UPSHOT_STORAGE_MB``.
    """
    most = settings.STORAGE_BYTES
    if not most or kept_by(workspace) + size <= most:
        return
    raise NoRoom(
        _("Your workspace may keep %(most)s, and this file does not fit in any more.")
        % {"most": filesizeformat(most)},
        _("Delete data sets that you no longer need, or ask whoever runs this Upshot for room."),
    )


def still_to_come(workspace: Model) -> int:
    """Bytes of unfinished uploads that have not arrived."""
    open_ones = Upload.objects.filter(workspace=workspace, became="")
    return int(open_ones.aggregate(size=Sum(F("size") - F("offset")))["size"] or 0)
