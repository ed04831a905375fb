"""Where stored files are kept when that is not a folder: an S3 bucket, named by settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from upshot.web.config import env

ALIAS = "kept"
"""Name of the object store among Django's ``STORAGES``; it is not there without one."""

MEMORY_BYTES = 8 * 1024**2
"""Of one file while it comes down; the rest waits on disk. One part of an S3 upload is as large."""


def from_settings() -> dict[str, dict[str, Any]]:
    """The entry for ``STORAGES``: empty when the files are kept in the data directory.

    Raises
    ------
    BadSetting
        When the address is not one of a bucket, or what it needs is not installed.
    """
    address = env.text("STORE", "")
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment or parts.username:
        raise env.BadSetting(
            "UPSHOT_STORE must look like s3://bucket or s3://bucket/folder. "
            "Endpoint and keys have settings of their own."
        )
    _refuse_without_library()
    endpoint = env.text("STORE_ENDPOINT", "")
    options = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": endpoint or None,
        "region_name": env.text("STORE_REGION", "") or None,
        "access_key": env.text("STORE_KEY", "") or None,
        "secret_key": env.text("STORE_SECRET", "") or None,
        # Servers other than Amazon's seldom have a name for each bucket.
        "addressing_style": "path" if endpoint else None,
        "default_acl": None,
        # A name is a hash of the content: writing it again changes nothing.
        "file_overwrite": True,
        "max_memory_size": MEMORY_BYTES,
    }
    return {ALIAS: {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}}


def _refuse_without_library() -> None:
    from importlib.util import find_spec

    if find_spec("storages") is None or find_spec("boto3") is None:
        raise env.BadSetting("UPSHOT_STORE needs more: pip install 'upshot[s3]'")
