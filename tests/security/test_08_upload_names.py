"""Class 8, the name of an uploaded file (MindsDB 2026-27483): text to show, never a path."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from upshot.web.datasets.models import Dataset
from upshot.web.files.models import StoredFile
from web.conftest import csv_of, upload_of

NAMES = [
    "../../secret-key",
    "..\\..\\secret-key",
    "/etc/cron.d/upshot",
    "C:\\Windows\\win.ini",
    "\\\\server\\share\\x.csv",
    "file.csv::$DATA",
    "shop.csv\x00.py",
    "con",
    "aux.csv",
    ".htaccess",
    "~/.ssh/authorized_keys",
    "a" * 300 + ".csv",
    "%2e%2e%2fsecret-key",
    "shop\r\nSet-Cookie: a=b.csv",
    '"; rm -rf ~; ".csv',
    "\u202evsc.exe",
]


def tree() -> set[Path]:
    """Everything in the data directory, but not the database that grows beside it."""
    root = settings.DATA.root
    return {path for path in root.rglob("*") if path.is_file() and "sqlite" not in path.name}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_lands_under_its_own_sum(cast: Any, owner_client: Any, name: str) -> None:
    before = tree()
    response = owner_client.post("/data/new/", {"file": upload_of(csv_of(), name)})
    assert response.status_code in (302, 422)
    for path in tree() - before:
        assert settings.DATA.files in path.parents
        assert re.fullmatch(r"[0-9a-f]{64}", path.name)
    for dataset in Dataset.objects.all():
        assert "/" not in dataset.original_name
        assert "\\" not in dataset.original_name
        assert dataset.original_name.isprintable()


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_download_is_named_harmlessly(prediction: Any, owner_client: Any, name: str) -> None:
    prediction.original_name = name.replace("\x00", "")[:255]
    prediction.save()
    response = owner_client.get(f"/predictions/{prediction.uuid}/csv/")
    b"".join(response.streaming_content)
    said = response.headers["Content-Disposition"]
    assert said.startswith("attachment;")
    shown = re.search(r'filename="([^"]*)"', said)
    if shown:
        assert not set(shown.group(1)) & set('/\\:*?<>|%"\r\n')


def test_the_path_is_built_from_our_own_values_only(cast: Any, owner_client: Any) -> None:
    owner_client.post("/data/new/", {"file": upload_of(csv_of(), "../x.csv")})
    stored = StoredFile.objects.get()
    place = settings.DATA.files / str(cast.workspace.pk) / stored.sha256[:2] / stored.sha256
    assert stored.path == place


def test_the_kind_of_file_is_decided_by_its_content(
    cast: Any, owner_client: Any, run_jobs: Any
) -> None:
    page = b"<html><script>alert(1)</script></html>"
    owner_client.post("/data/new/", {"file": upload_of(page, "page.csv")})
    run_jobs()
    response = owner_client.get(f"/data/{Dataset.objects.get().uuid}/")
    assert b"<script>alert" not in response.content
    assert response.headers["X-Content-Type-Options"] == "nosniff"
