"""Whether the site can do its work: what `/readyz` asks."""

from __future__ import annotations

import os
import shutil
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

LEAST_FREE_BYTES = 512 * 1024**2
"""Room for a usual upload, its table and a job's working files, with the log of the database."""


def why_not() -> str | None:
    """The first thing that keeps the site from working, in a word or two; None when it is ready."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return "database"
    if not _newest() <= applied:
        return "migrations"
    root = settings.DATA.root
    if not os.access(root, os.W_OK | os.X_OK):
        return "data directory"
    if shutil.disk_usage(root).free < LEAST_FREE_BYTES:
        return "disk space"
    return None


@cache
def _newest() -> frozenset[tuple[str, str]]:
    """The last migration of each app; a running process never changes them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
