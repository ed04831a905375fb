"""A folder of a job's own that outlives its process, so that a killed job goes on where it was."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from upshot.web.files.store import temporary_folder
from upshot.web.jobs.models import FINISHED, Job

_PREFIX = "job-"


def job_folder(job_id: uuid.UUID | str) -> Path:
    """Where a job keeps what it has done so far; it goes when the job has ended."""
    return temporary_folder() / f"{_PREFIX}{job_id}"


def sweep() -> int:
    """Remove the folders of jobs that have ended or are gone; returns how many."""
    folders = {path.name.removeprefix(_PREFIX): path for path in _folders()}
    if not folders:
        return 0
    known = Job.objects.filter(uuid__in=list(folders)).exclude(state__in=FINISHED)
    for kept in known.values_list("uuid", flat=True):
        del folders[str(kept)]
    for path in folders.values():
        shutil.rmtree(path, ignore_errors=True)
    return len(folders)


def _folders() -> list[Path]:
    return [path for path in temporary_folder().glob(f"{_PREFIX}*") if path.is_dir()]
