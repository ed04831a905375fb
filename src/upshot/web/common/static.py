"""Addresses of static files that change when the file does."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def _fingerprint(name: str) -> str:
    found = finders.find(name)
    if not found:
        return ""
    with open(found, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:10]


class VersionedStaticFiles(StaticFilesStorage):
    """Serve files where they are, with a fingerprint behind the name.

    A browser may then keep a file for long without ever showing an old one, and nothing has to be
    collected before the site starts.
    """

    def url(self, name: str | None) -> str:
        plain = super().url(name)
        if settings.DEBUG or not name:
            return plain
        mark = _fingerprint(name)
        return f"{plain}?v={mark}" if mark else plain
