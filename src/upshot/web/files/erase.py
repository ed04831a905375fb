"""Deleting for good: rows, the jobs behind them, and the files nobody needs any more."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Model
from django.db.models.deletion import Collector

from upshot.web.files import job_folders
from upshot.web.files.store import remove_unreferenced
from upshot.web.jobs.models import Job


def erase(instance: Model, workspace: Model) -> None:
    """Delete a row with everything that hangs on it, then the files left over.

    Work still running for it loses its job, and with it the right to write anything.
    """
    with transaction.atomic():
        jobs = _jobs_behind(instance)
        instance.delete()
        Job.objects.filter(pk__in=jobs).delete()
    job_folders.sweep()
    remove_unreferenced(workspace)
    _forget_deleted_rows()


def _jobs_behind(instance: Model) -> set[int]:
    collector = Collector(using=instance._state.db or "default", origin=instance)
    collector.collect([instance])
    rows = [row for rows in collector.data.values() for row in rows]
    rows += [row for queryset in collector.fast_deletes for row in queryset]
    return {row.job_id for row in rows if getattr(row, "job_id", None) is not None}


def _forget_deleted_rows() -> None:
    """Deleted values live on in SQLite's write-ahead log until it is emptied into the database."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
