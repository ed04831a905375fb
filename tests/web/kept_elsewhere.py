"""An S3 server of the tests' own, and the settings that have the site keep its files there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import boto3
from django.core.files.storage import storages

from upshot.web.config import object_store

BUCKET = "upshot-tests"
WHOLE_SUITE = "UPSHOT_TEST_STORE"
"""Set to ``s3``, every test of the website runs with its files in the object store."""


@cache
def address() -> str:
    """Where the server answers; it ends with the tests' process."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    return f"http://127.0.0.1:{port}"


def bucket() -> Any:
    """The bucket itself, to look behind the site's back."""
    here = boto3.resource(
        "s3",
        endpoint_url=address(),
        region_name="us-east-1",
        aws_access_key_id="tests",
        aws_secret_access_key="tests",
    )
    return here.Bucket(BUCKET)


@contextmanager
def in_use(settings: Any, monkeypatch: Any) -> Iterator[Any]:
    """An empty bucket in which the site, and what it starts, keep stored files."""
    for name, value in {
        "UPSHOT_STORE": f"s3://{BUCKET}/installation",
        "UPSHOT_STORE_ENDPOINT": address(),
        "UPSHOT_STORE_REGION": "us-east-1",
        "UPSHOT_STORE_KEY": "tests",
        "UPSHOT_STORE_SECRET": "tests",
        # A machine that proxies everything would otherwise answer for 127.0.0.1.
        "NO_PROXY": ",".join(filter(None, [os.environ.get("NO_PROXY"), "127.0.0.1"])),
        "no_proxy": ",".join(filter(None, [os.environ.get("no_proxy"), "127.0.0.1"])),
    }.items():
        monkeypatch.setenv(name, value)
    made = bucket()
    made.create()
    settings.STORAGES = {**settings.STORAGES, **object_store.from_settings()}
    try:
        yield made
    finally:
        storages._storages.clear()
        made.objects.all().delete()
