"""What is left of a deleted thing elsewhere: in copies people had made, in notes of uploads.

Whoever deletes a workspace, a data set, a bundle, a run or a list, and from wherever, these follow:
Django tells of every row that goes.
"""

from __future__ import annotations

import contextlib
import zipfile
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete

from upshot.web.accounts.models import Workspace
from upshot.web.audit.log import workspace_of
from upshot.web.bundles.models import SavedBundle
from upshot.web.datasets.models import Dataset
from upshot.web.files.models import Upload
from upshot.web.jobs.models import Job
from upshot.web.keeping.models import DataCopy
from upshot.web.predictions.models import Prediction
from upshot.web.runs.models import Run

KINDS: tuple[type[Model], ...] = (Workspace, Dataset, SavedBundle, Run, Prediction)


def watch() -> None:
    """Follow deletions from now on."""
    for kind in KINDS:
        post_delete.connect(_gone, sender=kind, dispatch_uid=f"keeping.traces.{kind.__name__}")


def _gone(instance: Any, **_said: Any) -> None:
    Upload.objects.filter(became__contains=str(instance.uuid)).delete()
    home = workspace_of(instance)
    if home is not None:
        forget_copies(home)


def forget_copies(workspace: Any) -> None:
    """Remove the copies that hold a workspace, and those that are being made just now."""
    for copy in DataCopy.objects.all():
        if copy.is_ready and not _holds(copy, workspace):
            continue
        # Without its job the work loses the right to leave a file.
        Job.objects.filter(pk=copy.job_id).delete()
        copy.delete()
        transaction.on_commit(lambda path=copy.path: path.unlink(missing_ok=True))


def _holds(copy: DataCopy, workspace: Any) -> bool:
    with contextlib.suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(copy.path) as archive:
        folder = f"workspaces/{workspace.uuid}/"
        return any(name.startswith(folder) for name in archive.namelist())
    return True
