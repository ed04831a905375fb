"""Files appear whole or not at all, and go when nobody needs them."""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.db import transaction

from upshot.web.datasets.models import Dataset
from upshot.web.files import store
from upshot.web.files.models import StoredFile
from upshot.web.files.uploads import StoreUploadHandler

pytestmark = pytest.mark.usefixtures("any_place")


def received(content: bytes) -> store.Incoming:
    incoming = store.Incoming()
    incoming.write(content)
    incoming.finish()
    return incoming


def test_the_same_content_is_kept_once(cast):
    with transaction.atomic():
        first = store.keep_incoming(cast.workspace, received(b"abc"))
        second = store.keep_incoming(cast.workspace, received(b"abc"))
    assert first == second
    assert first.path.read_bytes() == b"abc"
    assert not any(settings.DATA.incoming.iterdir())


def test_workspaces_share_no_file(cast):
    mine = store.keep_incoming(cast.workspace, received(b"abc"))
    theirs = store.keep_incoming(cast.elsewhere, received(b"abc"))
    assert mine.path != theirs.path
    store.remove_unreferenced(cast.workspace)
    assert theirs.path.is_file()
    assert not mine.is_there


def test_a_discarded_file_leaves_nothing():
    received(b"abc").discard()
    assert not any(settings.DATA.incoming.iterdir())


def test_a_cut_connection_leaves_nothing():
    handler = StoreUploadHandler()
    handler.new_file("file", "x.csv", "text/csv", None)
    handler.receive_data_chunk(b"abc", 0)
    handler.upload_interrupted()
    assert not any(settings.DATA.incoming.iterdir())


def test_only_files_that_nobody_needs_are_removed(cast):
    kept = store.keep_incoming(cast.workspace, received(b"needed"))
    Dataset.objects.create(workspace=cast.workspace, name="x", original_name="x", upload=kept)
    store.keep_incoming(cast.workspace, received(b"not needed"))
    assert store.remove_unreferenced(cast.workspace) == 1
    assert StoredFile.objects.get() == kept
    assert kept.path.is_file()


def test_leftovers_of_a_crash_are_swept_once_they_are_old():
    left = received(b"half")
    assert store.sweep_leftovers() == 0
    old = left.path.stat().st_mtime - store.LEFTOVER_SECONDS - 10
    os.utime(left.path, (old, old))
    assert store.sweep_leftovers() == 1
    assert not left.path.exists()


def test_a_working_folder_is_gone_after_a_failure():
    try:
        with store.working_folder() as folder:
            (folder / "x").write_text("x")
            raise RuntimeError
    except RuntimeError:
        assert not folder.exists()


def test_a_file_that_only_a_hidden_relation_needs_is_kept(cast, monkeypatch):
    """`related_name="+"` hides a foreign key from `related_objects`, not from the database."""
    kept = store.keep_incoming(cast.workspace, received(b"needed"))
    Dataset.objects.create(workspace=cast.workspace, name="x", original_name="x", upload=kept)
    relation = next(one for one in StoredFile._meta.related_objects if one.field.name == "upload")
    monkeypatch.setattr(relation, "hidden", True)
    StoredFile._meta._expire_cache()
    try:
        assert relation not in StoredFile._meta.related_objects
        assert store.remove_unreferenced(cast.workspace) == 0
    finally:
        monkeypatch.undo()
        StoredFile._meta._expire_cache()
    assert kept.path.is_file()
